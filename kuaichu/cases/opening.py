"""What is open now, for which accident, and when the next thing opens: the gates asked beforehand.

Pure but for the city's data. Screening asks the same gates of the real case: what is said here holds there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from kuaichu.cases.city_rules import CityRules
from kuaichu.cases.eligibility import screen
from kuaichu.cases.gates import Gate, Procedure
from kuaichu.cases.register_gates import Licence
from kuaichu.cases.rules import Hours, Point
from kuaichu.cases.screening import rules
from kuaichu.cases.screening_facts import Injury, PartyKind, PartyLeft, ScreeningFacts, open_at
from kuaichu.kernel.clock import CHINA
from kuaichu.kernel.workdays import is_working_day

MV, NMV, PED = PartyKind
LANES: Final = {"agree": Procedure.SELF, "officer": Procedure.ONLINE}
_HARMLESS: Final = ScreeningFacts(
    parties=(MV, MV),
    injury=Injury.NONE,
    crime_suspected=False,
    alcohol_suspected=False,
    licences=(Licence.VALID,) * 3,
    passenger_transport=False,
    no_plate=False,
    immovable=False,
    party_left=PartyLeft.NONE,
    owner_absent=False,
    intent_suspected=False,
    hazmat=False,
    no_inspection=False,
    no_ctali=False,
    facility_hit=False,
    disputed=False,
    joint_application=True,
    police_requested=False,
    police_called=True,
    foreign=False,
    diplomatic=False,
    military=False,
    tractor=False,
    late_report=False,
    out_of_area=False,
    estimated_loss_fen=0,
    light="day",
    weather="1",
    road="city_road",
    in_quick_area=True,
    fraud_hold=False,
)
KINDS: Final[Mapping[str, Mapping[str, Any]]] = {
    "two_cars": {},
    "disputed": {"disputed": True},
    "rider": {"parties": (MV, NMV)},
    "riders": {"parties": (NMV, NMV)},
    "walker": {"parties": (MV, PED)},
    "single": {"parties": (MV,)},
    "object": {"parties": (MV,), "facility_hit": True},
    "many": {"parties": (MV, MV, MV)},
    "off_road": {"road": "off_road"},
    "absent": {"owner_absent": True, "owner_joined": True},
    "left": {"party_left": PartyLeft.LEFT, "left_party_found": True},
    "injured": {"injury": Injury.SLIGHT, "slight_injury_consent": True},
}
"""Kinds of accident people ask about, as what differs from two cars nobody can object to."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way at one moment: open or not, the gates that close it, its hours, when it opens next (aware)."""

    key: str
    open: bool
    gates: tuple[Gate, ...]
    hours: Hours
    opens_at: datetime | None


@dataclass(frozen=True, slots=True)
class Road:
    """The ways of one kind of accident, best first, and the gates that close the others."""

    kind: str
    ways: tuple[str, ...]
    gates: tuple[Gate, ...]


def ways(city: str, moment: datetime) -> tuple[Way, ...]:
    """Agree, officer from afar and police for two cars nobody can object to, at an aware moment."""
    own = rules(city)
    hours = {"agree": _self_hours(own), "officer": _online_hours(own)}
    found = [_way(key, lane, hours[key], own, moment) for key, lane in LANES.items()]
    return (*found, Way("police", True, (), (), None))


def roads(city: str, moment: datetime) -> tuple[Road, ...]:
    """For each kind of accident the ways that are open at this moment; police always come last."""
    return tuple(_road(kind, rules(city), moment) for kind in KINDS)


def point_opens(point: Point, moment: datetime) -> datetime | None:
    """When a service point opens next; None while it is open."""
    return _next(point.hours, moment, working_days=point.working_days)


def _way(key: str, lane: Procedure, hours: tuple[Hours, ...], own: CityRules, moment: datetime) -> Way:
    facts = _at({}, moment)
    gates = tuple(hit.gate for hit in screen(facts, own).hits if hit.verdicts[lane] == "N")
    opens = max((_next(one, moment) or moment for one in hours), default=moment) if gates else None
    shown = next((one for one in hours if one), ())
    return Way(key, not gates, gates, shown, opens if opens != moment else None)


def _road(kind: str, own: CityRules, moment: datetime) -> Road:
    found = screen(_at(KINDS[kind], moment), own)
    open_ways = tuple(key for key, lane in LANES.items() if lane in found.allowed)
    closing = tuple(hit.gate for hit in found.hits if "N" in (hit.verdicts[lane] for lane in LANES.values()))
    return Road(kind, (*open_ways, "police"), closing)


def _at(kind: Mapping[str, Any], moment: datetime) -> ScreeningFacts:
    now = moment.astimezone(CHINA).time()
    facts = replace(_HARMLESS, local_time=now, report_time=now, **kind)
    motors = (facts.parties or ()).count(MV)
    return replace(facts, licences=(Licence.VALID,) * motors, insurer_provinces=None)


def _self_hours(own: CityRules) -> tuple[Hours, ...]:
    return (own.hours,) if "hours" in own.limits_on_self else ()


def _online_hours(own: CityRules) -> tuple[Hours, ...]:
    return (own.officer_hours, *((own.hours,) if "hours" in own.limits_on_online else ()))


def _next(hours: Hours, moment: datetime, *, working_days: bool = False) -> datetime | None:
    """The next moment at which one of the windows begins; None while one is open (or there is none)."""
    here = moment.astimezone(CHINA)
    if open_at(here.time(), hours or (("00:00", "24:00"),)) and _works(here.date(), working_days):
        return None
    starts = sorted(start for start, _end in hours or (("00:00", "24:00"),))
    for ahead in range(32):
        day = here.date() + timedelta(days=ahead)
        for start in starts if _works(day, working_days) else ():
            begins = datetime.combine(day, time.fromisoformat(start), CHINA)
            if begins > here:
                return begins
    return None


def _works(day: date, working_days: bool) -> bool:
    return not working_days or is_working_day(day)
