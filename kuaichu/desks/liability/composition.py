"""Composition: one proposal, or one abstention, from the results of all collisions of an accident."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from kuaichu.law.statutes import Citation

from . import citing
from .facts import AccidentFacts
from .grades import Grade, default_shares, nmv_shares
from .scenarios._overrides import Override
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
from .vocabulary import PLACE, Situation, UserKind


def sole(facts: AccidentFacts, special: Override) -> Proposal:
    """The proposal of a rule that decides the whole accident before any collision is looked at."""
    grades = special.grades(facts)
    fault = Fault(special.bearer or PLACE, special.code, None, special.zh, special.en, special.laws)
    collision = Collision(
        grades=grades,
        faults=(fault,) if special.bearer else (),
        used=frozenset({special.ref}),
        situation=Situation.OTHER,
        cause="",
        form=None,
        confidence=Confidence.CERTAIN,
    )
    made = _proposal(facts, (collision,), grades, default_shares(grades), special.laws)
    return replace(made, warnings=special.warnings)


def merge(facts: AccidentFacts, results: list[Collision], pack: LiabilityPack) -> Proposal | Abstention:
    """One set of grades if one vehicle is fully liable in every collision, else a set for each collision."""
    bearers = {frozenset(x for x, g in one.grades.items() if g is Grade.FULL) for one in results}
    if len(results) == 1 or (len(bearers) == 1 and next(iter(bearers))):
        grades = {label: grade for one in results for label, grade in one.grades.items()}
        ordered = {one.label: grades[one.label] for one in facts.vehicles}
        return _proposal(facts, tuple(results), ordered, _shares(facts, ordered, pack))
    if any(one.pushed_through for one in results):
        zh, en = (
            "存在推撞，但推撞一方并非对每次碰撞都负全部责任",
            "Vehicles were pushed, but the pusher is not fully liable for every impact",
        )
        return Abstention((Reason("pushed-but-shared", zh, en),))
    return _proposal(facts, tuple(results), {}, {})


def _shares(facts: AccidentFacts, grades: Mapping[str, Grade], pack: LiabilityPack) -> dict[str, Fraction]:
    motors = [one.label for one in facts.vehicles if one.kind is UserKind.MV]
    if len(motors) in (0, len(facts.vehicles)):
        return default_shares(grades)
    weaker = [one.label for one in facts.vehicles if one.label not in motors]
    if len(motors) == len(weaker) == 1:
        return nmv_shares(motors[0], weaker[0], grades, pack.nmv_shares)
    return {}


def _proposal(
    facts: AccidentFacts,
    collisions: tuple[Collision, ...],
    grades: Mapping[str, Grade],
    shares: Mapping[str, Fraction],
    rest_on: tuple[Citation, ...] = (),
) -> Proposal:
    faults = tuple(dict.fromkeys(fault for one in collisions for fault in one.faults))
    leading = collisions[0]
    results = [grades] if grades else [one.grades for one in collisions]
    basis = rest_on or tuple(dict.fromkeys(citing.grading_law(one) for one in results))
    order = [Confidence.UNVERIFIED_RULE, Confidence.DETAIL_OPEN, Confidence.CERTAIN]
    return Proposal(
        grades=dict(grades),
        shares=dict(shares),
        collisions=collisions,
        faults=faults,
        reasons=_reasons(faults, results, rest_on),
        facts_used=_facts_used(facts, collisions),
        citations=tuple(dict.fromkeys([x for fault in faults for x in fault.citations] + list(basis))),
        situation=leading.situation,
        cause=leading.cause,
        form=leading.form,
        confidence=min((one.confidence for one in collisions), key=order.index),
    )


def _reasons(
    faults: Iterable[Fault], results: Iterable[Mapping[str, Grade]], rest_on: tuple[Citation, ...]
) -> tuple[Reason, ...]:
    said = [
        Reason(
            one.code,
            citing.violation_zh(one.label, one.zh, one.citations),
            citing.violation_en(one.label, one.en, one.citations),
        )
        for one in faults
    ]
    said += [
        Reason("grades", citing.grading_zh(one, rest_on), citing.grading_en(one, rest_on)) for one in results
    ]
    return tuple(said)


def _facts_used(facts: AccidentFacts, collisions: Iterable[Collision]) -> tuple[FactUsed, ...]:
    refs = sorted(frozenset().union(*(one.used for one in collisions)))
    return tuple(FactUsed(ref, facts.answer(ref), facts.source(ref)) for ref in refs)


def all_reasons(failed: Iterable[Abstention]) -> Abstention:
    """One abstention with the reasons and open facts of several, each once."""
    failed = tuple(failed)
    reasons = dict.fromkeys(one for a in failed for one in a.reasons)
    return Abstention(tuple(reasons), tuple(dict.fromkeys(ref for a in failed for ref in a.would_decide)))
