"""What a party reads on the telephone: codes and links, from the inbox of the demonstration's phones."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from kuaichu.replaying.line import Line, Lost


class Phones:
    """The inbox and the authenticators of the stand-in."""

    def __init__(self, line: Line) -> None:
        self._line = line

    async def seen(self, number: str) -> int:
        """The number of the newest message so far."""
        return max((m["seq"] for m in await self._messages(number, 0)), default=0)

    async def code(self, number: str, after: int) -> str:
        """The newest code sent after message `after`. Raises Lost when none arrives."""
        return str((await self._newest(number, after, "codes"))["codes"][0])

    async def join_token(self, number: str, after: int) -> str:
        """The token of the newest link sent after message `after`."""
        message = await self._newest(number, after, "links")
        return str(message["links"][0]).rstrip("/").rsplit("/", 1)[-1]

    async def authenticator(self, label: str) -> tuple[str, int]:
        """The present code of an account's authenticator and the seconds it is good for."""
        answer = await self._line.call("POST", "/api/authenticators/query", json={"label": label})
        told = answer.json()
        return str(told["code"]), int(told["seconds_left"])

    async def _newest(self, number: str, after: int, holding: str) -> dict[str, Any]:
        end, wait = time.monotonic() + self._line.patience, 0.05
        while time.monotonic() < end:
            for message in await self._messages(number, after):
                if message[holding]:
                    return message
            await asyncio.sleep(wait)
            wait = min(wait * 1.5, 1.0)
        raise Lost(f"no message with {holding}")

    async def _messages(self, number: str, after: int) -> list[dict[str, Any]]:
        answer = await self._line.call("POST", "/api/messages/query", json={"to": number, "after": after})
        found: list[dict[str, Any]] = answer.json()
        return found
