"""What a replay shows at its end: how many, how long, how often."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kuaichu.replaying.line import Count
from kuaichu.replaying.viewing import Course

# leg: title, the facts of which the first that is there starts it, and those of which the first ends it
LEGS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("report → evidence complete", ("cases.opened",), ("cases.party_confirmed",)),
    ("evidence → decision", ("cases.party_confirmed",), ("liability.signed", "liability.agreed")),
    ("decision → certificate", ("liability.signed", "liability.agreed"), ("documents.issued",)),
    ("certificate → claim", ("documents.issued",), ("claims.registered",)),
    ("claim → payout", ("claims.registered",), ("claims.paid", "cases.closed")),
    ("report → closed", ("cases.opened",), ("cases.closed",)),
)


@dataclass(frozen=True, slots=True)
class Figures:
    """The result of a replay. Times in seconds."""

    cases: int
    accepted: int
    closed: int
    handed_over: int
    lost: int
    reasons: dict[str, int]
    ways: dict[str, int]
    failures: dict[str, int]
    legs: dict[str, dict[str, float]]
    requests: int
    interruptions: int
    errors: int
    seconds: float
    request_ms: dict[str, float]

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {name: getattr(self, name) for name in self.__slots__}


def figures(courses: Iterable[Course], count: Count, seconds: float) -> Figures:
    """Put the courses of all accidents together."""
    rows = list(courses)
    accepted = [c for c in rows if c.case_id]
    ended = [c for c in accepted if c.outcome in ("closed", "handed_over")]
    return Figures(
        cases=len(rows),
        accepted=len(accepted),
        closed=sum(c.outcome == "closed" for c in rows),
        handed_over=sum(c.outcome == "handed_over" for c in rows),
        lost=len(rows) - len(ended),
        reasons=dict(
            Counter(
                r for c in rows if c.outcome == "handed_over" for r in c.reasons or ("officer",)
            ).most_common()
        ),
        ways=dict(Counter(c.way for c in rows if c.outcome == "closed").most_common()),
        failures=dict(Counter(c.failure for c in rows if c.failure).most_common(20)),
        legs={title: _leg(ended, starts, ends) for title, starts, ends in LEGS},
        requests=count.requests,
        interruptions=count.interruptions,
        errors=count.errors,
        seconds=round(seconds, 1),
        request_ms=spread(count.milliseconds),
    )


def _leg(courses: list[Course], starts: tuple[str, ...], ends: tuple[str, ...]) -> dict[str, float]:
    values = []
    for course in courses:
        start = next((course.times[k] for k in starts if k in course.times), None)
        end = next((course.times[k] for k in ends if k in course.times), None)
        if start and end and "cases.closed" in course.times:
            values.append((end - start).total_seconds())
    return spread(values)


def spread(values: list[float]) -> dict[str, float]:
    """Median and 95th percentile (nearest rank), and how many."""
    if not values:
        return {"n": 0, "median": math.nan, "p95": math.nan}
    ordered = sorted(values)
    rank = [ordered[min(len(ordered), math.ceil(p * len(ordered))) - 1] for p in (0.5, 0.95)]
    return {"n": len(values), "median": round(rank[0], 2), "p95": round(rank[1], 2)}
