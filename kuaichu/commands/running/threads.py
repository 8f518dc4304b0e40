"""Worker threads of a process."""

from __future__ import annotations

from kuaichu.commands.running.naming import WORK, name_thread
from kuaichu.kernel.workers import Worker


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
