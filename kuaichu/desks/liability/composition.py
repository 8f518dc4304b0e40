"""Composition: one proposal, or one abstention, from the results of all collisions of an accident."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from kuaichu.law.statutes import Citation

from . import citing
from .facts import AccidentFacts
from .grades import Grade, default_shares
from .scenarios._pack import LiabilityPack
from .scenarios._result import (
    Abstention,
    Collision,
    Confidence,
    FactUsed,
    Fault,
    Proposal,
    Reason,
)
from .scenarios._scenario import Override
from .shares import civil_shares
from .vocabulary import PLACE

PUSHED_BUT_SHARED = Reason(
    "pushed-but-shared",
    "存在推撞，但推撞一方并非对每次碰撞都负全部责任",
    "Vehicles were pushed, but the pusher is not fully liable for every impact",
)


def sole(facts: AccidentFacts, special: Override) -> Proposal:
    """The proposal of a rule that decides the whole accident before any collision is looked at."""
    rule = special.scenario
    fault = Fault(special.bearer, rule.code, None, rule.zh, rule.en, special.laws)
    collision = Collision(
        grades=special.grades,
        faults=() if special.bearer == PLACE else (fault,),
        used=special.used,
        situation=rule.situation,
        cause=rule.cause,
        form=None,
        confidence=Confidence.CERTAIN,
        warnings=rule.warnings,
    )
    made = _proposal(facts, (collision,), special.grades, default_shares(special.grades), special.laws)
    if special.bearer == PLACE:
        happened = Reason(rule.code, f"{rule.zh}。", f"{rule.en[0].upper()}{rule.en[1:]}.")
        made = replace(made, reasons=(happened, *made.reasons))
    return made


def merge(facts: AccidentFacts, results: list[Collision], pack: LiabilityPack) -> Proposal | Abstention:
    """One set of grades if the collisions agree on one, else a set for each collision.

    They agree if one vehicle is fully liable in all of them, or if all touched all and all are equal.
    A pusher must be fully liable for every impact of his push.
    """
    if any(not _answers_alone(one, results) for one in results if one.pushed_through):
        return Abstention((PUSHED_BUT_SHARED,))
    ordered = _common(facts, results)
    return _proposal(facts, tuple(results), ordered, _shares(facts, ordered, pack) if ordered else {})


def _answers_alone(pushed: Collision, results: list[Collision]) -> bool:
    """Whether the pusher is fully liable for this impact and for hitting the one he pushed."""
    pusher = next((label for label, grade in pushed.grades.items() if grade is Grade.FULL), None)
    if pusher is None:
        return False
    first = {pusher, pushed.pushed_through[0]}
    return all(one.grades[pusher] is Grade.FULL for one in results if set(one.grades) == first)


def _common(facts: AccidentFacts, results: list[Collision]) -> dict[str, Grade]:
    """The grades all collisions agree on; empty if each must be determined on its own."""
    labels = [one.label for one in facts.vehicles]
    bearers = {frozenset(x for x, g in one.grades.items() if g is Grade.FULL) for one in results}
    pairs = {frozenset(one.grades) for one in results}
    equal = {g for one in results for g in one.grades.values()} == {Grade.EQUAL}
    all_met = len(pairs) == len(labels) * (len(labels) - 1) // 2
    if len(results) == 1 or (len(bearers) == 1 and next(iter(bearers))) or (equal and all_met):
        grades = {label: grade for one in results for label, grade in one.grades.items()}
        return {label: grades[label] for label in labels}
    return {}


def _shares(facts: AccidentFacts, grades: Mapping[str, Grade], pack: LiabilityPack) -> dict[str, Fraction]:
    kinds = {one.label: one.kind for one in facts.vehicles}
    return civil_shares(kinds, grades, pack.table())


def _proposal(
    facts: AccidentFacts,
    collisions: tuple[Collision, ...],
    grades: Mapping[str, Grade],
    shares: Mapping[str, Fraction],
    rest_on: tuple[Citation, ...] = (),
) -> Proposal:
    faults = tuple(dict.fromkeys(fault for one in collisions for fault in one.faults))
    leading = min(collisions, key=_rank)
    results = [grades] if grades else [one.grades for one in collisions]
    basis = rest_on or tuple(dict.fromkeys(citing.grading_law(one) for one in results))
    order = [Confidence.UNVERIFIED_RULE, Confidence.DETAIL_OPEN, Confidence.CERTAIN]
    return Proposal(
        grades=dict(grades),
        shares=dict(shares),
        collisions=collisions,
        faults=faults,
        reasons=_reasons(faults, [x for one in collisions for x in one.outcome], results, rest_on),
        facts_used=_facts_used(facts, collisions),
        citations=tuple(dict.fromkeys([x for fault in faults for x in fault.citations] + list(basis))),
        situation=leading.situation,
        cause=leading.cause,
        form=leading.form,
        confidence=min((one.confidence for one in collisions), key=order.index),
        warnings=tuple(dict.fromkeys(warning for one in collisions for warning in one.warnings)),
    )


def _rank(one: Collision) -> tuple[bool, str, str, str]:
    """Which collision names the accident: whatever the order in which they were told."""
    return bool(one.pushed_through), one.cause or "~", one.situation, one.form or "~"


def _reasons(
    faults: Iterable[Fault],
    outcome: Iterable[Reason],
    results: Iterable[Mapping[str, Grade]],
    rest_on: tuple[Citation, ...],
) -> tuple[Reason, ...]:
    said = [
        Reason(
            one.code,
            citing.violation_zh(one.label, one.zh, one.citations),
            citing.violation_en(one.label, one.en, one.citations),
        )
        for one in faults
    ]
    said += dict.fromkeys(outcome)
    said += [
        Reason("grades", citing.grading_zh(one, rest_on), citing.grading_en(one, rest_on)) for one in results
    ]
    return tuple(said)


def _facts_used(facts: AccidentFacts, collisions: Iterable[Collision]) -> tuple[FactUsed, ...]:
    refs = sorted(frozenset().union(*(one.used for one in collisions)))
    return tuple(FactUsed(ref, facts.answer(ref), facts.source(ref)) for ref in refs)


def all_reasons(failed: Iterable[Abstention]) -> Abstention:
    """One abstention with the reasons, open facts and advice of several, each once."""
    failed = tuple(failed)
    reasons = dict.fromkeys(one for a in failed for one in a.reasons)
    refs = dict.fromkeys(ref for a in failed for ref in a.would_decide)
    advice = dict.fromkeys(one for a in failed for one in a.advice)
    return Abstention(tuple(reasons), tuple(refs), tuple(advice))
