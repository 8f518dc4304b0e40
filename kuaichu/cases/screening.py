"""Which procedures are open for this case: the gates of the law and of the city on the file as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from kuaichu.cases import files
from kuaichu.cases.city_rules import CityRules
from kuaichu.cases.eligibility import screen as evaluate
from kuaichu.cases.gates import any_true
from kuaichu.cases.models import Case, Party, Vehicle
from kuaichu.cases.places.sites import OFF_ROAD
from kuaichu.cases.register_gates import ctali_gate, inspection_gate, licence_gate
from kuaichu.cases.screening_facts import Injury, PartyKind, PartyLeft, ScreeningFacts
from kuaichu.cases.screening_result import Screening
from kuaichu.cases.watch.marks import fraud_hold
from kuaichu.kernel import city as cities
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.clock import CHINA
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move

cities.declare("screening", CityRules)
LATE = timedelta(hours=24)
FACILITY = "facility"  # the answer that names a guardrail, pole or other public facility


@dataclass(frozen=True)
class Screened(Fact, name="cases.screened"):
    """It was checked which procedures are open; `complete` when all parties have confirmed."""

    allowed: tuple[str, ...]
    gates: tuple[str, ...]
    hand_over_to: str
    hand_over_for: tuple[str, ...]
    complete: bool
    version: str


def rules(city_code: str) -> CityRules:
    """The city's screening options."""
    return cities.city(city_code).section("screening", CityRules)


def screen(actor: Actor, case_id: UUID, *, police_wanted: bool = False) -> Case:
    """Evaluate the gates. With all parts confirmed the case becomes ready; the same result is said once."""
    with act(actor, "cases.screen", case_id) as step:
        case = files.case(case_id)
        parties = files.parties(case_id)
        if case.status not in (Case.Status.REPORTING, Case.Status.READY):
            step.already()
            return case
        answer = assess(case, parties, files.vehicles(case_id), police_wanted=police_wanted)
        complete = all_confirmed(case, parties)
        result = {**answer.to_json(), "complete": complete}
        if case.screening == result:
            step.already()
            return case
        case.screening = result
        if complete and case.status == Case.Status.REPORTING:
            move(case, Case.Status.READY)
        case.save()
        step.record(_fact(answer, complete=complete))
    return case


def all_confirmed(case: Case, parties: list[Party]) -> bool:
    """Whether everybody has declared their part complete; one alone suffices with a single vehicle."""
    return len(parties) >= expected(case) and all(p.status == Party.Status.CONFIRMED for p in parties)


def expected(case: Case) -> int:
    """How many road users there are at least, by what was told."""
    if case.triage.get("single_vehicle"):
        return 1
    return 3 if case.triage.get("many_parties") else 2


def _fact(answer: Screening, *, complete: bool) -> Screened:
    over = answer.handover
    return Screened(
        allowed=tuple(sorted(p.value for p in answer.allowed)),
        gates=tuple(hit.gate.code for hit in answer.hits),
        hand_over_to=over.to if over else "",
        hand_over_for=over.reasons if over else (),
        complete=complete,
        version=answer.version,
    )


def assess(
    case: Case, parties: list[Party], vehicles: dict[str, Vehicle], *, police_wanted: bool = False
) -> Screening:
    """The gates on the file as it stands: which ways would be open if the parties wanted them.

    Whether they agree or apply jointly is asked afterwards (`liability.wishes`), so both are supposed here.
    """
    facts = facts_of(case, parties, vehicles, police_wanted=police_wanted)
    return evaluate(facts, rules(case.city))


