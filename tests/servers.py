"""Real `kuaichu serve` processes for tests."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Server:
    """A real `kuaichu serve` process with its own database and data folder."""

    def __init__(self, database: str, var: Path, environment: dict[str, str]) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.var = var
        self.url = f"http://127.0.0.1:{self.port}"
        given = {"KUAICHU_DATABASE": database, "KUAICHU_VAR": str(var), "KUAICHU_BASE_URL": self.url}
        self.environment = os.environ | given | environment
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> str:
        """What the process has written so far."""
        path = self.var / "server.log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def command(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run `kuaichu <arguments>` on the same database."""
        done = subprocess.run(
            [sys.executable, "-m", "kuaichu", *arguments], check=False, env=self.environment, cwd=ROOT,
            text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        assert not check or done.returncode == 0, done.stdout[-4000:]
        return done

    def start(self, seconds: float = 30) -> Server:
        """Start the process and wait until it answers."""
        with (self.var / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "kuaichu", "serve", "--port", str(self.port)],
                env=self.environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        end = time.monotonic() + seconds
        while not self.answers():
            assert self.process.poll() is None, f"the server ended:\n{self.log[-4000:]}"
            assert time.monotonic() < end, f"the server does not answer:\n{self.log[-4000:]}"
            time.sleep(0.1)
        return self

    def answers(self) -> bool:
        """Whether the server answers HTTP at all."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/")
            return connection.getresponse().status < 500
        except OSError:
            return False
        finally:
            connection.close()

    def kill(self, with_signal: signal.Signals = signal.SIGKILL) -> None:
        """End the process and all its children, by default without any warning."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, with_signal)
            self.process.wait(20)

    def restart(self) -> Server:
        """Start again after a kill, on the same port and data."""
        self.kill()
        return self.start()
