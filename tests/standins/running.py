"""Stand-ins as the demo runs them: processes of their own, which a test may kill and start again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx

from kuaichu.standins.serving import Server, Site

T = TypeVar("T")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Running:
    """One stand-in at a fixed port with a fixed store."""

    def __init__(self, name: str, folder: Path, *options: str) -> None:
        self.port = free_port()
        self.store = folder / f"{name}.db"
        self.base = f"http://127.0.0.1:{self.port}"
        module = f"kuaichu.standins.{name}"
        place = ["--port", str(self.port), "--store", str(self.store)]
        self._command = [sys.executable, "-m", module, *place, *options]
        self.http = httpx.Client(base_url=self.base, trust_env=False, timeout=10)
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> float:
        """Start; the seconds until it listened."""
        began = time.monotonic()
        self.process = subprocess.Popen(self._command, stdout=subprocess.PIPE)
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert b"listens" in line, line
        return time.monotonic() - began

    def kill(self) -> None:
        """kill -9."""
        assert self.process
        os.kill(self.process.pid, signal.SIGKILL)
        self._gone()

    def stop(self) -> int:
        """SIGTERM; the exit status."""
        assert self.process
        self.process.terminate()
        return self._gone()

    def _gone(self) -> int:
        assert self.process
        assert self.process.stdout
        status = self.process.wait(timeout=5)
        self.process.stdout.close()
        self.process = None
        return status

    def close(self) -> None:
        if self.process:
            self.kill()
        self.http.close()

    def get(self, path: str) -> httpx.Response:
        return self.http.get(path)

    def post(self, path: str, body: Any) -> httpx.Response:
        return self.http.post(path, json=body)

    def put(self, path: str, body: Any) -> httpx.Response:
        return self.http.put(path, json=body)


@contextmanager
def listening(site: Site) -> Iterator[str]:
    """A site of the test's own, served from a thread; its address."""
    server = Server(("127.0.0.1", 0), site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def until(ask: Callable[[], T], *, seconds: float = 8) -> T:
    """The first true answer. Fails when there is none in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := ask():
            return answer
        time.sleep(0.05)
    raise AssertionError("waited in vain")
