"""One call that reaches the city once: token, idempotency key, retries, problems."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx

AGAIN = frozenset({429, 502, 503, 504})
RUNNING = "in_progress"
LONGEST_PAUSE = 10.0


class Lost(Exception):
    """No answer within the patience: nobody knows whether it was done. Call again with the same key."""


class Problem(Exception):
    """The city said no (RFC 9457): `status`, stable `code`, `title` in words, `fields` not usable."""

    def __init__(self, status: int, code: str, title: str, fields: Mapping[str, str]) -> None:
        super().__init__(f"{status} {code}: {title}" + (f" {dict(fields)}" if fields else ""))
        self.status, self.code, self.title, self.fields = status, code, title, dict(fields)


def problem_of(answer: httpx.Response) -> Problem:
    """The problem document of an answer, or the best that can be made of another body."""
    try:
        told = answer.json()
        told = told if isinstance(told, dict) else {}
    except ValueError:
        told = {}
    code = str(told.get("code") or told.get("error") or "unknown")
    title = str(told.get("title") or told.get("error_description") or answer.reason_phrase)
    return Problem(answer.status_code, code, title, dict(told.get("fields") or {}))


class Calls:
    """Calls below `base` with a token of the client; used by one thread."""

    def __init__(
        self,
        base: str,
        client_id: str,
        client_secret: str,
        *,
        patience: float,
        certificate: tuple[str, str] | None,
        transport: httpx.BaseTransport | None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.base = httpx.URL(base.rstrip("/"))
        self._secret = (client_id, client_secret)
        self._patience, self._sleep = patience, sleep
        self.http = httpx.Client(
            base_url=self.base, timeout=30, cert=certificate, transport=transport, trust_env=False
        )
        self._token, self._token_until = "", 0.0

    def call(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, **more: Any
    ) -> httpx.Response:
        """The answer, 2xx or 304. Raises Problem, or Lost after the patience has run out."""
        end, pause, renewed = time.monotonic() + self._patience, 0.2, False
        while True:
            answer = self._once(method, path, dict(headers or {}), more)
            if answer is not None:
                if answer.is_success or answer.status_code == 304:
                    return answer
                if answer.status_code == 401 and not renewed:  # run out, or withdrawn
                    self._token, renewed = "", True
                    continue
                if not _worth_repeating(answer):
                    raise problem_of(answer)
            wait = _told_to_wait(answer) or pause * random.uniform(0.5, 1.5)
            if time.monotonic() + wait > end:
                if answer is not None:
                    raise problem_of(answer)
                raise Lost(f"{method} {path}")
            self._sleep(wait)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _once(
        self, method: str, path: str, headers: dict[str, str], more: dict[str, Any]
    ) -> httpx.Response | None:
        try:
            headers["Authorization"] = f"Bearer {self._bearer()}"
            return self.http.request(method, path, headers=headers, **more)
        except httpx.TransportError:
            return None

    def _bearer(self) -> str:
        if not self._token or time.monotonic() >= self._token_until:
            form = {"grant_type": "client_credentials", "scope": "claims"}
            answer = self.http.post("/oauth/token", data=form, auth=self._secret)
            if not answer.is_success:
                if answer.status_code in AGAIN:
                    raise httpx.TransportError(f"no token: {answer.status_code}")
                raise problem_of(answer)
            told = answer.json()
            self._token = str(told["access_token"])
            self._token_until = time.monotonic() + float(told.get("expires_in", 300)) * 0.9
        return self._token

    def path_of(self, url: str) -> str:
        """The path of an address of the city. Raises ValueError for another host: it gets no token."""
        there = self.base.join(url)
        if (there.scheme, there.netloc) != (self.base.scheme, self.base.netloc):
            raise ValueError("this address is on another host")
        return there.raw_path.decode()

    def bearer_headers(self) -> dict[str, str]:
        """The header that shows the token, for a call that is streamed."""
        return {"Authorization": f"Bearer {self._bearer()}"}


def _worth_repeating(answer: httpx.Response) -> bool:
    if answer.status_code in AGAIN:
        return True
    return answer.status_code == 409 and problem_of(answer).code == RUNNING


def _told_to_wait(answer: httpx.Response | None) -> float:
    told = answer.headers.get("Retry-After", "") if answer is not None else ""
    return float(told) if told.isascii() and told.isdigit() else 0.0
