"""What a city may set about reporting, section `[cases]`, and promises besides it, section `[ways]`."""

from __future__ import annotations

import re

import msgspec

from kuaichu.kernel import city as cities

Hours = tuple[tuple[str, str], ...]


class CaseRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Reporting rules of a city. `rider_plates` are regular expressions of its e-bikes' plates.

    `owner_hours`: how long the absent owner of a vehicle that was hit is waited for; `left_minutes` the same
    for a party that left a number; `home_hours`: how long parties that cleared the road have for the rest at
    home; `facility_phone`: the duty desk that hears of damaged guardrails and poles, empty for none.
    `redaction_minutes`: for so long others get only small copies of photographs not yet looked through.
    """

    min_photos: int = 3
    shots: tuple[str, ...] = ("front", "rear", "contact")
    link_hours: int = 72
    code_minutes: int = 10
    codes_an_hour: int = 6
    most_photos: int = 40
    most_parties: int = 10
    rider_plates: tuple[str, ...] = ()
    owner_hours: int = 24
    left_minutes: int = 30
    home_hours: int = 24
    facility_phone: str = ""
    redaction_minutes: int = 60
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


class Point(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A service point (or `count` alike) people may go to with an accident that is off the road."""

    name: str
    name_en: str
    count: int = 1
    address: str = ""
    hours: Hours = ()
    working_days: bool = False


class WayRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section `[ways]`: what a city promises besides the two ways online.

    `arrival_minutes`: how soon police come in town, not promised where it is missing.
    """

    arrival_minutes: int | None = None
    points: tuple[Point, ...] = ()


def way_rules(city: str) -> WayRules:
    """What the city promises about police and service points."""
    return cities.city(city).section("ways", WayRules)


cities.declare("ways", WayRules)
