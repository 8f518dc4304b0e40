"""The one clock. Everything asks `now()`; a test or a rehearsal may travel with `at()`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
_shift: ContextVar[timedelta | None] = ContextVar("clock_shift", default=None)


def now() -> datetime:
    """The current time, aware, in UTC."""
    shift = _shift.get()
    moment = datetime.now(UTC)
    return moment + shift if shift is not None else moment


def today() -> date:
    """Today's date in China."""
    return now().astimezone(CHINA).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the clock run from `moment` (aware) within the block."""
    token = _shift.set(moment - datetime.now(UTC))
    try:
        yield
    finally:
        _shift.reset(token)
