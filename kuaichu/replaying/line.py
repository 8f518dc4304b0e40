"""One connection to the system: every call is repeated until it is answered, with the same key and body.

That a server is killed in between shows only as an interruption: the calls are idempotent by their keys.
"""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field
from typing import Any

import httpx

AGAIN = frozenset({502, 503, 504})
RUNNING = "in_progress"


class Refused(Exception):
    """The system said no: its status, code and fields."""

    def __init__(self, status: int, code: str, fields: dict[str, Any], what: str) -> None:
        super().__init__(f"{what}: {status} {code} {sorted(fields)}")
        self.status, self.code, self.fields, self.what = status, code, fields, what


class Lost(Exception):
    """No answer within the patience of a caller."""


@dataclass
class Count:
    """What a replay asked of the system."""

    requests: int = 0
    interruptions: int = 0
    errors: int = 0
    milliseconds: list[float] = field(default_factory=list)


class Line:
    """Calls below `base`. `patience` in seconds until a call is given up."""

    def __init__(self, base: str, count: Count, patience: float = 180, connections: int = 32) -> None:
        limits = httpx.Limits(
            max_connections=connections, max_keepalive_connections=connections, keepalive_expiry=8
        )
        self.http = httpx.AsyncClient(base_url=base, trust_env=False, timeout=30, limits=limits)
        self.count, self.patience = count, patience

    async def call(
        self, method: str, path: str, *, what: str = "", headers: dict[str, str] | None = None, **body: Any
    ) -> httpx.Response:
        """The answer, 2xx or 3xx. Raises Refused for 4xx, Lost after the patience has run out."""
        end, wait = time.monotonic() + self.patience, 0.1
        while True:
            answer = await self._once(method, path, headers or {}, body)
            if answer is not None and answer.status_code < 400:
                return answer
            if answer is not None and not _worth_repeating(answer):
                self.count.errors += answer.status_code >= 500
                raise _refusal(answer, what or f"{method} {path.rsplit('/', 1)[-1]}")
            if time.monotonic() > end:
                raise Lost(what or path.rsplit("/", 1)[-1])
            await asyncio.sleep(wait * random.uniform(0.7, 1.3))
            wait = min(wait * 1.7, 3.0)

    async def _once(
        self, method: str, path: str, headers: dict[str, str], body: dict[str, Any]
    ) -> httpx.Response | None:
        self.count.requests += 1
        started = time.perf_counter()
        try:
            answer = await self.http.request(method, path, headers=headers, **body)
        except httpx.TransportError:
            self.count.interruptions += 1
            return None
        self.count.milliseconds.append((time.perf_counter() - started) * 1000)
        return answer

    async def close(self) -> None:
        """Give the connections back."""
        await self.http.aclose()


def _worth_repeating(answer: httpx.Response) -> bool:
    if answer.status_code in AGAIN:
        return True
    return answer.status_code == 409 and _problem(answer).get("code") == RUNNING


def _problem(answer: httpx.Response) -> dict[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _refusal(answer: httpx.Response, what: str) -> Refused:
    told = _problem(answer)
    return Refused(answer.status_code, str(told.get("code", "")), dict(told.get("fields") or {}), what)
