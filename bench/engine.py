"""What a proposal of the liability engine costs: two vehicles, a chain of ten, and its reasons in full."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kuaichu.desks.liability.engine import LiabilityPack, propose
from kuaichu.desks.liability.facts import AccidentFacts
from kuaichu.desks.liability.reasons import explain
from kuaichu.desks.liability.scenarios import ALL
from kuaichu.desks.liability.scenarios._scenario import car, scene

ROUNDS = 5
TEN = "ABCDEFGHIJ"


@dataclass(frozen=True, slots=True)
class Costs:
    """CPU milliseconds: first run of the process and the best of `ROUNDS`, on average over the examples."""

    two_first: float
    two: float
    ten: float
    reasons: float


def costs() -> Costs:
    """Every worked example of two road users, a chain of ten, and the reasons of every twelfth example."""
    pack = LiabilityPack.default()
    two = [e.facts for one in ALL.values() for e in one.examples if len(e.facts.vehicles) == 2]

    def ask(facts: AccidentFacts) -> object:
        return propose(facts, pack, facts.on)

    first = _spent(ask, two)
    return Costs(
        two_first=first,
        two=_best(ask, two),
        ten=_best(ask, [chain()]),
        reasons=_best(lambda facts: explain(facts, pack), two[::12]),
    )


def chain() -> AccidentFacts:
    """Ten cars in a row, each of which ran into the one ahead."""
    cars = [car(label, "STRAIGHT", pushed=False, settled_in_lane=True) for label in TEN]
    met = " ".join(f"{behind}.FRONT-{ahead}.REAR" for ahead, behind in pairwise(TEN))
    return scene(*cars, contacts=met, light="day")


def _best(ask: Callable[[AccidentFacts], object], many: Sequence[AccidentFacts]) -> float:
    return min(_spent(ask, many) for _ in range(ROUNDS))


def _spent(ask: Callable[[AccidentFacts], object], many: Sequence[AccidentFacts]) -> float:
    start = time.process_time()
    for facts in many:
        ask(facts)
    return (time.process_time() - start) * 1000 / len(many)
