"""What comes before the table: unprovable facts, intent, forged scene, flight, pure accident (domain 2.2).

Each is a scenario of its own whose scope is one party or the whole accident; this only asks them in order.
"""

from collections.abc import Sequence
from datetime import date

from kuaichu.law.statutes import Citation

from ..facts import AccidentFacts, Contact, VehicleFacts
from ..vocabulary import PLACE
from . import ALL
from ._logic import Finding, Truth
from ._pair import Pair
from ._result import Abstention, Reason
from ._scenario import Override, Scenario, Scope

ORDER = ("UK-01", "IN-01", "FD-01", "HR-01", "AC-01")
"""What cannot be known first, then conduct (the gravest first), then what nobody could help."""

OVERRIDES = frozenset(code for code, one in ALL.items() if one.scope in (Scope.PARTY, Scope.ACCIDENT))
if frozenset(ORDER) != OVERRIDES:
    raise ValueError("every override has its place in the order")


def alone(facts: AccidentFacts, one: VehicleFacts) -> Pair:
    """A road user paired with himself: what a rule is asked which concerns no counterpart."""
    return Pair(facts, one, one, Contact(one.label, one.label, one.zone, one.zone))


def override(facts: AccidentFacts, on: date) -> Override | Abstention | None:
    """The finding which decides before the table, an abstention if it is contested, or None."""
    for scenario in (ALL[code] for code in ORDER if ALL[code].valid_from <= on):
        asked = facts.vehicles if scenario.scope is Scope.PARTY else facts.vehicles[:1]
        said = [(one.label, scenario.rule(alone(facts, one))) for one in asked]
        held = [(label, found) for label, found in said if found.yes]
        unclear = [(label, found) for label, found in said if found.truth is Truth.UNKNOWN]
        if unclear or len(held) > 1:
            return _contested(scenario, [found for _, found in unclear or held])
        if held:
            return _decided(facts, scenario, *held[0])
    return None


def _decided(facts: AccidentFacts, scenario: Scenario, label: str, found: Finding) -> Override | Abstention:
    pair = alone(facts, facts.vehicle(label))
    laws = tuple(one.citation for one in scenario.laws if one.when is None or one.when(pair).yes)
    if scenario.grades is None:
        return _no_grades(scenario, laws)
    own, others = scenario.grades
    bearer = label if scenario.scope is Scope.PARTY else PLACE
    grades = {one.label: own if one.label == bearer else others for one in facts.vehicles}
    return Override(scenario, bearer, grades, found.used, laws)


def _no_grades(scenario: Scenario, laws: Sequence[Citation]) -> Abstention:
    cited_zh, cited_en = "、".join(one.zh() for one in laws), "; ".join(one.en() for one in laws)
    zh, en = f"{scenario.rule_zh.rstrip('。')}（{cited_zh}）", f"{scenario.rule_en.rstrip('.')} ({cited_en})"
    return Abstention((Reason(scenario.code, zh, en),), advice=scenario.warnings)


def _contested(scenario: Scenario, found: Sequence[Finding]) -> Abstention:
    refs = sorted(ref for one in found for ref in one.needed or one.used)
    zh = f"对是否存在“{scenario.zh}”有争议，或涉及多方"
    en = f"Contested, or said of several: {scenario.en}"
    return Abstention((Reason("contested-override", zh, en),), tuple(refs))
