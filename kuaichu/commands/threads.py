"""Names of operating-system threads, so that `top -H` and /proc show which role uses the processor."""

from __future__ import annotations

import ctypes
import threading

from kuaichu.kernel.deliveries import Worker

PR_SET_NAME = 15
WEB = "kuaichu-web"
WORK = "kuaichu-work"


def name_thread(name: str) -> None:
    """Name the calling thread (15 bytes count); threads it starts inherit the name. Linux only."""
    try:
        ctypes.CDLL(None).prctl(PR_SET_NAME, name.encode()[:15], 0, 0, 0)
    except (AttributeError, OSError):
        return


class NamedWorker(Worker):
    """A worker thread that bears its role's name."""

    def run(self) -> None:
        """Work until stopped."""
        name_thread(WORK)
        super().run()


class Workers:
    """Worker threads of this process."""

    def __init__(self, count: int) -> None:
        self._threads = [NamedWorker(number) for number in range(count)]

    def start(self) -> None:
        """Start them all."""
        for thread in self._threads:
            thread.start()

    def stop(self, seconds: float = 20) -> None:
        """Let each finish what it has in hand."""
        for thread in self._threads:
            thread.stop()
        for thread in self._threads:
            thread.join(seconds)

    def wait(self, until: threading.Event) -> None:
        """Sleep until `until` is set."""
        until.wait()
