"""One lock order everywhere: the stream (case) first, then rows.

PostgreSQL takes a transaction-level advisory lock per stream; SQLite's IMMEDIATE transactions
serialise all writers, and an in-process lock spares them the busy wait.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

_sqlite_writer = threading.RLock()


def _key(stream: UUID) -> int:
    return (stream.int & ((1 << 64) - 1)) - (1 << 63)


@contextmanager
def writing() -> Iterator[None]:
    """One write transaction. Within another one it is a part that a refusal undoes by itself, so that whoever
    catches the refusal may go on reading and writing.
    """
    wrapper = connections[DEFAULT_DB_ALIAS]
    if wrapper.in_atomic_block and not wrapper.atomic_blocks[-1]._from_testcase:  # type: ignore[attr-defined]
        with transaction.atomic():
            yield
    elif wrapper.vendor == "sqlite":
        with _sqlite_writer, transaction.atomic():
            yield
    else:
        with transaction.atomic():
            yield


@contextmanager
def locked(stream: UUID) -> Iterator[None]:
    """One write transaction that holds the lock of `stream`."""
    with writing():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_key(stream)])
        yield
