"""What screening knows: the facts of an accident, a city's rules, and what follows from both.

Pure: no database, clock or settings. None means not known yet.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import time
from enum import Enum, StrEnum

from kuaichu.cases.city_rules import ROADS, CityRules, Road
from kuaichu.cases.gates import Value, any_true
from kuaichu.cases.register_gates import Licence


class Injury(StrEnum):
    """The worst harm to a person; UNKNOWN was asked but nobody could say."""

    NONE = "none"
    SLIGHT = "slight"
    SERIOUS = "serious"
    DEATH = "death"
    UNKNOWN = "unknown"


class PartyLeft(StrEnum):
    """LEFT: gone without the purpose of evading liability; FLED: hit and run (D146 112(1))."""

    NONE = "none"
    LEFT = "left"
    FLED = "fled"


class PartyKind(StrEnum):
    """Motor vehicle, non-motor vehicle, person on foot."""

    MV = "MV"
    NMV = "NMV"
    PED = "PED"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningFacts:
    """What is known of an accident. None: not known yet. Plain booleans: findings, False until found.

    `licences` has one entry a motor vehicle; `insurer_provinces` two-digit codes, one a motor vehicle;
    `estimated_loss_fen` is the largest loss of one vehicle or thing;
    `local_time` the time of the accident, `report_time` of its report; `weather`, `light` codes of the file.
    `left_party_online`, `owner_joined`: None while that person may still join.
    """

    parties: tuple[PartyKind, ...] | None = None
    injury: Injury | None = None
    slight_injury_consent: bool | None = None
    crime_suspected: bool | None = None
    alcohol_suspected: bool | None = None
    tested_no_crime: bool | None = None
    licences: tuple[Licence | None, ...] | None = None
    passenger_transport: bool | None = None
    bus_overload_or_speeding: bool | None = None
    no_plate: bool | None = None
    immovable: bool | None = None
    party_left: PartyLeft | None = None
    left_party_online: bool | None = False
    left_party_found: bool = False
    owner_absent: bool | None = None
    owner_joined: bool | None = False
    intent_suspected: bool | None = None
    hazmat: bool | None = None
    no_inspection: bool | None = None
    no_ctali: bool | None = None
    facility_hit: bool | None = None
    disputed: bool | None = None
    joint_application: bool | None = None
    fast_application: bool | None = None
    police_requested: bool | None = None
    police_request_withdrawn: bool = False
    police_called: bool | None = None
    foreign: bool | None = None
    foreign_notice_done: bool | None = None
    diplomatic: bool | None = None
    military: bool | None = None
    tractor: bool | None = None
    late_report: bool | None = None
    late_report_accepted: bool | None = None
    out_of_area: bool | None = None
    rail_or_ferry: bool = False
    causes_unprovable: bool = False
    estimated_loss_fen: int | None = None
    very_large_loss: bool | None = None
    local_time: time | None = None
    report_time: time | None = None
    weather: str | None = None
    light: str | None = None
    road: Road | None = None
    in_quick_area: bool | None = None
    insurer_provinces: tuple[str | None, ...] | None = None
    fraud_hold: bool | None = None


# Facts that concern motor vehicles only: not asked when there is none.
_MOTOR_ONLY = ("no_plate", "no_inspection", "no_ctali", "passenger_transport", "bus_overload_or_speeding")


def derive(facts: ScreeningFacts, rules: CityRules) -> dict[str, Value]:
    """All facts the gates may name: the plain ones, and those that follow from them and the city's rules."""
    known: dict[str, Value] = {}
    for one in fields(facts):
        value = getattr(facts, one.name)
        known[one.name] = value.value if isinstance(value, Enum) else value
    if facts.injury is Injury.UNKNOWN:
        known["injury"] = None
    motors = None if facts.parties is None else facts.parties.count(PartyKind.MV)
    if motors == 0:
        known.update(dict.fromkeys(_MOTOR_ONLY, False))
    if known["bus_overload_or_speeding"] is None and known["passenger_transport"] is False:
        known["bus_overload_or_speeding"] = False
    known["no_licence"] = _no_licence(facts.licences, motors)
    known["insured_elsewhere"] = _insured_elsewhere(facts.insurer_provinces, motors, rules)
    known["police_call_missing"] = rules.call_police_first and (
        None if facts.police_called is None else not facts.police_called
    )
    return known | _losses(facts, rules) | _parties(facts, rules) | _time_and_place(facts, rules)


