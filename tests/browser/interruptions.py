"""What goes wrong at the roadside, on purpose: a weak line, a cut one.

`Line` is a TCP proxy in front of a server: it delays, narrows, loses and cuts; phones are in `phones.py`.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import threading
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

SEGMENT = 1460
WINDOW = 32
"""Packets on their way at once in one direction of a connection: more than 400 kbit/s and 400 ms fill."""


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

    def arrival(self, size: int, weather: Weather, roll: random.Random, after: float = 0.0) -> float:
        """When this many bytes arrive; a lost packet is sent again after a time-out of TCP.

        `after`: when the bytes before them arrive, which they cannot overtake.
        """
        now = time.monotonic()
        if weather.bits:
            self.free_at = max(self.free_at, now) + size * 8 / weather.bits
        arrival = max(self.free_at, now) + weather.round_trip / 2
        while weather.loss and roll.random() < weather.loss:
            arrival += weather.round_trip + 0.2
        return max(arrival, after)


async def _until(moment: float) -> None:
    await asyncio.sleep(max(0.0, moment - time.monotonic()))


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

    async def _end(self) -> None:
        await self._break()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for one in others:
            one.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.CancelledError):  # the end of the proxy
            await self._carry(reader, writer)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self.up:
            writer.transport.abort()
            return
        try:
            await _until(self._ways[0].arrival(60, self.weather, self._roll))
            await _until(self._ways[1].arrival(60, self.weather, self._roll))
            inner, outer = await asyncio.open_connection(*self._target)
        except OSError:
            writer.transport.abort()
            return
        self._open |= {writer, outer}
        await asyncio.gather(self._pump(reader, outer, 0), self._pump(inner, writer, 1))
        self._open -= {writer, outer}
        for one in (writer, outer):
            one.close()

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, way: int) -> None:
        """Carry one direction; packets are on their way together, up to a window."""
        flying: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(WINDOW)
        landing = asyncio.ensure_future(self._land(flying, sink, way))
        latest = 0.0
        try:
            while data := await source.read(SEGMENT if self.weather.bits else 1 << 16):
                latest = self._ways[way].arrival(len(data), self.weather, self._roll, latest)
                await flying.put((latest, data))
        except OSError:
            sink.transport.abort()
        await flying.put((latest, b""))
        await landing

    async def _land(
        self, flying: asyncio.Queue[tuple[float, bytes]], sink: asyncio.StreamWriter, way: int
    ) -> None:
        alive = True
        while (packet := await flying.get())[1]:
            arrival, data = packet
            await _until(arrival)
            if not (alive := alive and self.up):
                sink.transport.abort()
                continue
            try:
                sink.write(data)
                await sink.drain()
            except OSError:
                alive = False
            self._count(way, data)
        if alive:
            with contextlib.suppress(OSError):
                sink.write_eof()

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
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
