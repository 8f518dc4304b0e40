"""What a city may set about sending people: section `[dispatch]`."""

from __future__ import annotations

import msgspec

from kuaichu.kernel import city as cities
from kuaichu.people.field_roles import FIELD_ROLES

POLICE = ("patrol_officer", "station_officer")
OFFICERS_FIRST = (*POLICE, "auxiliary")
COMPLAINTS = {"police": "12389", "station": "12389", "insurer": "12378", "village": "12345"}
"""National telephones for complaints: about police, about insurers, about anybody else of the government."""


class DispatchRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Clocks in the unit of their name, distances in metres; `send_*` name who may be sent to what.

    `complaints` are telephone numbers by kind of organisation, instead of COMPLAINTS; `navigation` is an
    address with {lat} and {lon} (WGS-84), empty for the phone's own map.
    """

    offer_seconds: int = 60
    arrive_minutes: int = 10
    late_minutes: int = 10
    refusals: int = 2
    reach_m: int = 30_000
    fresh_minutes: int = 15
    own_insurer_m: int = 2_000
    position_seconds: int = 20
    trail_days: int = 7
    duty_hours: int = 12
    card_minutes: int = 5
    late_report_hours: int = 24
    certificates: bool = True
    send_police_on_site: tuple[str, ...] = POLICE
    send_general: tuple[str, ...] = OFFICERS_FIRST
    send_criminal: tuple[str, ...] = POLICE
    send_help: tuple[str, ...] = FIELD_ROLES
    navigation: str = ""
    complaints: dict[str, str] = {}

    def __post_init__(self) -> None:
        """Refuse roles that nobody goes out in, and clocks that do not run (ValueError)."""
        for name in ("send_police_on_site", "send_general", "send_criminal", "send_help"):
            if not set(getattr(self, name)) <= set(FIELD_ROLES):
                raise ValueError(f"{name}: roles are {', '.join(FIELD_ROLES)}")
        clocks = (self.offer_seconds, self.arrive_minutes, self.card_minutes, self.duty_hours)
        if min(clocks) < 1 or min(self.late_minutes, self.trail_days, self.reach_m) < 0:
            raise ValueError("clocks and distances are positive")

    def complaint(self, kind: str) -> str:
        """Where to complain about somebody of this kind of organisation."""
        return self.complaints.get(kind) or COMPLAINTS.get(kind, "12345")

    def sent(self, to: str) -> tuple[str, ...]:
        """The roles that may be sent where a case went: `police_on_site`, `general`, `criminal` or `help`."""
        found: tuple[str, ...] = getattr(self, f"send_{to}", self.send_general)
        return found


def rules(city: str) -> DispatchRules:
    """The city's rules of sending people."""
    return cities.city(city).section("dispatch", DispatchRules)


cities.declare("dispatch", DispatchRules)
