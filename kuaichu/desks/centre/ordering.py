"""In which order waiting things are worked. Pure: no database, clock or settings.

A blocked lane and somebody hurt go first; then whatever is due first. What is late by the city's patience
goes before all, so that a stream of urgent cases can starve nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol, TypeVar
from uuid import UUID


class Waits(Protocol):
    """What the order needs to know of something that waits."""

    id: UUID
    rank: int
    due_at: datetime


W = TypeVar("W", bound=Waits)


def key(rank: int, due_at: datetime, now: datetime, patience: timedelta) -> tuple[int, datetime]:
    """The place of something that waits: smaller is sooner."""
    starving = now - due_at > patience
    return (-1 if starving else rank), due_at


def in_order(rows: Iterable[W], now: datetime, patience: timedelta) -> list[W]:
    """The rows, next one first; equal ones by their id, so that the order is always the same."""
    return sorted(rows, key=lambda row: (*key(row.rank, row.due_at, now, patience), row.id.int))
