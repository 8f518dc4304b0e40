"""Child processes that are kept alive: started, watched, started again after a pause, stopped together."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1
LONGEST_PAUSE = 30.0
SETTLED = 60.0


@dataclass
class Child:
    """One program. Output goes to `log`, at the end of what is there."""

    name: str
    command: list[str]
    log: Path
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    again_at: float = 0.0
    pause: float = 1.0

    def start(self) -> None:
        """Start it."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=os.environ | self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is ours: children are stopped in order
                preexec_fn=_ends_with_parent,  # noqa: PLW1509 - no thread runs yet or holds a lock here
            )
        self.started, self.again_at = time.monotonic(), 0.0

    @property
    def runs(self) -> bool:
        """Whether it is running."""
        return self.process is not None and self.process.poll() is None

    def tail(self, lines: int = 8) -> str:
        """The end of its log."""
        try:
            return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
        except FileNotFoundError:
            return ""


def _ends_with_parent() -> None:
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Supervisor:
    """Keeps its children running; `say` is told of crashes."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.children: list[Child] = []
        self._say = say

    def add(self, child: Child) -> Child:
        """Start a child and keep it."""
        self.children.append(child)
        child.start()
        return child

    def look(self) -> None:
        """Start again what has ended, each time after a longer pause until it has run for a minute."""
        now = time.monotonic()
        for child in self.children:
            if child.runs:
                continue
            if not child.again_at:
                child.pause = 1.0 if now - child.started > SETTLED else min(child.pause * 2, LONGEST_PAUSE)
                child.again_at = now + child.pause
                code = child.process.returncode if child.process else "?"
                self._say(
                    f"{child.name} ended ({code}), starts again in {child.pause:.0f} s 已退出，即将重启"
                )
            elif now >= child.again_at:
                child.start()

    def stop(self, seconds: float = 20) -> None:
        """Ask all to end, the last started first, and end those that do not."""
        for child in reversed(self.children):
            if child.process is not None and child.runs:
                child.process.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.process.wait(seconds)
        for child in self.children:
            if child.process is not None and child.runs:
                child.process.kill()
                child.process.wait()
