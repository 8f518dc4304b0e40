"""What a city may set about reporting: section `[cases]`."""

from __future__ import annotations

import msgspec

from kuaichu.kernel import city as cities


class CaseRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Reporting rules of a city."""

    min_photos: int = 3
    shots: tuple[str, ...] = ("front", "rear", "contact")
    link_hours: int = 72
    code_minutes: int = 10
    codes_an_hour: int = 6
    most_photos: int = 40
    most_parties: int = 2


def rules(city: str) -> CaseRules:
    """The city's reporting rules."""
    return cities.city(city).section("cases", CaseRules)


cities.declare("cases", CaseRules)
