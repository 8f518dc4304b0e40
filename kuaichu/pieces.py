"""Long uploads in pieces (tus PATCH): handed to Django bit by bit while they arrive.

A client may send a whole file as one request. Each quarter of a megabyte is answered by Django as a request
of its own before the next is read, so that nothing large is held, no thread waits for a slow phone, and what
had arrived when the line broke or the server died is on disk.
"""

from __future__ import annotations

import tempfile
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

PIECE = 256 * 1024
TYPE = b"application/offset+octet-stream"
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Answer = tuple[int, list[tuple[bytes, bytes]], bytes]
Ask = Callable[[Any, int, int], Awaitable[Answer]]
NO_CONTENT = 204


def offset_of(scope: MutableMapping[str, Any]) -> int | None:
    """Where a request that may be cut into pieces begins; None for every other request.

    A piece with a checksum stays whole: nothing of it counts before all of it is known to be right.
    """
    if scope["method"] != "PATCH":
        return None
    headers = dict(scope["headers"])
    offset = headers.get(b"upload-offset", b"")
    fits = headers.get(b"content-type") == TYPE and b"upload-checksum" not in headers
    return int(offset) if fits and len(offset) <= 15 and offset.isdigit() else None


async def handed_on(receive: Receive, offset: int, ask: Ask) -> Answer | None:
    """The answer to a request that is read in pieces; `ask(body, length, offset)` answers one of them.

    None when the sender went away: then nobody is there to hear an answer.
    """
    more = True
    while True:
        with tempfile.SpooledTemporaryFile(max_size=PIECE) as body:
            length, more, there = await _fill(receive, body)
            body.seek(0)
            if not there and not length:
                return None
            status, headers, text = await ask(body, length, offset)
        if not there:
            return None
        if not more:
            return status, headers, text
        if status != NO_CONTENT:  # the rest is not read any more
            return status, [*headers, (b"connection", b"close")], text
        offset += length


async def _fill(receive: Receive, body: Any) -> tuple[int, bool, bool]:
    """Read about one piece: its length, whether more follows, whether the sender is still there."""
    length = 0
    while length < PIECE:
        message = await receive()
        if message["type"] == "http.disconnect":
            return length, False, False
        chunk = message.get("body", b"")
        body.write(chunk)
        length += len(chunk)
        if not message.get("more_body", False):
            return length, False, True
    return length, True, True
