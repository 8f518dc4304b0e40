"""An insurer's way to the city: OAuth 2 client credentials, then JSON calls with idempotency keys."""

from __future__ import annotations

import base64
import json
import time
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

LARGEST = 40 * 1024 * 1024


class Undelivered(Exception):
    """The call did not get through, or nobody knows whether it did: make it again with the same key."""


class Api:
    """The city's insurer API at `base`; used by one thread."""

    def __init__(self, base: str, client_id: str, client_secret: str) -> None:
        self.base = base.rstrip("/")
        self._parts = urlsplit(self.base)
        self._basic = base64.b64encode(f"{client_id}:{client_secret}".encode()).decode()
        self._connection: HTTPConnection | None = None
        self._token = ""
        self._token_until = 0.0
        self._used = 0.0

    def call(self, method: str, path: str, body: str | None = None, key: str = "") -> tuple[int, bytes]:
        """Status and body of one call below `base`. Raises Undelivered."""
        status, content = self._with_token(method, path, body, key)
        if status == 401:  # the token was withdrawn or has run out: once more with a new one
            self._token = ""
            status, content = self._with_token(method, path, body, key)
        return status, content

    def path_of(self, address: str) -> str:
        """The path of an address of the city. Raises ValueError for another host: it gets no token."""
        parts = urlsplit(urljoin(self.base + "/", address))
        if (parts.scheme, parts.netloc) != (self._parts.scheme, self._parts.netloc):
            raise ValueError("the packet points to another host")
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def close(self) -> None:
        """Drop the connection."""
        if self._connection:
            self._connection.close()
        self._connection = None

    def _with_token(self, method: str, path: str, body: str | None, key: str) -> tuple[int, bytes]:
        headers = {"Authorization": f"Bearer {self._bearer()}", "Accept": "application/json, */*"}
        if key:
            headers["Idempotency-Key"] = key
        if body is not None:
            headers["Content-Type"] = "application/json"
        return self._exchange(method, path, headers, body.encode() if body is not None else None)

    def _bearer(self) -> str:
        if self._token and time.monotonic() < self._token_until:
            return self._token
        headers = {
            "Authorization": f"Basic {self._basic}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        form = urlencode({"grant_type": "client_credentials"}).encode()
        status, content = self._exchange("POST", self.path_of(f"{self.base}/oauth/token"), headers, form)
        if status != 200:
            raise Undelivered(f"no token: HTTP {status}")
        try:
            answer: dict[str, Any] = json.loads(content)
            self._token = str(answer["access_token"])
            self._token_until = time.monotonic() + float(answer.get("expires_in", 300)) * 0.9
        except (ValueError, KeyError, TypeError):
            raise Undelivered("the token endpoint's answer cannot be read") from None
        return self._token

    def _exchange(
        self, method: str, path: str, headers: dict[str, str], body: bytes | None
    ) -> tuple[int, bytes]:
        try:
            connection = self._connected()
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            content = response.read(LARGEST + 1)
        except (OSError, HTTPException) as lost:
            self.close()
            raise Undelivered(f"{type(lost).__name__} during {method}") from lost
        if len(content) > LARGEST:
            self.close()
            raise Undelivered("an answer of more than 40 MB")
        self._used = time.monotonic()
        return response.status, content

    def _connected(self) -> HTTPConnection:
        if self._connection and time.monotonic() - self._used < 2:
            return self._connection
        self.close()  # servers close idle connections; one kept too long would fail on its next call
        kind = HTTPSConnection if self._parts.scheme == "https" else HTTPConnection
        self._connection = kind(self._parts.hostname or "", self._parts.port, timeout=20)
        return self._connection
