"""What a city may set about deciding liability: section `[liability]`."""

from __future__ import annotations

import msgspec

from kuaichu.kernel import city as cities


class LiabilityRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Rules of the centre."""

    answer_minutes: int = 10
    take_minutes: int = 15
    second_factor_minutes: int = 15
    agreement_minutes: int = 60
    unit: str = ""
    pack: dict[str, object] = {}


def rules(city: str) -> LiabilityRules:
    """The city's rules of deciding."""
    return cities.city(city).section("liability", LiabilityRules)


cities.declare("liability", LiabilityRules)
