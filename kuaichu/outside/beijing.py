"""The engine against Beijing's 43 situations of full responsibility: each must fire its scenario."""

from __future__ import annotations

from dataclasses import replace

from kuaichu.outside.figures import Check
from kuaichu.outside.stated import compare, situations

SITUATIONS = 43


def check() -> Check:
    """All 43. A fault for each which fires no scenario, gives another grade or is missing."""
    rows = situations("beijing")
    found = compare("beijing", "Beijing: 43 situations of full responsibility", rows)
    numbers = {one.key.partition(" ")[0] for one in rows}
    missing = [f"situation {n} is missing" for n in range(1, SITUATIONS + 1) if str(n) not in numbers]
    remarks = {"two plain cases each": "situations 27 (entering, crossing) and 28 (out of a bay, into a bay)"}
    return replace(found, faults=(*missing, *found.faults), remarks=remarks)
