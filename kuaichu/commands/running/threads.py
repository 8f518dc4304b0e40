"""Worker threads of a process."""

from __future__ import annotations

from kuaichu.commands.running.naming import WORK, name_thread
from kuaichu.kernel.workers import Worker


class NamedWorker(Worker):
    """A worker thread that bears its role's name."""

    def run(self) -> None:
        """Work until stopped."""
        name_thread(f"kuaichu-{self.lane}" if self.lane else WORK)
        super().run()


class Workers:
    """Worker threads of this process."""

    def __init__(self, count: int, lane: str = "") -> None:
        self._threads = [NamedWorker(number, lane) for number in range(count)]

    @property
    def worked(self) -> int:
        """How many deliveries they have tried."""
        return sum(thread.worked for thread in self._threads)

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
