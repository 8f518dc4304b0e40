"""A phone whose tab is closed and whose browser is killed: its profile is on disk and survives."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, BrowserType, Page


class Phone:
    """A browser with a profile on disk: `page` is its only tab; `kill()` is what a flat battery does."""

    def __init__(
        self, kind: BrowserType, profile: Path, program: str, arguments: list[str], **look: Any
    ) -> None:
        self._kind, self._profile = kind, profile
        self._program, self._arguments, self._look = program, arguments, look
        self.context: BrowserContext
        self.page: Page
        self.start()

    def start(self) -> None:
        """Switch it on; the profile is as it was."""
        for lock in self._profile.glob("Singleton*"):
            lock.unlink()
        self.context = self._kind.launch_persistent_context(
            str(self._profile), executable_path=self._program, args=self._arguments, **self._look
        )
        self.context.set_default_timeout(12_000)
        self.page = self.context.pages[0] if self.context.pages else self.context.new_page()

    def kept(self, seconds: float = 60) -> None:
        """Wait until the service worker has kept everything and is in charge of the page."""
        end = time.monotonic() + seconds
        while not self.page.evaluate(
            "() => !!(navigator.serviceWorker && navigator.serviceWorker.controller)"
        ):
            assert time.monotonic() < end, "no service worker came"
            time.sleep(0.1)

    def close_tab(self) -> None:
        """Close the tab at once and open an empty one."""
        fresh = self.context.new_page()
        self.page.close(run_before_unload=False)
        self.page = fresh

    def kill(self) -> None:
        """SIGKILL to the browser and all its processes, then start it again with the same profile."""
        for process in browser_processes(self._profile):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        with contextlib.suppress(Exception):  # its far end is dead, as intended
            self.context.close()
        self.start()

    def close(self) -> None:
        """Switch it off."""
        with contextlib.suppress(Exception):
            self.context.close()


def browser_processes(profile: Path) -> list[int]:
    """The processes of the browser that uses this profile, found by their command line."""
    mark = f"--user-data-dir={profile}".encode()
    found = []
    for one in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if one.name.isdigit() and mark in (one / "cmdline").read_bytes().split(b"\0"):
                found.append(int(one.name))
    return found
