"""The bell only rings: a stream's id and the number of its newest entry. HTTP answers.

In one process the listeners are called directly. On PostgreSQL a thread sends what rang as NOTIFY in
batches (a NOTIFY takes a database-wide lock at commit, so never inside an act) and another listens. On SQLite
the server is the only one who listens; a worker of a lane beside it sends to its socket in KUAICHU_VAR.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import socket
import threading
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.db import connection

Listener = Callable[[UUID, int], None]
CHANNEL = "kuaichu"
_listeners: set[Listener] = set()
_workers: set[Callable[[], None]] = set()
_out: queue.SimpleQueue[tuple[UUID, int, bool]] = queue.SimpleQueue()
_threads: dict[str, threading.Thread] = {}
_start = threading.Lock()


def subscribe(listener: Listener) -> Callable[[], None]:
    """Call `listener(stream, seq)` at each ring, from any thread; returns the way to stop."""
    _listeners.add(listener)
    return lambda: _listeners.discard(listener)


def subscribe_work(wake: Callable[[], None]) -> Callable[[], None]:
    """Call `wake()` when something is due at once, from any thread; returns the way to stop."""
    _workers.add(wake)
    return lambda: _workers.discard(wake)


def ring(stream: UUID, seq: int, *, work: bool = False) -> None:
    """Something happened in `stream`; `work` when something that follows is due at once."""
    _tell(stream, seq, work=work)
    if connection.vendor == "postgresql":
        _out.put((stream, seq, work))
        _ensure("bell-out", _send)
    elif "bell-in" not in _threads:
        _send_to_server(stream, seq, work=work)


def _tell(stream: UUID, seq: int, *, work: bool) -> None:
    for wake in tuple(_workers) if work else ():
        wake()
    for listener in tuple(_listeners):
        with contextlib.suppress(RuntimeError):  # an event loop that is closing
            listener(stream, seq)


def listen() -> None:
    """Hear the rings of other processes too."""
    _ensure("bell-in", _hear if connection.vendor == "postgresql" else _hear_socket)


def _socket_path() -> str:
    return str(settings.VAR / "bell.sock")


def _send_to_server(stream: UUID, seq: int, *, work: bool) -> None:
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out:
        out.setblocking(False)
        out.sendto(json.dumps([str(stream), seq, work]).encode(), _socket_path())


def _hear_socket() -> None:
    """The server's ear on SQLite; in a folder whose name is too long for a socket it hears nothing."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(_socket_path())
        ear.bind(_socket_path())
        while True:
            with contextlib.suppress(ValueError, TypeError):  # not one of ours
                stream, seq, work = json.loads(ear.recv(256))
                _tell(UUID(stream), int(seq), work=bool(work))


def _ensure(name: str, target: Callable[[], None]) -> None:
    with _start:
        thread = _threads.get(name)
        if thread is None or not thread.is_alive():
            _threads[name] = threading.Thread(target=target, name=name, daemon=True)
            _threads[name].start()


def _connect() -> contextlib.AbstractContextManager[object]:
    import psycopg

    params = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey")
    keep = {k: params[k] for k in names if params.get(k)}
    return psycopg.connect(**keep, autocommit=True)


def _send() -> None:
    pause = threading.Event()
    while True:
        batch = [_out.get()]
        pause.wait(0.02)
        try:
            with _connect() as link:
                while True:
                    _send_on(link, _newest(batch))
                    batch = [_out.get()]
        except Exception:
            pause.wait(1)


def _newest(batch: list[tuple[UUID, int, bool]]) -> list[tuple[str, int, bool]]:
    """What waits, one ring a stream."""
    while not _out.empty():
        batch.append(_out.get_nowait())
    newest: dict[UUID, tuple[int, bool]] = {}
    for stream, seq, work in batch:
        before, worked = newest.get(stream, (0, False))
        newest[stream] = max(seq, before), work or worked
    return [(str(stream), seq, work) for stream, (seq, work) in newest.items()]


def _send_on(link: object, rings: list[tuple[str, int, bool]]) -> None:
    for start in range(0, len(rings), 100):
        text = json.dumps([os.getpid(), *rings[start : start + 100]])
        link.execute("SELECT pg_notify(%s, %s)", [CHANNEL, text])  # type: ignore[attr-defined]


def _hear() -> None:
    pause = threading.Event()
    while True:
        try:
            with _connect() as link:
                link.execute(f"LISTEN {CHANNEL}")  # type: ignore[attr-defined]
                for note in link.notifies():  # type: ignore[attr-defined]
                    pid, *rings = json.loads(note.payload)
                    if pid != os.getpid():
                        for stream, seq, work in rings:
                            _tell(UUID(stream), seq, work=work)
        except Exception:
            pause.wait(1)
