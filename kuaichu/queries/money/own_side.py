"""Whether 互碰自赔 may be offered: all liable, all with compulsory cover, nothing but vehicles damaged."""

from __future__ import annotations

from kuaichu.cases import files
from kuaichu.cases.models import Case
from kuaichu.kernel.clock import CHINA
from kuaichu.queries.losses import in_force
from kuaichu.queries.standing import standing


def lawful(case: Case) -> bool:
    """As far as it is known before the losses are; whether they stay below the limit the calculation says."""
    stands = standing(case.pk)
    vehicles = files.vehicles(case.pk)
    if stands is None or len(vehicles) < 2 or case.injury != "none" or case.struck:
        return False
    day = case.happened_at.astimezone(CHINA).date()
    covered = all(
        any(p["cover"] == "CTALI" and in_force(p, day) for p in one.policies or [])
        for one in vehicles.values()
    )
    motors = all(one.kind == "MV" for one in vehicles.values())
    return covered and motors and not {"NONE", "FULL"} & set(stands.grades.values())