def _no_licence(licences: tuple[Licence | None, ...] | None, motors: int | None) -> bool | None:
    if motors == 0:
        return False
    bad = any_true(None if one is None else one is not Licence.VALID for one in licences or (None,))
    complete = motors is not None and len(licences or ()) >= motors
    return bad if bad or complete else None


def _insured_elsewhere(
    provinces: tuple[str | None, ...] | None, motors: int | None, rules: CityRules
) -> bool | None:
    if rules.insurer_scope == "anywhere" or motors == 0:
        return False
    away = any_true(None if one is None else one != rules.province for one in provinces or (None,))
    complete = motors is not None and len(provinces or ()) >= motors
    return away if away or complete else None


def _losses(facts: ScreeningFacts, rules: CityRules) -> dict[str, Value]:
    """A loss of exactly the cap is within it (D146 112(6)); the threshold of crime includes its number."""
    loss = facts.estimated_loss_fen
    criminal = facts.very_large_loss if loss is None else loss >= rules.criminal_loss_fen
    over: bool | None = False
    if rules.loss_cap_fen is not None:
        over = None if loss is None else loss > rules.loss_cap_fen
        over = True if facts.very_large_loss else over
    return {"criminal_loss": True if facts.very_large_loss else criminal, "over_loss_cap": over}


def _parties(facts: ScreeningFacts, rules: CityRules) -> dict[str, Value]:
    if facts.parties is None:
        names = ("single_vehicle", "mv_pedestrian", "nmv_only", "vehicles_not_admitted")
        return dict.fromkeys(names)
    motors, others, walkers = (facts.parties.count(kind) for kind in PartyKind)
    vehicles = motors + others
    too_many = rules.max_vehicles is not None and vehicles > rules.max_vehicles
    mixed = others > 0 and not rules.allow_mv_nmv
    return {
        "single_vehicle": vehicles == 1 and walkers == 0,
        "mv_pedestrian": motors > 0 and walkers > 0,
        "nmv_only": motors == 0 and len(facts.parties) > 1,
        "vehicles_not_admitted": motors > 0 and (vehicles < rules.min_vehicles or too_many or mixed),
    }


def _time_and_place(facts: ScreeningFacts, rules: CityRules) -> dict[str, Value]:
    wrong_road: bool | None = False
    if set(rules.roads) != set(ROADS):
        wrong_road = None if facts.road is None else facts.road not in rules.roads
    unnamed: bool | None = False
    if rules.named_areas_only:
        unnamed = None if facts.in_quick_area is None else not facts.in_quick_area
    return {
        "outside_hours": _outside(facts.local_time, rules.hours),
        "officers_away": _outside(facts.report_time, rules.officer_hours),
        "poor_sight": any_true(
            (_among(facts.light, rules.poor_light), _among(facts.weather, rules.poor_weather))
        ),
        "outside_quick_area": any_true((wrong_road, unnamed)),
    }


def _outside(moment: time | None, hours: tuple[tuple[str, str], ...]) -> bool | None:
    if not hours:
        return False
    return None if moment is None else not open_at(moment, hours)


def _among(told: str | None, poor: tuple[str, ...]) -> bool | None:
    if not poor:
        return False
    return None if told is None else told in poor


def open_at(moment: time, hours: tuple[tuple[str, str], ...]) -> bool:
    """Whether one of the windows holds this local time; a window may run over midnight."""
    now = f"{moment:%H:%M}"
    return any(start <= now < end if start < end else now >= start or now < end for start, end in hours)
