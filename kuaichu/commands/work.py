"""`kuaichu work`: worker processes that do what follows from facts, beside the web servers (PostgreSQL)."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import threading

from kuaichu.commands import set_up
from kuaichu.commands.running.naming import WORK, name_thread


def arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2, help="threads of each process")
    parser.add_argument("--nice", type=int, default=10, help="how far to stand back behind the web servers")


def run(options: argparse.Namespace) -> int:
    """Work until told to stop."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return _parent(options, stop) if options.processes > 1 else _work(options, stop)


def _work(options: argparse.Namespace, stop: threading.Event) -> int:
    os.nice(options.nice)
    set_up()
    from django.db import connection

    from kuaichu.commands.running.threads import Workers
    from kuaichu.kernel import bell
    from kuaichu.kernel.memory import settle

    if connection.vendor == "sqlite":
        print("On SQLite the server has its worker inside: `kuaichu serve` is enough.", file=sys.stderr)
        return 2
    name_thread(WORK)
    bell.listen()
    workers = Workers(options.threads)
    workers.start()
    settle()
    stop.wait()
    workers.stop()
    return 0


def _parent(options: argparse.Namespace, stop: threading.Event) -> int:
    """Processes of one kind; one that ends unasked is started again after a second."""
    command = [sys.executable, "-m", "kuaichu", "work", "--threads", str(options.threads)]
    command += ["--nice", str(options.nice)]
    children = [subprocess.Popen(command) for _ in range(options.processes)]
    while not stop.wait(1.0):
        for place, child in enumerate(children):
            if child.poll() is not None:
                print(f"a worker ended ({child.returncode}); another one starts", file=sys.stderr)
                children[place] = subprocess.Popen(command)
    for child in children:
        child.terminate()
    return max(abs(child.wait(30)) for child in children)
