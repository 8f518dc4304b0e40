"""Adapters to the systems around Kuaichu, found by name from the city's TOML; nobody imports them.

`connectors/<port>/<name>.py` has `connect(config) -> <the port's implementation>`. What is common to those
that speak HTTP is here: one open client, time limits, and `Upstream` for every failure of the other side.
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from typing import Any

import httpx

from kuaichu.kernel.refusals import Upstream

_TRY_AGAIN = frozenset({408, 425, 429})


class OtherSide:
    """A partner's HTTP interface.

    `config`: `base_url`, and optionally `timeout_seconds` (10), `token` (sent as bearer), `ca_file` (PEM) and
    `proxy`. `unreachable` and `refused` are the translatable sentences that the refusals carry; neither they
    nor the addresses ever hold personal data.
    """

    def __init__(self, config: Mapping[str, str], *, unreachable: Any, refused: Any) -> None:
        token = config.get("token")
        self._unreachable, self._refused = unreachable, refused
        self._client = httpx.Client(
            base_url=config["base_url"],
            timeout=httpx.Timeout(float(config.get("timeout_seconds", "10")), connect=3),
            headers={"Authorization": f"Bearer {token}"} if token else {},
            verify=ssl.create_default_context(cafile=config.get("ca_file")),
            proxy=config.get("proxy"),
            trust_env=False,
        )

    def call(self, method: str, path: str, body: object = None, *, missing_ok: bool = False) -> Any:
        """The JSON answer of one call; None for a 404 when `missing_ok`.

        Raises `Upstream`: with `retry` when trying the same again can help (no answer, a broken answer, 5xx,
        408, 425, 429), without when the other side has refused (any other answer but 2xx).
        """
        try:
            answer = self._client.request(method, path, json=body)
        except httpx.HTTPError as lost:
            raise Upstream(self._unreachable, code="upstream_lost") from lost
        if missing_ok and answer.status_code == httpx.codes.NOT_FOUND:
            return None
        if not answer.is_success:
            retry = answer.is_server_error or answer.status_code in _TRY_AGAIN
            raise Upstream(self._unreachable if retry else self._refused, retry=retry)
        try:
            return answer.json()
        except ValueError as broken:
            raise Upstream(self._unreachable, code="upstream_broken") from broken

    def broken(self) -> Upstream:
        """The refusal for an answer that is not of the agreed shape."""
        return Upstream(self._unreachable, code="upstream_broken")

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()
