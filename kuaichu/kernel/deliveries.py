"""Due while not done: what follows facts is claimed with a lease, run, and only then forgotten.

A handler is idempotent by a natural key, so a crash anywhere repeats it and never loses it.
"""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import structlog
from django.db import connection
from django.db.models import QuerySet

from kuaichu.kernel import clock
from kuaichu.kernel.ids import new_id
from kuaichu.kernel.journal import TooDeep, caused_by, event_of
from kuaichu.kernel.locks import writing
from kuaichu.kernel.models import Delivery, Entry
from kuaichu.kernel.prepared import Prepared, adapted
from kuaichu.kernel.refusals import Refusal, Upstream
from kuaichu.kernel.wirings import handler_named

log = structlog.get_logger("kuaichu.work")
LEASE = timedelta(seconds=15)
LONGEST_PAUSE = 300.0
BATCH = 4
MOST_IN_LANE = 12  # a photograph that ends its worker each time must not end it for ever


def claim(owner: str, limit: int = BATCH, done: Sequence[Delivery] = (), lane: str = "") -> list[Delivery]:
    """Forget what is `done`, and take up to `limit` due deliveries of a lane: their time moves behind it.

    After a crash before this, what was done is done again, which changes nothing.
    """
    now = clock.now()
    if not done and _ANY_DUE.row(lane, now) is None:
        return []
    with writing():
        if done:
            _change("DELETE FROM kernel_delivery", done, owner)
        taken = _due(limit).all(lane, now) if limit else []
        if taken:
            moved = "UPDATE kernel_delivery SET run_at = %s, owner = %s, attempts = attempts + 1"
            _change(moved, taken, None, now + LEASE, owner)
    for one in taken:
        one.owner = owner
    return taken


_ANY_DUE = Prepared(
    lambda lane, now: Delivery.objects.filter(held=False, lane=lane, run_at__lte=now).values_list("priority")[
        :1
    ],
    str,
    datetime,
)


@cache
def _due(limit: int) -> Prepared[Delivery]:
    def build(lane: str, now: datetime) -> QuerySet[Delivery]:
        due = Delivery.objects.filter(held=False, lane=lane, run_at__lte=now).order_by("priority", "run_at")
        postgresql = connection.vendor == "postgresql"
        return (due.select_for_update(skip_locked=True) if postgresql else due)[:limit]

    return Prepared(build, str, datetime)


def _change(statement: str, rows: Sequence[Delivery], owner: str | None, *values: Any) -> None:
    """A statement on these rows, of `owner` alone where one is given."""
    marks = ", ".join(["%s"] * len(rows))
    params = [*map(adapted, values), *(adapted(row.pk) for row in rows)]
    sql = f"{statement} WHERE id IN ({marks})"
    with connection.cursor() as cursor:
        cursor.execute(*((sql + " AND owner = %s", [*params, owner]) if owner is not None else (sql, params)))


def release(owner_prefix: str = "", lane: str = "") -> int:
    """Give back at once what a dead process of this lane had claimed (safe where there is only one)."""
    mine = Delivery.objects.filter(lane=lane).exclude(owner="")
    if owner_prefix:
        mine = mine.filter(owner__startswith=owner_prefix)
    with writing():
        return mine.update(run_at=clock.now(), owner="")


def run(delivery: Delivery, owner: str) -> bool:
    """Run one claimed delivery and forget it; True if it is done."""
    done = attempt(delivery, Entry.objects.filter(pk=delivery.entry_id).first(), owner)
    if done:
        claim(owner, 0, [delivery])
    return done


def attempt(delivery: Delivery, entry: Entry | None, owner: str) -> bool:
    """Let the handler of one claimed delivery work; True if it is done.

    Failure puts the delivery back with a longer pause.
    """
    handler = handler_named(delivery.handler)
    if handler is None or entry is None:
        _hold(delivery, owner, "no such handler" if handler is None else "no such entry")
        return False
    if entry.payload is None:
        _hold(delivery, owner, "payload erased")
        return False
    if delivery.lane and delivery.attempts >= MOST_IN_LANE:
        _hold(delivery, owner, "its worker ended each time")
        return False
    try:
        event = event_of(entry)
        with caused_by(event):
            handler(event)
    except Upstream as refusal:
        _postpone(delivery, owner, refusal.code, held=not refusal.retry)
        return False
    except (Refusal, TooDeep) as refusal:
        why = refusal.code if isinstance(refusal, Refusal) else str(refusal)
        _postpone(delivery, owner, f"{type(refusal).__name__}:{why}", held=delivery.attempts >= 5)
        return False
    except Exception as error:
        where = _where(error)
        log.error("handler failed", handler=delivery.handler, error=type(error).__name__, at=where)
        _postpone(delivery, owner, f"{type(error).__name__} at {where[-1]}", held=False)
        return False
    return True


def _where(error: BaseException) -> list[str]:
    """Where it happened, innermost last. Not the message: databases quote rows in theirs."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    return [f"{'/'.join(frame.filename.split('/')[-2:])}:{frame.lineno}" for frame in frames] or ["?"]


def _postpone(delivery: Delivery, owner: str, error: str, *, held: bool) -> None:
    pause = min(LONGEST_PAUSE, 0.5 * 2 ** min(delivery.attempts, 10))
    log.warning("delivery postponed", handler=delivery.handler, error=error, seconds=pause, held=held)
    with writing():
        Delivery.objects.filter(pk=delivery.pk, owner=owner).update(
            run_at=clock.now() + timedelta(seconds=pause), last_error=error[:200], held=held, owner=""
        )


def _hold(delivery: Delivery, owner: str, why: str) -> None:
    log.error("delivery held", handler=delivery.handler, why=why)
    with writing():
        Delivery.objects.filter(pk=delivery.pk, owner=owner).update(held=True, last_error=why, owner="")


def drain(limit: int = 10_000, lane: str = "") -> int:
    """Run everything of a lane that is due now, in this thread; how many were done (tests, seeding)."""
    owner, done = f"drain-{new_id()}", 0
    while done < limit:
        batch = claim(owner, 50, lane=lane)
        if not batch:
            break
        done += sum(run(d, owner) for d in batch)
    return done
