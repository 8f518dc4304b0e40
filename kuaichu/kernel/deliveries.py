"""Due while not done: what follows facts is claimed with a lease, run, and only then forgotten.

A handler is idempotent by a natural key, so a crash anywhere repeats it and never loses it.
"""

from __future__ import annotations

import os
import threading
import time
import traceback
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import DatabaseError, close_old_connections, connection
from django.db.models import F

from kuaichu.kernel import bell, clock
from kuaichu.kernel.ids import new_id
from kuaichu.kernel.journal import TooDeep, caused_by, event_of
from kuaichu.kernel.locks import writing
from kuaichu.kernel.models import Delivery, Entry
from kuaichu.kernel.refusals import Refusal, Upstream
from kuaichu.kernel.wirings import handler_named

log = structlog.get_logger("kuaichu.work")
LEASE = timedelta(seconds=15)
LONGEST_PAUSE = 300.0
BATCH = 4


def claim(owner: str, limit: int = BATCH) -> list[Delivery]:
    """Take up to `limit` due deliveries for `owner` by moving their time behind the lease."""
    now = clock.now()
    if not _something_due(now):
        return []
    due = Delivery.objects.filter(held=False, run_at__lte=now).order_by("priority", "run_at")
    with writing():
        if connection.vendor == "postgresql":
            due = due.select_for_update(skip_locked=True)
        taken = list(due[:limit])
        if taken:
            Delivery.objects.filter(pk__in=[d.pk for d in taken]).update(
                run_at=now + LEASE, owner=owner, attempts=F("attempts") + 1
            )
    return taken


def _something_due(now: datetime) -> bool:
    """Every ring wakes the workers: look, without lock and without the ORM's cost, before claiming."""
    with connection.cursor() as cursor:
        moment = connection.ops.adapt_datetimefield_value(now)
        cursor.execute("SELECT 1 FROM kernel_delivery WHERE NOT held AND run_at <= %s LIMIT 1", [moment])
        return cursor.fetchone() is not None


def release(owner_prefix: str = "") -> int:
    """Give back at once what a dead process had claimed (safe where there is one process only)."""
    mine = Delivery.objects.exclude(owner="")
    if owner_prefix:
        mine = mine.filter(owner__startswith=owner_prefix)
    with writing():
        return mine.update(run_at=clock.now(), owner="")


def run(delivery: Delivery, owner: str) -> bool:
    """Run one claimed delivery and forget it; True if it is done."""
    done = attempt(delivery, Entry.objects.filter(pk=delivery.entry_id).first(), owner)
    if done:
        forget([delivery], owner)
    return done


def forget(done: list[Delivery], owner: str) -> None:
    """Delete what is done. After a crash before this it is done again, which changes nothing."""
    if done:
        with writing():
            Delivery.objects.filter(pk__in=[d.pk for d in done], owner=owner).delete()


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


def drain(limit: int = 10_000) -> int:
    """Run everything that is due now, in this thread; returns how many were done (tests, seeding)."""
    owner, done = f"drain-{new_id()}", 0
    while done < limit:
        batch = claim(owner, 50)
        if not batch:
            break
        done += sum(run(d, owner) for d in batch)
    return done


class Worker(threading.Thread):
    """A thread that works what is due until it is told to stop."""

    def __init__(self, number: int = 0) -> None:
        super().__init__(name=f"worker-{number}", daemon=True)
        self.owner = f"{os.getpid()}-{number}-{new_id().hex[-8:]}"
        self._wake = threading.Event()
        self._stop_asked = threading.Event()
        self._ended = threading.Event()
        self._unsubscribe = bell.subscribe(lambda stream, seq: self._wake.set())
        self._working: list[Delivery] = []
        self.cpu_seconds = 0.0

    def stop(self) -> None:
        """Finish the delivery in hand, give back the rest, end."""
        self._stop_asked.set()
        self._wake.set()

    def run(self) -> None:
        """Claim, run, repeat; sleep until the bell rings or a second has passed."""
        beat = threading.Thread(target=self._beat, name=self.name + "-beat", daemon=True)
        beat.start()
        while not self._stop_asked.is_set():
            self._wake.clear()
            if not self._turn():
                self._wake.wait(1.0)
            self.cpu_seconds = time.thread_time()
        self._unsubscribe()
        self._ended.set()
        beat.join()
        try:
            release(self.owner)
        except DatabaseError as error:  # the lease runs out by itself
            log.error("release failed", error=type(error).__name__)
        connection.close()

    def _turn(self) -> bool:
        try:
            batch = claim(self.owner)
            self._working = list(batch)
            self._work_off(batch)
        except Exception as error:
            log.error("worker pauses", error=type(error).__name__)
            self._working = []
            close_old_connections()
            self._stop_asked.wait(1.0)
            return False
        return bool(batch)

    def _work_off(self, batch: list[Delivery]) -> None:
        """Work a batch: its entries read at once, what is done forgotten at once."""
        entries = Entry.objects.in_bulk([d.entry_id for d in batch]) if batch else {}
        done: list[Delivery] = []
        try:
            for delivery in batch:
                if self._stop_asked.is_set():
                    break
                if attempt(delivery, entries.get(delivery.entry_id), self.owner):
                    done.append(delivery)
                else:
                    self._working.remove(delivery)
        finally:
            forget(done, self.owner)
            self._working = []

    def _beat(self) -> None:
        """Keep what is claimed while it is worked, also the last one after `stop`."""
        while not self._ended.wait(LEASE.total_seconds() / 3):
            held = [d.pk for d in self._working]
            try:
                self._extend(held)
            except DatabaseError as error:  # the database went away: the next beat tries again
                log.error("heartbeat lost", error=type(error).__name__)
                close_old_connections()
        connection.close()

    def _extend(self, held: list[UUID]) -> None:
        if held:
            with writing():
                Delivery.objects.filter(pk__in=held, owner=self.owner).update(run_at=clock.now() + LEASE)
