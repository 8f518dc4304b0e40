"""Which legal periods run in a case: computed from its journal, by the table `legal_clocks.toml`.

Pure: no database, clock or settings. Nothing is stored, so no clock can disagree with what happened.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

import msgspec

from kuaichu.cases import legal_deadlines
from kuaichu.cases.legal_deadlines import Due, Period


class Happened(Protocol):
    """What is needed of a journal entry."""

    kind: str
    at: datetime
    payload: Any


class Clock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row of the table."""

    code: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    only: dict[str, str] = {}
    ends_only: dict[str, dict[str, str]] = {}
    alarm: bool = False

    def begins(self, kind: str, payload: Mapping[str, Any]) -> bool:
        """Whether this fact starts the period."""
        return kind in self.starts and _fits(self.only, payload)

    def meets(self, kind: str, payload: Mapping[str, Any]) -> bool:
        """Whether this fact ends the period."""
        return kind in self.ends and _fits(self.ends_only.get(kind, {}), payload)


def _fits(only: Mapping[str, str], payload: Mapping[str, Any]) -> bool:
    return all(
        payload.get(name) if value == "*" else payload.get(name) == value for name, value in only.items()
    )


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    clock: tuple[Clock, ...]


@dataclass(frozen=True, slots=True)
class Running:
    """A period of a case: since when, until when, and when it was met (None: not yet)."""

    clock: Clock
    due: Due
    since: datetime
    met_at: datetime | None

    @property
    def period(self) -> Period:
        """The legal period."""
        return self.due.period

    def state(self, now: datetime) -> str:
        """`met`, `met_late`, `running` or `passed`."""
        end = self.due.at
        if self.met_at is not None:
            return "met" if end is None or self.met_at <= end else "met_late"
        return "running" if end is None or now <= end else "passed"


@cache
def table() -> tuple[Clock, ...]:
    """All rows. Raises ValueError for a row of an unknown period."""
    raw = (files(__package__) / "legal_clocks.toml").read_text("utf-8")
    rows = msgspec.convert(tomllib.loads(raw), _Table).clock
    unknown = [row.code for row in rows if row.code not in legal_deadlines.periods()]
    if unknown:
        raise ValueError(f"legal_clocks.toml: no such period: {', '.join(unknown)}")
    return rows


def running(entries: Iterable[Happened]) -> list[Running]:
    """The periods of a case whose entries come in order, what ends first on top.

    A period that starts again while it runs goes on from its first start; after its end it is a new one.
    """
    listed = list(entries)
    found = [one for clock in table() for one in _runs(clock, listed)]
    return sorted(found, key=lambda one: one.due.at or one.since)


def _runs(clock: Clock, entries: list[Happened]) -> list[Running]:
    found: list[Running] = []
    since: datetime | None = None
    for entry in entries:
        if since is not None and clock.meets(entry.kind, entry.payload or {}):
            found.append(Running(clock, legal_deadlines.due(clock.code, since), since, entry.at))
            since = None
        if since is None and clock.begins(entry.kind, entry.payload or {}):
            since = entry.at
    if since is not None:
        found.append(Running(clock, legal_deadlines.due(clock.code, since), since, None))
    return found


def warn_at(since: datetime, until: datetime, ahead: timedelta) -> datetime:
    """When a period is called out: `ahead` of its end, but never before half of it is over."""
    return max(until - ahead, since + (until - since) / 2)
