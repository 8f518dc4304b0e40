"""Bodies that pass through the server whole: in before a thread is taken, out when it is given back."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import IO, Any

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

MOST_BODY = 16 * 1024 * 1024
MOST_HELD = 512 * 1024
PART = 256 * 1024


async def taken(receive: Receive, body: Any) -> int | None:
    """The body's length; -1 when it is too large, None when the sender went away before its end."""
    length = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        chunk = message.get("body", b"")
        length += len(chunk)
        if length > MOST_BODY:
            return -1
        body.write(chunk)
        if not message.get("more_body", False):
            return length


def joined(result: Iterable[bytes]) -> bytes:
    """An answer's bytes."""
    return b"".join(result)


def kept(result: Iterable[bytes]) -> bytes | IO[bytes]:
    """An answer's bytes; of one that is made while it is read, however large, a file: memory stays bounded,
    and a slow reader holds no thread.
    """
    if not getattr(result, "streaming", False):
        return joined(result)
    file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=MOST_HELD)  # noqa: SIM115 - closed where it is sent
    for chunk in result:
        file.write(chunk)
    return file


async def in_parts(send: Send, file: IO[bytes], *, head: bool) -> None:
    """Send a file part by part, each when the one before has left."""
    file.seek(0, os.SEEK_END if head else os.SEEK_SET)
    while part := await asyncio.to_thread(file.read, PART):
        await send({"type": "http.response.body", "body": part, "more_body": True})
    await send({"type": "http.response.body", "body": b""})
