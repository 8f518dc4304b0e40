"""Proposes grades of liability from facts, with law and reasons, or abstains and says what would decide.

Pure functions. The engine only suggests; an officer determines (D146 Article 60; PIPL Article 24).
A party is charged only with faults which the facts show: what nobody has stated is not held against anybody,
what is stated but open is asked for, and a result is proposed only if every open fact leaves it unchanged.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from .composition import all_reasons, merge, sole
from .facts import AccidentFacts, Contact, VehicleFacts
from .grades import Grade
from .matrix import FaultClass
from .plausibility import collision_form, pair_of, problems
from .scenarios._chain import attributed
from .scenarios._matching import Possible, outcomes, possible_faults
from .scenarios._overrides import override
from .scenarios._pack import LiabilityPack
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
from .vocabulary import Situation

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
    special = override(facts)
    if special:
        return special if isinstance(special, Abstention) else sole(facts, special)
    wrong = problems(facts)
    if wrong:
        refs = dict.fromkeys(ref for one in wrong for ref in one.refs)
        return Abstention(tuple(Reason(one.code, one.zh, one.en) for one in wrong), tuple(refs))
    contacts = attributed(facts)
    if isinstance(contacts, Abstention):
        return contacts
    results = [_collision(facts, one, pack, on) for one in contacts]
    failed = [one for one in results if isinstance(one, Abstention)]
    if failed:
        return all_reasons(failed)
    merged = merge(facts, [one for one in results if isinstance(one, Collision)], pack)
    return merged if isinstance(merged, Abstention) else _with_alternative(merged, facts, pack, on)


def _collision(
    facts: AccidentFacts, contact: Contact, pack: LiabilityPack, on: date
) -> Collision | Abstention:
    pair = pair_of(facts, contact)
    faults = possible_faults(pair, pack, on)
    results = outcomes(faults, contact.first, contact.second)
    if results is None or len(results) > 1:
        return _undecided(facts, faults)
    result = next(iter(results))
    if result is None:
        zh, en = (
            "现有规则表中没有与所述情形相符的条款，由交警认定",
            "No rule of the table fits these facts: the officer decides",
        )
        return Abstention((Reason("no-rule", zh, en),))
    same = result == (Grade.EQUAL, Grade.EQUAL)
    if same and not pack.same_class_equal:
        zh, en = (
            "双方过错同类，本市规定由交警认定主次",
            "Both have faults of the same class: this city leaves it to the officer",
        )
        return Abstention((Reason("same-class", zh, en),))
    found = [one for one in faults if one.finding.yes]
    result = _aggravated(pair.actor, pair.other, result, pack)
    grades = dict(zip((contact.first, contact.second), result, strict=True))
    leading = _leading(found, grades)
    return Collision(
        grades=grades,
        faults=_faults(found),
        used=frozenset().union(*(one.finding.used for one in found)),
        situation=leading.scenario.situation if leading.scenario else Situation.OTHER,
        cause=leading.scenario.cause if leading.scenario else "",
        form=collision_form(pair),
        confidence=_confidence(faults),
        pushed_through=contact.via,
    )


def _undecided(facts: AccidentFacts, faults: Iterable[Possible]) -> Abstention:
    count = Counter(ref for one in faults if not one.finding.yes for ref in one.finding.needed)
    refs = tuple(sorted(count, key=lambda ref: (-count[ref], ref)))
    contested = [ref for ref in refs if ref in facts.disputed()]
    if contested:
        zh, en = (
            "当事人对决定责任的事实陈述不一致",
            "The parties contradict each other about a fact which decides",
        )
        return Abstention(
            (Reason("contradiction", zh, en),), (*contested, *(ref for ref in refs if ref not in contested))
        )
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
    """The fault which names the situation: of the one who bears most, a scenario before a B code."""
    weight = [Grade.FULL, Grade.PRIMARY, Grade.EQUAL, Grade.SECONDARY, Grade.NONE]
    return min(found, key=lambda one: (weight.index(grades[one.label]), one.scenario is None))


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
