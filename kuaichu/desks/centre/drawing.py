"""Drawing: whatever waits is drawn by lot among the officers who are free and may touch it.

Everything the lot went by stands in the fact, so that anybody can draw again once the day's seed is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from kuaichu.cases import impartiality
from kuaichu.desks.centre import committing, items, lots, seats
from kuaichu.desks.centre.models import Item, Seat
from kuaichu.desks.centre.rules import rules
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.locks import locked
from kuaichu.kernel.moves import move

Unfit = Callable[[Item, Mapping[UUID, Seat]], Mapping[UUID, str]]
"""Which of these seated people may not have the item, each with a code of the reason."""
MOST_LEFT_OUT = 200
FEW = 20


@dataclass(frozen=True)
class Drawn(Fact, name="centre.drawn"):
    """An officer was drawn by lot for something that waits.

    `candidates` are the accounts among which the lot was drawn, `left_out` those who were free and might not
    have it; why not stays with them, since everybody may read this. `head` was mixed into the day's seed.
    """

    item_id: str
    kind: str
    round: int
    day: str
    head: str
    candidates: tuple[str, ...]
    left_out: tuple[str, ...]
    officer_id: str
    until: str


def free(city: str) -> dict[str, dict[UUID, Seat]]:
    """By post, who sits there, asked for the next case, and has nothing in hand."""
    ready = [s for s in seats.taken(city) if s.ready and not s.locked]
    busy = set(
        Item.objects.filter(
            officer_id__in=[s.account_id for s in ready], status=Item.Status.DRAWN
        ).values_list("officer_id", flat=True)
    )
    found: dict[str, dict[UUID, Seat]] = {}
    for seat in ready:
        if seat.account_id not in busy:
            found.setdefault(seat.post, {})[seat.account_id] = seat
    return found


def draw(actor: Actor, unfit: Unfit) -> list[Item]:
    """Draw for everything that waits and somebody is free for, in the order of work; what was drawn.

    One drawing of a city at a time: nobody is free for two things at once.
    """
    city = actor.city
    if not items.any_waiting(city) or not free(city):
        return []
    day = clock.today()
    committing.commit(actor, day)
    head = committing.head_before(city, day)
    key = lots.key_of(committing.seed(city, day), head)
    drawn: list[Item] = []
    with locked(committing.stream_of(city)):
        pools = free(city)
        for item in _in_order(city, pools):
            pool = pools.get(item.post)
            if not pool:
                if not any(pools.values()):
                    break
                continue
            got = _draw_one(actor, item, pool, unfit, _Day(day.isoformat(), head, key))
            if got is not None:
                del pool[UUID(str(got.officer_id))]
                drawn.append(got)
    return drawn


def _in_order(city: str, posts: Collection[str]) -> Iterator[Item]:
    """What waits, in the order of work: a few first, because mostly nobody is free for more."""
    first = items.waiting(city, posts, limit=FEW)
    yield from first
    if len(first) == FEW:
        seen = {item.pk for item in first}
        yield from (item for item in items.waiting(city, posts) if item.pk not in seen)


@dataclass(frozen=True, slots=True)
class _Day:
    day: str
    head: str
    key: bytes


def _draw_one(actor: Actor, item: Item, pool: Mapping[UUID, Seat], unfit: Unfit, day: _Day) -> Item | None:
    left_out = {
        **dict.fromkeys((a for a in pool if str(a) in item.shunned), "passed"),
        **impartiality.conflicts(list(pool), item.case_id),
    }
    left_out |= unfit(item, {a: s for a, s in pool.items() if a not in left_out})
    candidates = sorted(str(a) for a in pool if a not in left_out)
    if not candidates:
        return None
    with act(actor, "centre.draw", item.case_id) as step:
        item = Item.objects.get(pk=item.pk)
        if item.status != Item.Status.WAITING:
            step.already()
            return None
        item.round += 1
        subject = lots.subject_of(item.case_id, item.kind, item.round)
        move(item, Item.Status.DRAWN)
        item.officer_id = UUID(lots.winner(day.key, subject, candidates))
        item.drawn_at = clock.now()
        item.until = item.drawn_at + timedelta(seconds=rules(item.city).offer_seconds)
        item.save()
        step.record(
            Drawn(
                item_id=str(item.pk),
                kind=item.kind,
                round=item.round,
                day=day.day,
                head=day.head,
                candidates=tuple(candidates),
                left_out=tuple(sorted(map(str, left_out))[:MOST_LEFT_OUT]),
                officer_id=str(item.officer_id),
                until=item.until.isoformat(),
            )
        )
    return item
