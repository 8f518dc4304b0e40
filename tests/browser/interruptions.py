"""What goes wrong at the roadside, on purpose: a weak line, a cut one, a closed tab, a killed browser.

`Line` is a TCP proxy in front of a server: it delays, narrows, loses and cuts. `Phone` is a browser with a
profile on disk that survives its own death.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
import threading
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, BrowserType, Page

SEGMENT = 1460


@dataclass(frozen=True, slots=True)
class Weather:
    """The line: bits a second each way (0: any), one round trip in seconds, share of lost packets."""

    bits: int = 0
    round_trip: float = 0.0
    loss: float = 0.0


CLEAR = Weather()
WEAK = Weather(bits=400_000, round_trip=0.4, loss=0.1)


class _Way:
    """One direction of the whole line: all connections share its width."""

    def __init__(self) -> None:
        self.free_at = 0.0

    async def carry(self, size: int, weather: Weather, roll: random.Random) -> None:
        """Wait as long as this many bytes need; a lost packet is sent again after a time-out of TCP."""
        now = time.monotonic()
        if weather.bits:
            self.free_at = max(self.free_at, now) + size * 8 / weather.bits
        arrival = max(self.free_at, now) + weather.round_trip / 2
        while weather.loss and roll.random() < weather.loss:
            arrival += weather.round_trip + 0.2
        await asyncio.sleep(max(0.0, arrival - time.monotonic()))


class Line:
    """A proxy to `target` (http://host:port) at `.url`. `weather` may change at any time."""

    def __init__(self, target: str, weather: Weather = CLEAR, seed: int = 1) -> None:
        found = urlsplit(target)
        self._target = (found.hostname or "127.0.0.1", found.port or 80)
        self.weather, self.up, self.bytes_up, self.bytes_down = weather, True, 0, 0
        self._roll = random.Random(seed)
        self._open: set[asyncio.StreamWriter] = set()
        self._watch: Callable[[bytes], bool] | None = None
        self._then: Callable[[], None] | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.port: int = self._run(self._listen())
        self.url = f"http://127.0.0.1:{self.port}"

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    async def _listen(self) -> int:
        self._ways = (_Way(), _Way())
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0, limit=1 << 16)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    def cut(self) -> None:
        """No network from now on: what is open breaks, what is new is refused."""
        self.up = False
        self._run(self._break())

    def mend(self) -> None:
        """The network is back."""
        self.up = True

    def when(self, seen: Callable[[bytes], bool], then: Callable[[], None]) -> None:
        """Call `then` once, as soon as `seen` says yes to bytes on their way to the server.

        Those bytes are the last that arrive before it is called: the middle of a request.
        """
        self._watch, self._then = seen, then

    async def _break(self) -> None:
        for one in list(self._open):
            with contextlib.suppress(OSError):
                one.transport.abort()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self.up:
            writer.transport.abort()
            return
        try:
            await self._ways[0].carry(60, self.weather, self._roll)
            await self._ways[1].carry(60, self.weather, self._roll)
            inner, outer = await asyncio.open_connection(*self._target)
        except OSError:
            writer.transport.abort()
            return
        self._open |= {writer, outer}
        up = asyncio.ensure_future(self._pump(reader, outer, 0))
        down = asyncio.ensure_future(self._pump(inner, writer, 1))
        await asyncio.wait({up, down}, return_when=asyncio.ALL_COMPLETED)
        self._open -= {writer, outer}
        for one in (writer, outer):
            one.close()

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, way: int) -> None:
        try:
            while data := await source.read(SEGMENT if self.weather.bits else 1 << 16):
                await self._ways[way].carry(len(data), self.weather, self._roll)
                if not self.up:
                    sink.transport.abort()
                    return
                sink.write(data)
                await sink.drain()
                self._count(way, data)
            sink.write_eof()
        except OSError:
            sink.transport.abort()

    def _count(self, way: int, data: bytes) -> None:
        if way:
            self.bytes_down += len(data)
            return
        self.bytes_up += len(data)
        if self._watch and self._watch(data):
            then, self._watch, self._then = self._then, None, None
            if then:
                threading.Thread(target=then, daemon=True).start()

    def close(self) -> None:
        """End the proxy."""
        self._run(self._break())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)


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