def facts_of(
    case: Case, parties: list[Party], vehicles: dict[str, Vehicle], *, police_wanted: bool
) -> ScreeningFacts:
    """The screening facts of a file; None is what nobody has told yet."""
    day = case.happened_at.astimezone(CHINA).date()
    motors = [vehicles[p.label] for p in parties if vehicles[p.label].kind == "MV"]
    triage = _Triage(case.triage)
    refused = any(p.status == Party.Status.REFUSED for p in parties)
    return ScreeningFacts(
        parties=_kinds(case, parties, vehicles),
        injury=Injury(case.injury) if case.injury else None,
        slight_injury_consent=case.triage.get("slight_injury_consent"),
        crime_suspected=False,
        alcohol_suspected=triage.get("alcohol_suspected"),
        licences=tuple(_licence(vehicle, day) for vehicle in motors),
        bus_overload_or_speeding=triage.get("bus_overload_or_speeding"),
        no_plate=triage.get("no_plate"),
        immovable=triage.get("immovable"),
        party_left=_left(triage),
        left_party_online=_there(triage, parties, "number_left"),
        left_party_found=bool(triage.get("number_left")) or _all_there(parties),
        owner_absent=triage.get("owner_absent"),
        owner_joined=_there(triage, parties, "owner_absent"),
        intent_suspected=triage.get("intent_suspected"),
        hazmat=any_true([triage.get("hazmat"), *(_use(v) == "R" for v in motors)]),
        no_inspection=any_true(inspection_gate(v.record, day) for v in motors),
        no_ctali=any_true(_uninsured(v, day) for v in motors),
        facility_hit=_facility(triage.get("facility_hit"), parties),
        disputed=False,
        joint_application=not refused,
        police_requested=police_wanted or refused or triage.get("police_requested"),
        foreign=triage.get("foreign"),
        foreign_notice_done=True,
        diplomatic=triage.get("diplomatic"),
        military=triage.get("military"),
        tractor=triage.get("tractor"),
        late_report=case.opened_at - case.happened_at > LATE,
        out_of_area=_out_of_area(case),
        very_large_loss=triage.get("very_large_loss"),
        local_time=case.happened_at.astimezone(CHINA).time(),
        report_time=case.opened_at.astimezone(CHINA).time(),
        weather=case.weather or None,
        light=case.light or None,
        road="off_road" if triage.get("off_road") or case.site in OFF_ROAD else "city_road",
        insurer_provinces=tuple(rules(case.city).province or None for _ in motors),
        fraud_hold=fraud_hold(case),
    )


class _Triage:
    """The check list of the safety page: once it was answered, what was not ticked is a no."""

    def __init__(self, answers: dict[str, Any]) -> None:
        self._answers = answers

    def get(self, key: str) -> bool | None:
        """True or false once the list was answered, None before."""
        return bool(self._answers.get(key, False)) if self._answers else None


def _kinds(case: Case, parties: list[Party], vehicles: dict[str, Vehicle]) -> tuple[PartyKind, ...] | None:
    if len(parties) < 2 and not case.triage.get("single_vehicle"):
        return None
    names = {"PEDESTRIAN": "PED"}
    return tuple(PartyKind(names.get(vehicles[p.label].kind, vehicles[p.label].kind)) for p in parties)


def _licence(vehicle: Vehicle, day: date) -> Any:
    record = vehicle.record or {}
    return licence_gate(
        vehicle.party.driver,
        record.get("vehicle_type"),
        day,
        use=_use(vehicle) or None,
        automatic=record.get("automatic"),
    )


def _uninsured(vehicle: Vehicle, day: date) -> bool | None:
    """Whether there is no compulsory cover; not known for a plate the register does not know (a slip)."""
    return ctali_gate(vehicle.policies, day) if vehicle.record else None


def _use(vehicle: Vehicle) -> str:
    return str((vehicle.record or {}).get("use", ""))


def _facility(ticked: bool | None, parties: list[Party]) -> bool | None:
    """Whether public property was hit: ticked in the quick check, or said of one's own vehicle."""
    said = (p.statement.get("answers", {}).get(f"{p.label}.struck") == FACILITY for p in parties)
    return True if any(said) else ticked


def _left(triage: _Triage) -> PartyLeft | None:
    if triage.get("party_fled"):
        return PartyLeft.FLED
    left = triage.get("party_left")
    return None if left is None else PartyLeft.LEFT if left else PartyLeft.NONE


def _all_there(parties: list[Party]) -> bool:
    there = (Party.Status.JOINED, Party.Status.CONFIRMED)
    return len(parties) > 1 and all(p.status in there for p in parties)


def _there(triage: _Triage, parties: list[Party], waiting: str) -> bool | None:
    """Whether the one who was not there has joined; not known while `waiting` and the time is not over."""
    if _all_there(parties):
        return True
    return None if triage.get(waiting) and not triage.get("waited_in_vain") else False


def _out_of_area(case: Case) -> bool | None:
    if case.lon is None or case.lat is None:
        return None if not case.place else False
    area = cities.city(case.city).profile
    return not (area.west <= case.lon <= area.east and area.south <= case.lat <= area.north)
