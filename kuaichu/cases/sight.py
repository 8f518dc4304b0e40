"""What a machine saw in a photograph: values of the `vision` port. A proposal, never a fact.

Positions are fractions of the upright photograph's width and height, from the upper left corner.
"""

from __future__ import annotations

from typing import Any

import msgspec

Point = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]
Guide = tuple[float, float, float, float]
"""The rectangle that the phone drew: left, top, right, bottom."""


class Found(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One field: `raw` as printed, `value` in its plain form ("" when it is too unsure to be one).

    `candidates` are ranked, the likeliest first; `score` lies between 0 and 1; `checks` are codes of what was
    tried on it: grammar_ok, checksum_ok, checksum_wrong, unsure.
    """

    raw: str
    value: str = ""
    candidates: tuple[str, ...] = ()
    score: float = 0.0
    quad: Quad | None = None
    checks: tuple[str, ...] = ()


class Sight(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was read: `kind` is plate, scene, driving_licence, vehicle_licence or insurance.

    `engine` names engine and version; `lines` are all plates in sight with score and place; `rotation` is by
    how many degrees the page was turned clockwise to be read.
    """

    kind: str
    engine: str
    fields: dict[str, Found] = {}
    lines: tuple[tuple[str, float, Quad], ...] = ()
    rotation: int = 0

    def plain(self) -> dict[str, Any]:
        """The fields as JSON values, as they are kept."""
        return {name: msgspec.to_builtins(found) for name, found in self.fields.items()}


def found_of(plain: dict[str, Any]) -> dict[str, Found]:
    """Fields as they were kept. Raises msgspec.ValidationError for what is none."""
    return msgspec.convert(plain, dict[str, Found])
