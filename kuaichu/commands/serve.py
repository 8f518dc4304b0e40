"""`kuaichu serve`: the web server. On SQLite it has the worker inside.

Photographs are looked at by a process beside it: `kuaichu work --lane vision`. Nothing waits for that one.
"""

from __future__ import annotations

import argparse
import fcntl
import os
from pathlib import Path
from typing import IO

from kuaichu.commands import set_up
from kuaichu.commands.running.naming import WEB, name_thread


def arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    inside = int(os.environ["KUAICHU_WORK"]) if os.environ.get("KUAICHU_WORK") else None
    words = "worker threads inside (default: KUAICHU_WORK, else 2 on SQLite and none on PostgreSQL)"
    parser.add_argument("--work", type=int, metavar="N", default=inside, help=words)


def run(options: argparse.Namespace) -> int:
    """Serve until told to stop."""
    set_up()
    from django.db import connection

    from kuaichu.commands.running.preparing import prepare
    from kuaichu.commands.running.sweeping import Sweeper
    from kuaichu.commands.running.threads import Workers
    from kuaichu.kernel.deliveries import release
    from kuaichu.kernel.repeats import give_back

    name_thread(WEB)
    embedded = connection.vendor == "sqlite"
    guard = _only_server() if embedded else None
    prepare(database=embedded)
    if embedded:
        release()  # whoever had claimed something is dead: there is one process only
        give_back()
    workers = Workers(options.work if options.work is not None else 2 if embedded else 0)
    connection.close()
    sweeper = Sweeper()
    sweeper.start()
    workers.start()
    try:
        _serve(options.host, options.port)
    finally:
        sweeper.stop()
        workers.stop()
        if guard is not None:
            guard.close()
    return 0


def _only_server() -> IO[str]:
    """Hold the data folder; stops with a message when another server has it."""
    from django.conf import settings

    Path(settings.VAR).mkdir(parents=True, exist_ok=True)
    guard = (Path(settings.VAR) / "serve.lock").open("a")
    try:
        fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise SystemExit(f"Another server is running on {settings.VAR} 该数据目录已有服务在运行") from None
    guard.truncate(0)
    guard.write(str(os.getpid()))
    guard.flush()
    return guard


def _serve(host: str, port: int) -> None:
    """Until a signal, which uvicorn raises again when it has ended: the workers must still be stopped."""
    import signal

    import uvicorn

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    config = uvicorn.Config(
        "kuaichu.server:application",
        factory=True,
        host=host,
        port=port,
        loop="uvloop",
        http="httptools",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=5,
        backlog=512,
    )
    uvicorn.Server(config).run()
