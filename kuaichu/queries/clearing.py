"""How soon roads are clear again: from the first tap to the moment a party or officer says so."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from kuaichu.cases.models import Case


@dataclass(frozen=True, slots=True)
class TimeToClear:
    """Seconds, over `n` cases; `missing` had all their photographs but nobody said that the road is clear."""

    n: int
    missing: int
    median: float | None
    p95: float | None

    @property
    def minutes(self) -> float | None:
        """The median in minutes."""
        return None if self.median is None else self.median / 60

    @property
    def p95_minutes(self) -> float | None:
        """The time within which nineteen of twenty were clear, in minutes."""
        return None if self.p95 is None else self.p95 / 60


def time_to_clear(city: str, since: datetime) -> TimeToClear:
    """The cases of a city that were reported since an aware moment; taken back ones do not count."""
    rows = (
        Case.objects.filter(city=city, opened_at__gte=since, sealed_at__isnull=False)
        .exclude(status=Case.Status.WITHDRAWN)
        .values_list("tapped_at", "opened_at", "cleared_at")
    )
    told = [(cleared - (tapped or opened)).total_seconds() for tapped, opened, cleared in rows if cleared]
    spent = sorted(one for one in told if one >= 0)
    p95 = spent[math.ceil(0.95 * len(spent)) - 1] if spent else None
    return TimeToClear(len(spent), len(rows) - len(spent), median(spent) if spent else None, p95)
