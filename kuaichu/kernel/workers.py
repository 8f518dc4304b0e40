"""Workers: threads that claim what is due, do it, and sleep until the bell rings."""

from __future__ import annotations

import os
import threading
import time
from uuid import UUID

import structlog
from django.db import DatabaseError, close_old_connections, connection

from kuaichu.kernel import bell, clock
from kuaichu.kernel.deliveries import BATCH, LEASE, attempt, claim, release
from kuaichu.kernel.ids import new_id
from kuaichu.kernel.locks import writing
from kuaichu.kernel.models import Delivery, Entry
from kuaichu.kernel.prepared import find_one

log = structlog.get_logger("kuaichu.work")


class _Call:
    """Wakes one sleeping worker of this process for each ring; rings nobody needs are not kept."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._rings, self._workers = 0, 0
        bell.subscribe_work(self.ring)

    def ring(self) -> None:
        """Somebody should look for work."""
        with self._changed:
            self._rings = min(self._rings + 1, self._workers)
            self._changed.notify()

    def join(self, number: int) -> None:
        """So many workers more, or fewer."""
        with self._changed:
            self._workers += number
            self._changed.notify_all()

    def wait(self, seconds: float, ended: threading.Event) -> None:
        """Until a ring, or so many seconds, or the end."""
        with self._changed:
            if not self._rings and not ended.is_set():
                self._changed.wait(seconds)
            self._rings = max(0, self._rings - 1)

    def all(self) -> None:
        """Wake everybody: one of them was asked to stop."""
        with self._changed:
            self._changed.notify_all()


_call = _Call()


class Worker(threading.Thread):
    """A thread that works what is due in its lane until it is told to stop.

    In a lane of its own it takes one thing at a time, as each is long.
    """

    def __init__(self, number: int = 0, lane: str = "") -> None:
        super().__init__(name=f"worker-{number}", daemon=True)
        self.owner = f"{os.getpid()}-{number}-{new_id().hex[-8:]}"
        self.lane, self._most = lane, 1 if lane else BATCH
        self.worked = 0
        self._stop_asked = threading.Event()
        self._ended = threading.Event()
        self._working: list[Delivery] = []
        self._done: list[Delivery] = []
        self.cpu_seconds = 0.0

    def stop(self) -> None:
        """Finish the delivery in hand, give back the rest, end."""
        self._stop_asked.set()
        _call.all()

    def run(self) -> None:
        """Claim, run, repeat; sleep until the bell rings or a second has passed."""
        beat = threading.Thread(target=self._beat, name=self.name + "-beat", daemon=True)
        beat.start()
        _call.join(1)
        while not self._stop_asked.is_set():
            if not self._turn():
                _call.wait(1.0, self._stop_asked)
            self.cpu_seconds = time.thread_time()
        _call.join(-1)
        self._ended.set()
        beat.join()
        try:
            claim(self.owner, 0, self._done)
            release(self.owner, self.lane)
        except DatabaseError as error:  # the lease runs out by itself
            log.error("release failed", error=type(error).__name__)
        connection.close()

    def _turn(self) -> bool:
        try:
            batch = claim(self.owner, self._most, self._done, self.lane)
            self._working, self._done = list(batch), []
            if len(batch) == BATCH:
                _call.ring()  # there may be more than one can do
            self._work_off(batch)
        except Exception as error:
            log.error("worker pauses", error=type(error).__name__)
            self._working = []
            close_old_connections()
            self._stop_asked.wait(1.0)
            return False
        return bool(batch)

    def _work_off(self, batch: list[Delivery]) -> None:
        """Work a batch; what is done is forgotten with the next claim."""
        for delivery in batch:
            if self._stop_asked.is_set():
                break
            if attempt(delivery, find_one(Entry, pk=delivery.entry_id), self.owner):
                self._done.append(delivery)
            self._working.remove(delivery)
            self.worked += 1

    def _beat(self) -> None:
        """Keep what is claimed while it is worked, also the last one after `stop`."""
        while not self._ended.wait(LEASE.total_seconds() / 3):
            held = [d.pk for d in (*self._working, *self._done)]
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
