"""Which faults the facts of one contact show, surely or possibly, and the grades they may lead to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, combinations

from kuaichu.law.statutes import Citation

from ..grades import Grade
from ..matrix import FaultClass, Standing, combine, standing
from ..vocabulary import Movement
from . import ALL
from ._bound import bound
from ._candidates import candidates
from ._contributory import CONTRIBUTORY
from ._logic import Finding, all_of
from ._pack import LiabilityPack
from ._pair import Pair
from ._scenario import FULL_NONE, Law, Scenario, Scope

_TOO_OPEN = 10
Grades = tuple[Grade, Grade]


@dataclass(frozen=True, slots=True)
class Possible:
    """A fault of `label` at a contact: found, or open while facts are missing."""

    label: str
    code: str
    fault_class: FaultClass
    zh: str
    en: str
    finding: Finding
    citations: tuple[Citation, ...]
    grades: Grades = FULL_NONE
    scenario: Scenario | None = None


def possible_faults(pair: Pair, pack: LiabilityPack, on: date) -> tuple[Possible, ...]:
    """All faults of both which are found or open at this contact, the most telling first."""
    both = (pair, pair.turned())
    fitting = candidates(pair, pack.off, pack.illegal_stop, on)
    found = [one for scenario, p in fitting for one in _of_scenario(scenario, p, pack)]
    found += [] if pair.contact.via else [one for p in both for one in _contributory(p)]
    return tuple(_prefer([one for one in found if not one.finding.no], pack))


def single_faults(alone: Pair, pack: LiabilityPack, on: date) -> tuple[Possible, ...]:
    """All faults of one who met nobody, found or open; `alone` is the road user paired with himself."""
    live = (one for code, one in ALL.items() if one.scope is Scope.SINGLE and code not in pack.off)
    return tuple(one for s in live if s.valid_from <= on for one in _of_scenario(s, alone, pack))


def outcomes(faults: Iterable[Possible], first: str, second: str) -> frozenset[Grades | None] | None:
    """Every result which the open facts still allow (None among them: no fault on either side).

    None instead of a set means that too much is open to list.
    """
    sure = [one for one in faults if one.finding.yes]
    known = {_effect(one) for one in sure}
    still = {_effect(one): one for one in faults if not one.finding.yes and _effect(one) not in known}
    if len(still) > _TOO_OPEN:
        return None
    subsets = chain.from_iterable(combinations(still.values(), size) for size in range(len(still) + 1))
    return frozenset(grade([*sure, *extra], first, second) for extra in subsets)


def grade(faults: list[Possible], first: str, second: str) -> Grades | None:
    """Grades of (first, second) for these faults taken as found."""
    mine, yours = _standing(faults, first), _standing(faults, second)
    cell = combine(mine, yours)
    if cell and Standing.NONE in (mine, yours):
        special = next((one.grades for one in faults if one.grades != FULL_NONE), None)
        if special:
            return special if yours is Standing.NONE else (special[1], special[0])
    return cell


def _of_scenario(scenario: Scenario, p: Pair, pack: LiabilityPack) -> Iterator[Possible]:
    rule = scenario.rule(p)
    if rule.no or (scenario.code == "LC-04" and _excused(p, pack)):
        return
    found = all_of(rule, bound(scenario.code, p))
    if found.no:
        return
    yield Possible(
        label=p.actor.label,
        code=scenario.code,
        fault_class=pack.classes.get(scenario.code, scenario.fault_class or FaultClass.A),
        zh=scenario.zh,
        en=scenario.en,
        finding=found,
        citations=_cited(scenario.laws, p) + pack.supplements.get(scenario.code, ()),
        grades=pack.grades.get(scenario.code, scenario.grades or FULL_NONE),
        scenario=scenario,
    )
    extra = scenario.other_fault
    if extra:
        also = all_of(found, extra.rule(p))
        citations = _cited(extra.laws, p)
        yield Possible(p.other.label, extra.code, extra.fault_class, extra.zh, extra.en, also, citations)


def _excused(p: Pair, pack: LiabilityPack) -> bool:
    """Moving left into the lane which the other enters from its left, in a city where that one yields."""
    met = (p.actor.movement, p.other.movement) == (Movement.LANE_CHANGE_LEFT, Movement.LANE_CHANGE_RIGHT)
    return met and pack.same_target == "left_yields"


def _contributory(p: Pair) -> Iterator[Possible]:
    for one in CONTRIBUTORY:
        found = one.found(p)
        yield Possible(p.actor.label, one.code, FaultClass.B, one.zh, one.en, found, _cited(one.laws, p))


def _prefer(faults: list[Possible], pack: LiabilityPack) -> list[Possible]:
    """In a city which prefers PK-05 the one who hits an illegal stopper is not charged with that."""
    stoppers = {one.label for one in faults if one.code == "PK-05" and one.finding.yes}
    if not stoppers or pack.illegal_stop != "PK-05":
        return faults
    theirs, hitting = {"B-WARN", "B-PARK"}, {"RE-06", "PK-04", "RE-05"}
    return [
        one
        for one in faults
        if not (one.code in hitting and one.label not in stoppers)
        and not (one.code in theirs and one.label in stoppers)
    ]


def _cited(laws: tuple[Law, ...], p: Pair) -> tuple[Citation, ...]:
    return tuple(one.citation for one in laws if one.when is None or one.when(p).yes)


def _standing(faults: list[Possible], label: str) -> Standing:
    return standing(frozenset(one.fault_class for one in faults if one.label == label))


def _effect(one: Possible) -> tuple[str, FaultClass, Grades]:
    return one.label, one.fault_class, one.grades
