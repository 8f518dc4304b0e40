"""A durable SQLite store for one stand-in: one connection, one lock, write-ahead log, synchronous FULL."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Row = dict[str, Any]

_SETTINGS = "CREATE TABLE IF NOT EXISTS behaviour (name TEXT PRIMARY KEY, value TEXT NOT NULL);"


def now(instant: datetime | None = None) -> str:
    """The present (or given aware) instant, UTC, ISO 8601 with milliseconds and `Z`."""
    return (
        (instant or datetime.now(UTC))
        .astimezone(UTC)
        .isoformat(timespec="milliseconds")
        .replace("+00:00", "Z")
    )


class Store:
    """Rows on disk. What a `write` block has left is there after `kill -9`."""

    def __init__(self, path: Path, schema: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.executescript(schema + _SETTINGS)

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it or nothing."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def rows(self, sql: str, *values: object) -> list[Row]:
        """All rows of a query."""
        with self._lock:
            return [dict(row) for row in self._db.execute(sql, values)]

    def row(self, sql: str, *values: object) -> Row | None:
        """The first row of a query, or None."""
        with self._lock:
            found = self._db.execute(sql, values).fetchone()
            return dict(found) if found else None

    def close(self) -> None:
        """Close after the last transaction under way."""
        with self._lock:
            self._db.close()


class Behaviour:
    """Switches that make a stand-in misbehave; kept in its store, changed at run time."""

    def __init__(self, store: Store, defaults: Mapping[str, int | float | bool]) -> None:
        self._store = store
        self._defaults = dict(defaults)

    def all(self) -> dict[str, Any]:
        """Every switch with its present value."""
        stored = {r["name"]: json.loads(r["value"]) for r in self._store.rows("SELECT * FROM behaviour")}
        return {**self._defaults, **stored}

    def get(self, name: str) -> Any:
        """The present value of one switch."""
        return self.all()[name]

    def change(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Set switches. Raises ValueError for an unknown name or a value of another kind."""
        for name, value in values.items():
            self._check(name, value)
        with self._store.write() as db:
            for name, value in values.items():
                db.execute("INSERT OR REPLACE INTO behaviour VALUES (?, ?)", (name, json.dumps(value)))
        return self.all()

    def take(self, name: str) -> bool:
        """Whether a counted switch (the next n times; below zero = always) applies now; counts it down."""
        with self._store.write() as db:
            return self.take_within(db, name)

    def take_within(self, db: sqlite3.Connection, name: str) -> bool:
        """The same inside a transaction under way: what was switched and what it did are kept together."""
        left = int(self.get(name))
        if left > 0:
            db.execute("INSERT OR REPLACE INTO behaviour VALUES (?, ?)", (name, str(left - 1)))
        return left != 0

    def _check(self, name: str, value: Any) -> None:
        if name not in self._defaults:
            raise ValueError(f"unknown switch {name!r}; known: {', '.join(sorted(self._defaults))}")
        wanted = self._defaults[name]
        if isinstance(wanted, bool) != isinstance(value, bool) or not isinstance(value, int | float | bool):
            raise ValueError(f"{name} takes a {'truth value' if isinstance(wanted, bool) else 'number'}")
