"""What a city may set about reporting: section `[cases]`."""

from __future__ import annotations

import re

import msgspec

from kuaichu.kernel import city as cities


class CaseRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Reporting rules of a city. `rider_plates` are regular expressions of its e-bikes' plates."""

    min_photos: int = 3
    shots: tuple[str, ...] = ("front", "rear", "contact")
    link_hours: int = 72
    code_minutes: int = 10
    codes_an_hour: int = 6
    most_photos: int = 40
    most_parties: int = 2
    rider_plates: tuple[str, ...] = ()
    reports_device_hour: int = 20
    reports_address_hour: int = 600

    def __post_init__(self) -> None:
        """Refuse a form of plates that is no regular expression (ValueError)."""
        for pattern in self.rider_plates:
            try:
                re.compile(pattern)
            except re.error as flaw:
                raise ValueError(f"rider_plates: {pattern!r}: {flaw}") from flaw


def rules(city: str) -> CaseRules:
    """The city's reporting rules."""
    return cities.city(city).section("cases", CaseRules)


cities.declare("cases", CaseRules)
