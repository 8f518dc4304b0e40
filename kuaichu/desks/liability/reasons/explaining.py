"""Reasons in full, for a person who looks: what nearly applied, what would have changed it, how sure it is.

Pure: the facts, the rules of the city and the engine's own answer; the same content in both languages. What
the proposal itself says (facts used with their sources, rules, articles, alternatives) stays in the proposal.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ..engine import Abstention, LiabilityPack, Proposal, propose
from ..facts import AccidentFacts
from ..matrix import FaultClass
from ..scenarios import ALL
from ..scenarios._scenario import Certainty
from ..vocabulary import Json
from .counterfactual import MOST, Results, WhatIfs, results_of, what_if


@dataclass(frozen=True, slots=True)
class Doubt:
    """One sentence on how sure the proposal is, and the facts it speaks of."""

    code: str
    zh: str
    en: str
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """What goes beyond the proposal itself. `results` are the grades it explains, one set a collision."""

    results: Results
    what_ifs: WhatIfs
    confidence: tuple[Doubt, ...]

    def to_json(self) -> dict[str, Json]:
        """Plain JSON, to stand beside the proposal as `explanation`."""
        found = self.what_ifs
        return {
            "results": [{label: grade.value for label, grade in one.items()} for one in self.results],
            "what_if": [one.to_json() for one in found.found],
            "nearly": [one.to_json() for one in found.nearly],
            "confidence": [
                {"code": one.code, "zh": one.zh, "en": one.en, "refs": [*one.refs]} for one in self.confidence
            ],
            "tried": found.tried,
            "possible": found.possible,
        }


def explain(facts: AccidentFacts, pack: LiabilityPack, most: int = MOST, *, full: bool = True) -> Explanation:
    """The full reasons. `most` bounds the proposals made to find what would have changed the result.

    Not `full`, movements and contact zones are taken as told: enough beside a proposal, and cheap.
    """
    answer = propose(facts, pack, facts.on)
    results = results_of(answer) or ()
    return Explanation(results, what_if(facts, pack, most, pictures=full), tuple(confidence(answer)))


def confidence(answer: Proposal | Abstention) -> Iterator[Doubt]:
    """Why the engine is as sure as it says."""
    if isinstance(answer, Abstention):
        yield Doubt(
            "open",
            "系统不提出意见：还缺少能够决定责任的事实，或者事实有矛盾，或者没有相符的规则。",
            "No proposal: a fact which decides is missing or contested, or no rule fits.",
            answer.would_decide,
        )
        return
    codes = sorted({one.code for one in answer.faults if _unsourced(one.code)})
    if codes:
        listed = "、".join(codes)
        yield Doubt(
            "rule-unverified",
            f"规则{listed}按法条拟定，其责任等级没有公开的对照表可以印证。",
            f"Rule {', '.join(codes)} is drawn from the law; no published table confirms its grade.",
        )
    classes = {one.fault_class for one in answer.faults}
    if classes == {FaultClass.B}:
        yield Doubt(
            "contributory-alone",
            "只查明次要过错；由其单独决定等级没有公开来源。",
            "Only contributory faults were found; no published source grades them standing alone.",
        )
    opened = sorted(frozenset[str]().union(*(one.open for one in answer.collisions)))
    if opened:
        yield Doubt(
            "details-open",
            "下列事实尚未说明，但无论如何回答，责任等级都不变。",
            "These facts are not known; whatever they were, the grades stay the same.",
            tuple(opened),
        )
    if not codes and classes != {FaultClass.B} and not opened:
        yield Doubt(
            "all-known",
            "规则所需的事实都已说明，规则有公开来源。",
            "All facts the rules ask for are stated, and the rules have a published source.",
        )


def _unsourced(code: str) -> bool:
    return code in ALL and ALL[code].certainty is Certainty.OWN_KNOWLEDGE
