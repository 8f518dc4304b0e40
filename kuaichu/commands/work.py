"""`kuaichu work`: worker processes that do what follows from facts, beside the web servers (PostgreSQL).

`kuaichu work --lane vision` is the worker that looks at photographs, on SQLite too: one engine in one thread
(about 0.7 GB of memory), which starts anew after some hundred jobs. Several of them share the photographs.
It needs the extra `vision`.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import threading

from kuaichu.commands import set_up
from kuaichu.commands.running.naming import WORK, name_thread

ENDS = (signal.SIGTERM, signal.SIGINT)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--threads", type=int, default=None, help="threads of each process (default 2)")
    parser.add_argument("--nice", type=int, default=10, help="how far to stand back behind the web servers")
    words = "work this lane only: vision (one thread; needs the extra `vision`)"
    parser.add_argument("--lane", default="", help=words)
    words = "a lane's worker starts anew after so many jobs, which gives memory back"
    parser.add_argument("--recycle", type=int, default=300, metavar="N", help=words)


def run(options: argparse.Namespace) -> int:
    """Work until told to stop."""
    stop = threading.Event()
    for number in ENDS:
        signal.signal(number, lambda *_: stop.set())
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDS)
    if options.processes > 1:
        return _parent(options, stop)
    os.nice(options.nice)
    return _lane(options, stop) if options.lane else _work(options, stop)


def _work(options: argparse.Namespace, stop: threading.Event) -> int:
    set_up()
    from django.db import connection

    from kuaichu.commands.running.threads import Workers
    from kuaichu.kernel import bell
    from kuaichu.memory import settle

    if connection.vendor == "sqlite":
        print("On SQLite the server has its worker inside: `kuaichu serve` is enough.", file=sys.stderr)
        return 2
    name_thread(WORK)
    bell.listen()
    workers = Workers(options.threads or 2)
    workers.start()
    settle()
    stop.wait()
    workers.stop()
    return 0


def _lane(options: argparse.Namespace, stop: threading.Event) -> int:
    """One engine, one thread; the process becomes a new one after `--recycle` jobs."""
    set_up()
    from kuaichu.commands.running import lanes
    from kuaichu.commands.running.threads import Workers

    if options.lane not in lanes.LANES:
        print(f"There is no lane {options.lane!r}; there is: {', '.join(lanes.LANES)}", file=sys.stderr)
        return 2
    if why := lanes.missing(options.lane):
        print(why, file=sys.stderr)
        return 3
    name_thread(f"kuaichu-{options.lane}")
    lanes.warm_up(options.lane)
    workers = Workers(options.threads or 1, options.lane)
    workers.start()
    while not stop.wait(0.5) and workers.worked < options.recycle:
        pass
    workers.stop()
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDS)  # what comes from here on meets the new process
    if not stop.is_set():
        os.execv(sys.executable, _command(options, nice=0))
    return 0


def _command(options: argparse.Namespace, *, nice: int) -> list[str]:
    """The command of one process like this one; its niceness comes on top of what it inherits."""
    command = [sys.executable, "-m", "kuaichu", "work", "--nice", str(nice)]
    command += ["--lane", options.lane, "--recycle", str(options.recycle)]
    return command + (["--threads", str(options.threads)] if options.threads else [])


def _parent(options: argparse.Namespace, stop: threading.Event) -> int:
    """Processes of one kind; one that ends unasked is started again after a second."""
    command = _command(options, nice=options.nice)
    children = [subprocess.Popen(command) for _ in range(options.processes)]
    while not stop.wait(1.0):
        for place, child in enumerate(children):
            if child.poll() is not None:
                print(f"a worker ended ({child.returncode}); another one starts", file=sys.stderr)
                children[place] = subprocess.Popen(command)
    for child in children:
        child.terminate()
    return max(abs(child.wait(30)) for child in children)
