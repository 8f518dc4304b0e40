"""How long it takes: a case's place in the queue, whether there is a surge, what the centre can do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from uuid import UUID

from kuaichu.desks.centre import items, seats
from kuaichu.desks.centre.models import Seat, Shift
from kuaichu.desks.centre.rules import rules
from kuaichu.desks.liability.models import Determination
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.queries.queue import Status, insist_staff, median_of, minutes

USUAL_MINUTES = 3.0
"""What one case takes an officer, while too few were signed to know better."""
RECENT = 50
HOURS = 8
POST = "determination"


@dataclass(frozen=True, slots=True)
class Wait:
    """A case's wait: place from 1, expected minutes (None while nobody sits at the post), and whether it is
    so long that the parties are offered to settle it themselves first.
    """

    position: int
    minutes: int | None
    officers: int
    surge: bool


def wait_of(city: str, case_id: UUID) -> Wait | None:
    """The wait of a case's request; None when it is not waiting."""
    queue = items.waiting(city, [POST])
    position = next((n for n, item in enumerate(queue, 1) if item.case_id == case_id), None)
    return None if position is None else _wait(city, position)


def _wait(city: str, position: int) -> Wait:
    officers = seated(city)
    expected = ceil(position * handling_minutes(city) / officers) if officers else None
    return Wait(position, expected, officers, expected is None or expected >= rules(city).surge_minutes)


def surge(city: str) -> Wait:
    """What somebody who asks now would wait."""
    return _wait(city, len(items.waiting(city, [POST])) + 1)


def seated(city: str) -> int:
    """How many officers sit at the post of determination now."""
    return sum(seat.post == POST for seat in seats.taken(city))


def handling_minutes(city: str) -> float:
    """What one case takes: the median of the newest signed ones of the last day, in minutes."""
    since = clock.now() - timedelta(days=1)
    rows = Determination.objects.filter(city=city, status=Status.SIGNED, signed_at__gte=since)
    newest = rows.order_by("-signed_at").values_list("taken_at", "signed_at")[:RECENT]
    spans = [minutes(a, b) for a, b in newest if a and b]
    found = median_of(spans) if len(spans) >= 5 else None
    return max(found, 0.2) if found is not None else USUAL_MINUTES


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour: asked for, decided, officers at their seats (or planned), and how much they can do."""

    start: datetime
    asked: int
    decided: int
    officers: float
    capacity: int
    planned: bool

    @property
    def short(self) -> bool:
        """Whether more was asked for than the officers can do."""
        return not self.planned and self.asked > self.capacity


def capacity(viewer: Actor) -> list[Hour]:
    """The last hours as they were, and the next as they are planned; raises NotAllowed."""
    insist_staff(viewer)
    city, each = viewer.city, handling_minutes(viewer.city)
    now = clock.now().replace(minute=0, second=0, microsecond=0)
    first = now - timedelta(hours=HOURS - 1)
    rows = Determination.objects.filter(city=city)
    asked = list(rows.filter(requested_at__gte=first).values_list("requested_at", flat=True))
    signed = list(rows.filter(signed_at__gte=first).values_list("signed_at", flat=True))
    sat = _sat(city, first)
    past = [_hour(first + timedelta(hours=n), asked, signed, sat, each) for n in range(HOURS)]
    return past + _planned(city, now, each)


def _hour(
    start: datetime,
    asked: list[datetime],
    signed: list[datetime | None],
    sat: list[tuple[datetime, datetime]],
    each: float,
) -> Hour:
    end = start + timedelta(hours=1)
    here = sum(max(timedelta(0), min(b, end) - max(a, start)) / timedelta(hours=1) for a, b in sat)
    return Hour(
        start,
        sum(start <= at < end for at in asked),
        sum(at is not None and start <= at < end for at in signed),
        round(here, 1),
        int(here * 60 / each),
        planned=False,
    )


def _sat(city: str, since: datetime) -> list[tuple[datetime, datetime]]:
    """When somebody sat at the post of determination, from `since` on."""
    now = clock.now()
    rows = Seat.objects.filter(city=city, post=POST, seen_at__gte=since)
    spans = rows.values_list("since", "ended_at", "seen_at", "status")
    return [(a, b or (now if status == Seat.Status.ON else seen)) for a, b, seen, status in spans]


def _planned(city: str, now: datetime, each: float) -> list[Hour]:
    shifts = list(
        Shift.objects.filter(city=city, post=POST, ends_at__gt=now).values_list("starts_at", "ends_at")
    )
    found = []
    for n in range(1, HOURS + 1):
        start = now + timedelta(hours=n)
        here = sum(a <= start < b for a, b in shifts)
        found.append(Hour(start, 0, 0, here, int(here * 60 / each), planned=True))
    return found if shifts else []
