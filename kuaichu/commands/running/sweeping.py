"""Removing what was begun and never finished: expired uploads, once an hour."""

from __future__ import annotations

import threading

import structlog
from django.db import DatabaseError, close_old_connections, connection

from kuaichu.cases import uploads

log = structlog.get_logger("kuaichu.sweep")
EVERY_SECONDS = 3600.0
FIRST_AFTER_SECONDS = 30.0


class Sweeper(threading.Thread):
    """A thread that sweeps until it is told to stop. Several processes may sweep at once."""

    def __init__(self, first: float = FIRST_AFTER_SECONDS, every: float = EVERY_SECONDS) -> None:
        super().__init__(name="sweeper", daemon=True)
        self._first, self._every = first, every
        self._stop_asked = threading.Event()

    def stop(self) -> None:
        """End soon."""
        self._stop_asked.set()

    def run(self) -> None:
        """Sweep, wait, repeat."""
        pause = self._first
        while not self._stop_asked.wait(pause):
            pause = self._every
            try:
                swept = uploads.sweep()
                if swept:
                    log.info("uploads swept", count=swept)
            except (DatabaseError, OSError) as error:
                log.error("sweep failed", error=type(error).__name__)
            close_old_connections()
        connection.close()
