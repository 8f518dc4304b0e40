"""A rehearsal of the centre: many cases through the same order and the same lot as in earnest. Pure.

Cases arrive at random over time, some urgent; officers take the time people take, are sometimes silent when
drawn, and must not touch some cases. What is measured: whether the lot favours anybody, who waits how long.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import sqrt
from random import Random
from statistics import NormalDist
from uuid import UUID

from kuaichu.desks.centre import lots, ordering

START = datetime(2026, 1, 5, 0, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is rehearsed; times in seconds, shares from 0 to 1."""

    cases: int = 10_000
    officers: int = 24
    handling: float = 150.0
    load: float = 0.9
    urgent: float = 0.25
    silent: float = 0.02
    conflict: float = 0.01
    answer: float = 300.0
    offer: float = 60.0
    patience: float = 600.0
    seed: int = 20260105


@dataclass(slots=True)
class Waiting:
    """A case that waits."""

    id: UUID
    rank: int
    due_at: datetime
    arrived: float
    round: int = 0
    shunned: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Outcome:
    """What came of it: waits in seconds, who was drawn from how many, how each officer fared."""

    waits: list[float] = field(default_factory=list)
    urgent_waits: list[float] = field(default_factory=list)
    draws: list[tuple[int, int]] = field(default_factory=list)
    served: Counter[str] = field(default_factory=Counter)
    silent: int = 0
    left: int = 0

    @property
    def chance(self) -> Chi:
        """Whether winners stand anywhere in the list of candidates alike."""
        return chi_square(self.draws)


@dataclass(frozen=True, slots=True)
class Chi:
    """A chi-square test: statistic, degrees of freedom, and how likely so much or more is by chance alone."""

    statistic: float
    freedom: int
    p: float


def chi_square(draws: Sequence[tuple[int, int]]) -> Chi:
    """Of (place of the winner, number of candidates): every place is equally likely under a fair lot.

    Exact for each number of candidates, and added up; the tail by Wilson and Hilferty's cube root.
    """
    by_size: dict[int, Counter[int]] = {}
    for place, size in draws:
        if size > 1:
            by_size.setdefault(size, Counter())[place] += 1
    statistic, freedom = 0.0, 0
    for size, places in by_size.items():
        expected = places.total() / size
        if expected < 5:  # too few to test
            continue
        statistic += sum((places[p] - expected) ** 2 / expected for p in range(size))
        freedom += size - 1
    if not freedom:
        return Chi(0.0, 0, 1.0)
    spread = 2 / (9 * freedom)
    normal = ((statistic / freedom) ** (1 / 3) - (1 - spread)) / sqrt(spread)
    return Chi(statistic, freedom, 1 - NormalDist().cdf(normal))


class Rehearsal:
    """One run; the same plan gives the same outcome."""

    def __init__(self, plan: Plan) -> None:
        self._plan, self._rng = plan, Random(plan.seed)
        self._key = lots.key_of(lots.seed_of(str(plan.seed), "rehearsal", START.date()), "")
        self._free = {f"officer-{n:02}" for n in range(plan.officers)}
        self._waiting: list[Waiting] = []
        self._events: list[tuple[float, int, str, object]] = []
        self._serial = 0
        self.outcome = Outcome()

    def run(self) -> Outcome:
        """Everything from the first arrival to the last signature."""
        now, gap = 0.0, self._plan.handling / (self._plan.officers * self._plan.load)
        for _case in range(self._plan.cases):
            now += self._rng.expovariate(1 / gap)
            self._later(now, "arrival", None)
        while self._events:
            now, _serial, what, who = heapq.heappop(self._events)
            if what == "arrival":
                self._waiting.append(self._case(now))
            elif what == "silent":
                self._silent(*who)  # type: ignore[misc]
            else:
                self._free.add(str(who))
            self._draw(now)
        self.outcome.left = len(self._waiting)
        return self.outcome

    def _later(self, at: float, what: str, who: object) -> None:
        self._serial += 1
        heapq.heappush(self._events, (at, self._serial, what, who))

    def _case(self, now: float) -> Waiting:
        rank = 0 if self._rng.random() < self._plan.urgent else 1
        due = START + timedelta(seconds=now + self._plan.answer)
        return Waiting(UUID(int=self._rng.getrandbits(128)), rank, due, now)

    def _silent(self, one: Waiting, officer: str) -> None:
        self.outcome.silent += 1
        one.shunned.add(officer)
        self._waiting.append(one)
        self._free.add(officer)

    def _draw(self, now: float) -> None:
        """As in earnest: in the order of work, among the free who may."""
        if not (self._free and self._waiting):
            return
        moment, patience = START + timedelta(seconds=now), timedelta(seconds=self._plan.patience)
        for one in ordering.in_order(self._waiting, moment, patience):
            if not self._free:
                return
            candidates = sorted(o for o in self._free - one.shunned if not self._conflicted(one, o))
            if candidates:
                self._waiting.remove(one)
                self._give(one, candidates, now)

    def _conflicted(self, one: Waiting, officer: str) -> bool:
        """A fixed small share of all pairs of case and officer."""
        return int(lots.ticket(b"conflict", str(one.id), officer)[:8], 16) / 2**32 < self._plan.conflict

    def _give(self, one: Waiting, candidates: list[str], now: float) -> None:
        one.round += 1
        subject = lots.subject_of(one.id, "request", one.round)
        officer = lots.winner(self._key, subject, candidates)
        self.outcome.draws.append((candidates.index(officer), len(candidates)))
        self._free.discard(officer)
        if self._rng.random() < self._plan.silent:
            self._later(now + self._plan.offer, "silent", (one, officer))
            return
        (self.outcome.waits if one.rank else self.outcome.urgent_waits).append(now - one.arrived)
        self.outcome.served[officer] += 1
        self._later(now + self._rng.lognormvariate(0, 0.5) * self._plan.handling / 1.133, "free", officer)
