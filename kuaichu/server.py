"""The server: an event loop that takes slow phones' uploads and live listeners, and a fixed pool of threads
that runs Django.

A request's body is spooled by the loop before a thread is taken, so that forty phones on one bar of signal
do not hold forty threads.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import os
import tempfile
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, TypeVar
from uuid import UUID

from kuaichu import pieces, spooling
from kuaichu.bridge import environ_of
from kuaichu.memory import settle

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

T = TypeVar("T")

THREADS = int(os.environ.get("KUAICHU_THREADS", "8"))
KEEP_ALIVE_SECONDS = 20.0
WORK_SECONDS = 0.5
"""Who listens to everything hears at most one ring in so long."""


class Hub:
    """Live listeners by stream. It only rings; `*` hears of every ring, at most twice a second."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[asyncio.Queue[str]]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Hear the kernel's bell from now on."""
        from kuaichu.kernel import bell

        self._loop = loop
        bell.subscribe(self._heard)
        bell.listen()

    def _heard(self, stream: UUID, seq: int) -> None:
        if self._loop is not None and self._listeners:
            self._loop.call_soon_threadsafe(self._ring, str(stream), seq)

    def _ring(self, stream: str, seq: int) -> None:
        for topic in (stream, "*"):
            for queue in self._listeners.get(topic, ()):
                if queue.qsize() < 8:
                    queue.put_nowait(f'{{"stream":"{stream if topic != "*" else ""}","seq":{seq}}}')

    @contextlib.contextmanager
    def listening(self, topic: str) -> Any:
        """A queue of rings of `topic` while the block runs."""
        queue: asyncio.Queue[str] = asyncio.Queue()
        self._listeners.setdefault(topic, set()).add(queue)
        try:
            yield queue
        finally:
            self._listeners[topic].discard(queue)
            if not self._listeners[topic]:
                del self._listeners[topic]


class Application:
    """The ASGI application: `/live/…` is answered by the hub, everything else by Django in a thread."""

    def __init__(self) -> None:
        from django.core.wsgi import get_wsgi_application

        self._wsgi = get_wsgi_application()
        self._pool = concurrent.futures.ThreadPoolExecutor(THREADS, thread_name_prefix="web")
        self.hub = Hub()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            if scope["path"].startswith("/live/") and scope["method"] == "GET":
                await self._live(scope, receive, send)
            else:
                await self._page(scope, receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self.hub.start(asyncio.get_running_loop())
                _load()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        offset = pieces.offset_of(scope)
        if offset is not None:
            await self._in_pieces(scope, receive, send, offset)
            return
        with tempfile.SpooledTemporaryFile(max_size=512 * 1024) as body:
            length = await spooling.taken(receive, body)
            if length is None:
                return
            if length < 0:
                await _plain(send, 413, b"The request is too large.")
                return
            body.seek(0)
            environ = environ_of(scope, body, length)
            loop = asyncio.get_running_loop()
            status, headers, answer = await loop.run_in_executor(
                self._pool, self._run, environ, spooling.kept
            )
        if isinstance(answer, bytes):
            await send({"type": "http.response.start", "status": status, "headers": headers})
            await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else answer})
            return
        with answer:
            if not any(name == b"content-length" for name, _value in headers):
                headers.append((b"content-length", str(answer.seek(0, os.SEEK_END)).encode()))
            await send({"type": "http.response.start", "status": status, "headers": headers})
            await spooling.in_parts(send, answer, head=scope["method"] == "HEAD")

    async def _in_pieces(self, scope: Scope, receive: Receive, send: Send, offset: int) -> None:
        async def ask(body: Any, length: int, here: int) -> pieces.Answer:
            environ = environ_of(scope, body, length) | {"HTTP_UPLOAD_OFFSET": str(here)}
            return await asyncio.get_running_loop().run_in_executor(
                self._pool, self._run, environ, spooling.joined
            )

        answer = await pieces.handed_on(receive, offset, ask)
        if answer is not None:
            await send({"type": "http.response.start", "status": answer[0], "headers": answer[1]})
            await send({"type": "http.response.body", "body": answer[2]})

    def _run(
        self, environ: dict[str, Any], keep: Callable[[Iterable[bytes]], T]
    ) -> tuple[int, list[tuple[bytes, bytes]], T]:
        started: dict[str, Any] = {}

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:  # noqa: ARG001
            started["status"] = int(status.split(" ", 1)[0])
            started["headers"] = [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in headers]
            return lambda data: None

        result: Iterable[bytes] = self._wsgi(environ, start_response)
        try:
            chunks = keep(result)
        finally:
            close = getattr(result, "close", None)
            if close is not None:
                close()
        return started["status"], started["headers"], chunks

    async def _live(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Server-sent events. Django decides who may listen to what (`portals/live.py`)."""
        with tempfile.SpooledTemporaryFile() as empty:
            environ = environ_of(scope, empty, 0)
            loop = asyncio.get_running_loop()
            status, headers, body = await loop.run_in_executor(
                self._pool, self._run, environ, spooling.joined
            )
        if status != 200:
            await send({"type": "http.response.start", "status": status, "headers": headers})
            await send({"type": "http.response.body", "body": body})
            return
        topic = body.decode()
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [
                    (b"content-type", b"text/event-stream"),
                    (b"cache-control", b"no-store"),
                    (b"x-accel-buffering", b"no"),
                ],
            }
        )
        gone = asyncio.ensure_future(_until_gone(receive))
        try:
            await self._stream(topic, send, gone)
        finally:
            gone.cancel()

    async def _stream(self, topic: str, send: Send, gone: asyncio.Future[None]) -> None:
        with self.hub.listening(topic) as queue:
            await send({"type": "http.response.body", "body": b"retry: 2000\n\n", "more_body": True})
            while not gone.done():
                try:
                    ring = await asyncio.wait_for(queue.get(), KEEP_ALIVE_SECONDS)
                    text = f"event: ring\ndata: {ring}\n\n"
                except TimeoutError:
                    text = ": still here\n\n"
                await send({"type": "http.response.body", "body": text.encode(), "more_body": True})
                if topic == "*":
                    await asyncio.sleep(WORK_SECONDS)
                    _keep_newest(queue)


def _keep_newest(queue: asyncio.Queue[str]) -> None:
    """Of what rang meanwhile only the newest ring is told: it says that there is something new, once."""
    ring = ""
    while not queue.empty():
        ring = queue.get_nowait()
    if ring:
        queue.put_nowait(ring)


def _load() -> None:
    """Load the addresses and all behind them before the first visitor comes."""
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018 - it is loaded by being asked for
    settle()


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _plain(send: Send, status: int, text: bytes) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text})


def application() -> Application:
    """Make the application (uvicorn: `kuaichu.server:application --factory`)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kuaichu.settings")
    return Application()
