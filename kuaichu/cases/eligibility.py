"""Screening: which procedure may handle this accident, why not the easier ones, and what must still be asked.

Pure: the facts and a city's options go in, the answer comes out; the rules are rows of `gates.toml`. GENERAL
is what remains when the lighter procedures are closed, unless the police may not act at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from kuaichu.cases.city_rules import CityRules
from kuaichu.cases.gates import Gate, Procedure, Step, Value, match, table
from kuaichu.cases.screening_facts import ScreeningFacts, derive
from kuaichu.cases.screening_result import APPLICATIONS, LANES, LIGHT, HandOver, Hit, Screening

_QUESTIONS = {
    "no_licence": "licences",
    "insured_elsewhere": "insurer_provinces",
    "over_loss_cap": "estimated_loss_fen",
    "criminal_loss": "very_large_loss",
    "outside_hours": "local_time",
    "officers_away": "report_time",
    "police_call_missing": "police_called",
    **dict.fromkeys(("single_vehicle", "mv_pedestrian", "nmv_only", "vehicles_not_admitted"), "parties"),
}


def _question(name: str, facts: ScreeningFacts) -> str:
    """The field of ScreeningFacts to be asked so that `name` becomes known."""
    if name in ("no_licence", "insured_elsewhere") and facts.parties is None:
        return "parties"
    if name == "bus_overload_or_speeding" and facts.passenger_transport is None:
        return "passenger_transport"
    if name == "poor_sight":
        return "light" if facts.light is None else "weather"
    if name == "outside_quick_area":
        return "road" if facts.road is None else "in_quick_area"
    return _QUESTIONS.get(name, name)


def screen(facts: ScreeningFacts, rules: CityRules) -> Screening:
    """Evaluate every gate top-down and say what is allowed. An unknown fact never opens a gate."""
    known = derive(facts, rules)
    hits: list[Hit] = []
    closed: dict[Procedure, list[Gate]] = {lane: [] for lane in LANES}
    waits: dict[Procedure, list[str]] = {lane: [] for lane in LANES}
    for gate in table().gate:
        bites, missing = gate.bites(known)
        if bites is False:
            continue
        admits = {lane: gate.admits(lane, known, rules) for lane in LANES}
        if bites:
            hits.append(Hit(gate, {lane: _MARKS[admits[lane][0]] for lane in LANES}))
        for lane, (admitted, fact) in admits.items():
            if bites and admitted is False:
                closed[lane].append(gate)
            elif admitted is not True:
                waits[lane] += [fact] if bites else missing
    shut = {lane for lane in LANES if closed[lane]} | _require(known, waits)
    pending = _pending(facts, waits, shut)
    handover = _hand_over(hits, closed)
    allowed = _allowed(facts, shut | set(pending), handover)
    return Screening(
        hits=tuple(hits),
        allowed=frozenset(allowed),
        ceiling=next(procedure for procedure in Procedure if procedure in allowed),
        recommended=_recommend(allowed, pending),
        handover=handover,
        pending=pending,
        version=f"{table().version}+{table().digest}/{rules.version()}",
        hold=any(Step.HOLD in hit.gate.otherwise for hit in hits),
    )


_MARKS: Mapping[bool | None, Literal["Y", "N", "?"]] = {True: "Y", False: "N", None: "?"}


def _require(known: Mapping[str, Value], waits: dict[Procedure, list[str]]) -> set[Procedure]:
    """Procedures whose requirements are not met; what is open goes to `waits`."""
    never = set()
    for requirement in table().requirement:
        state, missing = match(requirement.when, known)
        if state is False:
            never.add(requirement.procedure)
        elif missing:
            waits[requirement.procedure].append(missing)
    return never


def _pending(
    facts: ScreeningFacts, waits: Mapping[Procedure, list[str]], shut: set[Procedure]
) -> dict[Procedure, tuple[str, ...]]:
    """Facts each procedure waits for. GENERAL waits for nothing: it is what remains."""
    return {
        lane: tuple(dict.fromkeys(_question(name, facts) for name in names))
        for lane, names in waits.items()
        if names and lane not in shut and lane is not Procedure.GENERAL
    }


def _allowed(facts: ScreeningFacts, barred: set[Procedure], handover: HandOver | None) -> set[Procedure]:
    """What is left, with the outcomes that come from GENERAL or instead of it."""
    allowed = set(LANES) - barred
    if Procedure.GENERAL not in allowed:
        allowed.add(Procedure.NOT_ACCEPTED)
    elif facts.causes_unprovable:
        allowed.add(Procedure.CERT_OF_FACTS)
    if handover and handover.to == "criminal":
        allowed.add(Procedure.CRIMINAL)
    return allowed


def _hand_over(hits: list[Hit], closed: Mapping[Procedure, list[Gate]]) -> HandOver | None:
    if closed[Procedure.GENERAL]:
        return None
    criminal = tuple(hit.gate.code for hit in hits if Step.CRIMINAL in hit.gate.otherwise)
    if criminal:
        return HandOver("criminal", criminal)
    if closed[Procedure.SUMMARY]:
        return HandOver("general", tuple(gate.code for gate in closed[Procedure.SUMMARY]))
    if not (closed[Procedure.SELF] and closed[Procedure.ONLINE]):
        return None
    closing = [g for g in table().gate if g in closed[Procedure.SELF] or g in closed[Procedure.ONLINE]]
    sent = tuple(gate.code for gate in closing if Step.POLICE_ON_SITE in gate.otherwise)
    return HandOver("police_on_site", sent) if sent else None


def _recommend(allowed: set[Procedure], pending: Mapping[Procedure, tuple[str, ...]]) -> Procedure | None:
    """The least formal procedure; None while an easier one still waits for an answer."""
    for special in (Procedure.CRIMINAL, Procedure.CERT_OF_FACTS):
        if special in allowed:
            return special
    for lane in Procedure:
        if lane in allowed:
            return lane
        missing = pending.get(lane)
        if lane is Procedure.ONLINE and missing == (APPLICATIONS[lane],):
            return lane
        if missing and lane in LIGHT:
            return None
    return None


def check_names() -> None:
    """Check that the table names only facts and options that exist. Raises ValueError."""
    facts = set(derive(ScreeningFacts(), CityRules()))
    options = set(CityRules.__struct_fields__)
    clauses = [clause for gate in table().gate for clause in gate.when]
    clauses += [requirement.when for requirement in table().requirement]
    openings = [opening for gate in table().gate for opening in gate.opens.values()]
    wrong = {name for clause in clauses for name in clause} | {o.fact for o in openings if o.fact}
    wrong = (wrong - facts) | ({o.pack for o in openings if o.pack} - options)
    if wrong:
        raise ValueError(f"gates.toml names unknown facts or options: {sorted(wrong)}")


check_names()
