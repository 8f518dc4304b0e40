"""Adapters to the systems around Kuaichu, found by name from the city's TOML; nobody imports them.

`connectors/<port>/<name>.py` has `connect(config) -> <the port's implementation>`. What is common to those
that speak HTTP is here: one open client, time limits, and `Upstream` for every failure of the other side.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import urllib3

from kuaichu.kernel.refusals import Upstream

_TRY_AGAIN = frozenset({408, 425, 429})
_KEPT_OPEN = 16
_CONNECT_SECONDS = 3.0


class OtherSide:
    """A partner's HTTP interface.

    `config`: `base_url`, and optionally `timeout_seconds` (10), `token` (sent as bearer), `ca_file` (PEM) and
    `proxy`. `unreachable` and `refused` are the translatable sentences that the refusals carry; neither they
    nor the addresses ever hold personal data.
    """

    def __init__(self, config: Mapping[str, str], *, unreachable: Any, refused: Any) -> None:
        self._unreachable, self._refused = unreachable, refused
        self._base = config["base_url"].rstrip("/")
        self._headers = {"Accept": "application/json"}
        if token := config.get("token"):
            self._headers["Authorization"] = f"Bearer {token}"
        self._pool = _pool(config)

    def call(self, method: str, path: str, body: object = None, *, missing_ok: bool = False) -> Any:
        """The JSON answer of one call; None for a 404 when `missing_ok`.

        Raises `Upstream`: with `retry` when trying the same again can help (no answer, a broken answer, 5xx,
        408, 425, 429), without when the other side has refused (any other answer but 2xx).
        """
        status, content = self._send(method, path, body)
        if missing_ok and status == HTTPStatus.NOT_FOUND:
            return None
        if not 200 <= status < 300:
            retry = status >= 500 or status in _TRY_AGAIN
            raise Upstream(self._unreachable if retry else self._refused, retry=retry)
        try:
            return json.loads(content)
        except ValueError as broken:
            raise Upstream(self._unreachable, code="upstream_broken") from broken

    def _send(self, method: str, path: str, body: object) -> tuple[int, bytes]:
        headers, sent = self._headers, None
        if body is not None:
            headers = {**headers, "Content-Type": "application/json"}
            sent = json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
        try:
            answer = self._pool.request(
                method, self._base + path, body=sent, headers=headers, redirect=False, retries=False
            )
        except urllib3.exceptions.HTTPError as lost:
            raise Upstream(self._unreachable, code="upstream_lost") from lost
        return answer.status, answer.data

    def broken(self) -> Upstream:
        """The refusal for an answer that is not of the agreed shape."""
        return Upstream(self._unreachable, code="upstream_broken")

    def close(self) -> None:
        """Give the connections back."""
        self._pool.clear()


def _pool(config: Mapping[str, str]) -> urllib3.PoolManager:
    """Connections kept open; the environment's proxies are not used, only a configured one."""
    seconds = float(config.get("timeout_seconds", "10"))
    timeout = urllib3.Timeout(connect=_CONNECT_SECONDS, read=seconds)
    tls = ssl.create_default_context(cafile=config.get("ca_file"))
    if proxy := config.get("proxy"):
        return urllib3.ProxyManager(proxy, timeout=timeout, maxsize=_KEPT_OPEN, ssl_context=tls)
    return urllib3.PoolManager(timeout=timeout, maxsize=_KEPT_OPEN, ssl_context=tls)
