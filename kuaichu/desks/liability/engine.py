"""Proposes grades of liability from facts, with law and reasons, or abstains and says what would decide.

Pure functions. The engine only suggests; an officer determines (D146 Article 60; PIPL Article 24).
A party is charged only with faults which the facts show: what nobody has stated is not held against anybody,
what is stated but open is asked for, and a result is proposed only if every open fact leaves it unchanged.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from .composition import PUSHED_BUT_SHARED, all_reasons, merge, sole
from .facts import AccidentFacts, Contact, VehicleFacts
from .grades import Grade
from .matrix import FaultClass
from .plausibility import collision_form, pair_of, problems
from .scenarios import ALL
from .scenarios._chain import attributed
from .scenarios._matching import Possible, outcomes, possible_faults, single_faults
from .scenarios._overrides import alone, override
from .scenarios._pack import LiabilityPack
from .scenarios._pair import LAWFULLY_THERE
from .scenarios._result import (
    ENGINE_VERSION,
    Abstention,
    Alternative,
    Collision,
    Confidence,
    FactUsed,
    Fault,
    Proposal,
    Reason,
)
from .scenarios._scenario import Certainty
from .scenarios._stop import CERTIFICATE_OF_FACTS, EQUAL_MONEY
from .vocabulary import PLACE, Situation

__all__ = [
    "ENGINE_VERSION",
    "Abstention",
    "Alternative",
    "Collision",
    "Confidence",
    "FactUsed",
    "Fault",
    "LiabilityPack",
    "Proposal",
    "Reason",
    "propose",
]

_EQUAL = ALL["EQ-00"]
_BOTH = (Reason(_EQUAL.code, f"{_EQUAL.zh}。", f"{_EQUAL.en[0].upper()}{_EQUAL.en[1:]}."),)
_AGGRAVATING = ("alcohol", "unlicensed")
_LIFT = {
    (Grade.SECONDARY, Grade.PRIMARY): (Grade.EQUAL, Grade.EQUAL),
    (Grade.EQUAL, Grade.EQUAL): (Grade.PRIMARY, Grade.SECONDARY),
}


def propose(facts: AccidentFacts, pack: LiabilityPack, on: date) -> Proposal | Abstention:
    """Propose grades for the accident under the rules of that day, or abstain.

    Order: overrides (intent, flight, forged scene, pure accident, unprovable), contradictions, each contact
    by the scenario table, merging of several contacts.
    """
    special = override(facts, on)
    if special:
        return _with_money(special, pack) if isinstance(special, Abstention) else sole(facts, special)
    wrong = problems(facts)
    if wrong:
        refs = dict.fromkeys(ref for one in wrong for ref in one.refs)
        reasons = tuple(Reason(one.code, one.zh, one.en) for one in wrong)
        return Abstention(reasons, tuple(refs), (CERTIFICATE_OF_FACTS,))
    if len(facts.vehicles) == 1:
        return _single(facts, pack, on)
    contacts = attributed(facts)
    if isinstance(contacts, Abstention):
        return contacts
    return _of_contacts(facts, contacts, pack, on)


def _of_contacts(
    facts: AccidentFacts, contacts: tuple[Contact, ...], pack: LiabilityPack, on: date
) -> Proposal | Abstention:
    results = [_collision(facts, one, pack, on) for one in contacts]
    failed = [one for one in results if isinstance(one, Abstention)]
    if failed:
        return all_reasons(failed)
    merged = merge(facts, [one for one in results if isinstance(one, Collision)], pack)
    return merged if isinstance(merged, Abstention) else _with_alternative(merged, facts, pack, on)


def _single(facts: AccidentFacts, pack: LiabilityPack, on: date) -> Proposal | Abstention:
    """One vehicle alone: only once it is stated that nobody else was involved."""
    if facts.place_answer("single_vehicle") is not True:
        zh, en = "尚不清楚是否有其他当事人", "It is not known whether anybody else was involved"
        return Abstention((Reason("contacts-unknown", zh, en),), (f"{PLACE}.single_vehicle",))
    faults = single_faults(alone(facts, facts.vehicles[0]), pack, on)
    found = [one for one in faults if one.finding.yes]
    if not found:
        return _undecided(facts, faults) if faults else _no_rule()
    grades = {facts.vehicles[0].label: Grade.FULL}
    return merge(facts, [_result(found, faults, grades)], pack)


def _collision(
    facts: AccidentFacts, contact: Contact, pack: LiabilityPack, on: date
) -> Collision | Abstention:
    pair = pair_of(facts, contact)
    if contact.via and not pair.strikes_rear().yes:
        return _pushed_aside(facts, contact, pack, on)
    faults = possible_faults(pair, pack, on)
    results = outcomes(faults, contact.first, contact.second)
    if results is None or len(results) > 1:
        return _undecided(facts, faults)
    result = next(iter(results))
    if result is None:
        return _no_rule()
    same = result == (Grade.EQUAL, Grade.EQUAL)
    if same and (_EQUAL.code in pack.off or not pack.same_class_equal):
        zh, en = (
            "双方过错同类，本市规定由交警认定主次",
            "Both have faults of the same class: this city leaves it to the officer",
        )
        return Abstention((Reason("same-class", zh, en),))
    found = [one for one in faults if one.finding.yes]
    result = _aggravated(pair.actor, pair.other, result, pack)
    grades = dict(zip((contact.first, contact.second), result, strict=True))
    made = _result(found, faults, grades)
    named = _BOTH if same and set(result) == {Grade.EQUAL} else ()
    return replace(made, form=collision_form(pair), pushed_through=contact.via, outcome=named)


def _result(found: list[Possible], faults: Iterable[Possible], grades: Mapping[str, Grade]) -> Collision:
    leading = _leading(found, grades)
    return Collision(
        grades=grades,
        faults=_faults(found),
        used=frozenset().union(*(one.finding.used for one in found)),
        situation=leading.scenario.situation if leading.scenario else Situation.OTHER,
        cause=leading.scenario.cause if leading.scenario else "",
        form=None,
        confidence=_confidence(faults),
        warnings=leading.scenario.warnings if leading.scenario else (),
        open=frozenset[str]().union(*(one.finding.needed for one in faults if not one.finding.yes)),
    )


def _pushed_aside(
    facts: AccidentFacts, contact: Contact, pack: LiabilityPack, on: date
) -> Collision | Abstention:
    """One pushed sideways into a third: the pusher answers if he alone answers for hitting the pushed one."""
    nearest = contact.via[0]
    first = next((one for one in facts.met() if {one.first, one.second} == {contact.first, nearest}), None)
    base = _collision(facts, first, pack, on) if first else _no_rule()
    if isinstance(base, Abstention):
        return base
    other = facts.vehicle(contact.second)
    if base.grades[contact.first] is not Grade.FULL or other.movement not in LAWFULLY_THERE:
        return Abstention((PUSHED_BUT_SHARED,), (f"{other.label}.movement",) * (other.movement is None))
    grades = {contact.first: Grade.FULL, contact.second: Grade.NONE}
    used = base.used | {f"{nearest}.pushed@{contact.second}"}
    return replace(base, grades=grades, used=used, form=None, pushed_through=contact.via)


def _no_rule() -> Abstention:
    zh, en = (
        "现有规则表中没有与所述情形相符的条款，由交警认定",
        "No rule of the table fits these facts: the officer decides",
    )
    return Abstention((Reason("no-rule", zh, en),))


def _with_money(without: Abstention, pack: LiabilityPack) -> Abstention:
    """Some places split the money equally where fault cannot be determined: told beside, never as a grade."""
    if without.reasons[0].code != "UK-01" or not pack.table().unprovable_equal:
        return without
    return replace(without, advice=(*without.advice, EQUAL_MONEY))


def _undecided(facts: AccidentFacts, faults: Iterable[Possible]) -> Abstention:
    count = Counter(ref for one in faults if not one.finding.yes for ref in one.finding.needed)
    refs = tuple(sorted(count, key=lambda ref: (-count[ref], ref)))
    contested = [ref for ref in refs if ref in facts.disputed()]
    if contested:
        zh, en = (
            "当事人对决定责任的事实陈述不一致",
            "The parties contradict each other about a fact which decides",
        )
        others = (ref for ref in refs if ref not in contested)
        return Abstention((Reason("contradiction", zh, en),), (*contested, *others), (CERTIFICATE_OF_FACTS,))
    zh, en = "现有事实不足以确定责任", "The facts known do not suffice to decide"
    return Abstention((Reason("facts-missing", zh, en),), refs)


def _aggravated(
    first: VehicleFacts, second: VehicleFacts, result: tuple[Grade, Grade], pack: LiabilityPack
) -> tuple[Grade, Grade]:
    """One grade up for a single party with drink or without licence, where the city rules so."""
    bad = [any(one.answer(key) is True for key in _AGGRAVATING) for one in (first, second)]
    if not pack.aggravation or bad[0] == bad[1]:
        return result
    if bad[0]:
        return _LIFT.get(result, result)
    other, own = _LIFT.get((result[1], result[0]), (result[1], result[0]))
    return own, other


def _leading(found: list[Possible], grades: Mapping[str, Grade]) -> Possible:
    """The fault which names the situation: of the one who bears most, special before general ones."""
    weight = [Grade.FULL, Grade.PRIMARY, Grade.EQUAL, Grade.SECONDARY, Grade.NONE]

    def rank(one: Possible) -> tuple[int, bool, bool]:
        general = one.scenario is None or not one.scenario.special
        return weight.index(grades[one.label]), one.scenario is None, general

    return min(found, key=rank)


def _faults(found: Iterable[Possible]) -> tuple[Fault, ...]:
    made = (Fault(f.label, f.code, f.fault_class, f.zh, f.en, f.citations) for f in found)
    return tuple(dict.fromkeys(made))


def _confidence(faults: Iterable[Possible]) -> Confidence:
    """Own-knowledge rules and a class B fault standing alone (matrix) are not verified."""
    faults = tuple(faults)
    found = [one for one in faults if one.finding.yes]
    guess = any(one.scenario and one.scenario.certainty is Certainty.OWN_KNOWLEDGE for one in found)
    if guess or all(one.fault_class is FaultClass.B for one in found):
        return Confidence.UNVERIFIED_RULE
    return Confidence.CERTAIN if len(found) == len(faults) else Confidence.DETAIL_OPEN


def _with_alternative(made: Proposal, facts: AccidentFacts, pack: LiabilityPack, on: date) -> Proposal:
    """Show what the other way of treating an illegal stop in the lane would give."""
    if not {"RE-06", "PK-04", "PK-05"} & {one.code for one in made.faults}:
        return made
    choice = "PK-05" if pack.illegal_stop == "RE-06" else "RE-06"
    other = replace(pack, illegal_stop=choice)
    result = _collision(facts, facts.met()[0], other, on)
    if len(facts.met()) > 1 or isinstance(result, Abstention) or result.grades == made.grades:
        return made
    zh, en = "如本地对车道内违法停车另有规定", "If the city treats an illegal stop in the lane the other way"
    return replace(made, alternatives=(Alternative(choice, zh, en, result.grades),))
