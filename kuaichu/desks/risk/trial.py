"""The signs tried on a city's years: which accidents somebody would look at, and whom that hits wrongly.

Marks and signs are those of the desk itself (`traces.mark`, `signals.judge`); only the rows stay in memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from kuaichu.desks.risk import signals, traces
from kuaichu.desks.risk.rules import RiskRules
from kuaichu.desks.risk.signals import Mark, Observed, Seen
from kuaichu.desks.risk.town import Accident, Plan, Side, Town


@dataclass
class Outcome:
    """What was found. `lead`: of each ring, at which of its accidents it was noticed first (0: never)."""

    plan: Plan
    accidents: int = 0
    staged: int = 0
    hits: int = 0
    flagged: int = 0
    drivers: int = 0
    innocents: set[str] = field(default_factory=set)
    strangers: set[str] = field(default_factory=set)
    lead: dict[str, int] = field(default_factory=dict)
    size: dict[str, int] = field(default_factory=dict)

    @property
    def precision(self) -> float:
        """Of the accidents somebody would look at, how many were staged."""
        return self.hits / self.flagged if self.flagged else 1.0

    @property
    def recall(self) -> float:
        """Of the staged accidents, how many somebody would look at."""
        return self.hits / self.staged if self.staged else 1.0


def try_out(plan: Plan, rules: RiskRules) -> Outcome:
    """Let the years pass, each accident judged with what was known at that moment."""
    found = Outcome(plan, drivers=plan.drivers)
    known: dict[tuple[str, str], list[Seen]] = defaultdict(list)
    for number, accident in enumerate(Town(plan).accidents()):
        own = _observed(accident)
        since = own.at - timedelta(days=rules.long_days)
        past = [one for m in own.marks for one in known[(m.kind, m.hash)] if one.at >= since]
        looked = signals.points(signals.judge(own, past, rules)) >= rules.threshold
        _count(found, accident, looked=looked)
        insurers = tuple(sorted({side.insurer for side in accident.sides}))
        for mark in own.marks:
            known[(mark.kind, mark.hash)].append(Seen(mark, str(number), own.at, insurers))
    return found


def _count(found: Outcome, accident: Accident, *, looked: bool) -> None:
    ring = accident.ring
    found.accidents += 1
    found.staged += bool(ring)
    found.flagged += looked
    found.hits += looked and bool(ring)
    if ring:
        found.size[ring] = found.size.get(ring, 0) + 1
        if looked and not found.lead.get(ring):
            found.lead[ring] = found.size[ring]
    if looked:
        honest = {side.person for side in accident.sides if side.person[1:].isdigit()}
        (found.strangers if ring else found.innocents).update(honest)


def _observed(accident: Accident) -> Observed:
    ages = {label: side.policy_days for label, side in zip("AB", accident.sides, strict=True)}
    return Observed(
        at=accident.at, marks=tuple(_marks(accident)), photos_same=accident.photos_same, policy_days=ages
    )


def _marks(accident: Accident) -> Iterator[Mark]:
    for label, side, shop in zip("AB", accident.sides, accident.shops, strict=True):
        yield from _of_side(side, label)
        yield traces.mark("shop", shop, label)
    yield traces.mark("place", f"{accident.place}:{accident.at.hour // traces.BAND_HOURS}")
    yield traces.mark("helper", accident.surveyor)


def _of_side(side: Side, label: str) -> Iterator[Mark]:
    for kind in ("person", "phone", "plate", "account"):
        yield traces.mark(kind, getattr(side, kind), label)
