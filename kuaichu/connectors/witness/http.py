"""Witnesses over HTTP by C2SP tlog-witness: `POST /add-checkpoint`, and `GET /key` for name and public key.

`urls` in the city's file lists their addresses, separated by blanks.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import httpx

from kuaichu.desks.documents.ports import WitnessBehind
from kuaichu.kernel.refusals import Upstream


class Behind(Exception):
    """The witness has another size than was said; `size` is what it has."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


@dataclass(frozen=True, slots=True)
class Identity:
    """A witness's name and raw Ed25519 public key."""

    name: str
    public: bytes


class Witness:
    """One witness."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._http = httpx.Client(timeout=httpx.Timeout(5.0, connect=2.0), trust_env=False)

    def identity(self) -> Identity:
        """Who it is. Raises Upstream."""
        answer = self._get("/key")
        name, _, key = answer.strip().partition(" ")
        try:
            public = base64.b64decode(key, validate=True)
        except (binascii.Error, ValueError):
            public = b""
        if not name or len(public) != 32:
            raise Upstream("The witness does not say who it is.", code="witness_unreadable")
        return Identity(name, public)

    def add(self, old: int, proof: Sequence[bytes], note: str, key: bytes) -> str:
        """Its signature lines for `note`, whose tree extends the one of `old` leaves by `proof`.

        `key` is the log's raw public key, which a witness that meets the log for the first time keeps.

        Raises WitnessBehind when it has another size, Upstream when it does not answer or refuses.
        """
        lines = [f"old {old}", *(base64.b64encode(node).decode() for node in proof), "", note]
        told, body = {"X-Log-Key": base64.b64encode(key).decode()}, "\n".join(lines).encode()
        try:
            answer = self._http.post(self.url + "/add-checkpoint", content=body, headers=told)
        except httpx.HTTPError as error:
            raise Upstream("A witness of the log does not answer.", code="witness_unreachable") from error
        if answer.status_code == 409 and answer.text.strip().isdigit():
            raise WitnessBehind(int(answer.text.strip()))
        if answer.status_code != 200:
            raise Upstream("A witness of the log refuses.", code=f"witness_{answer.status_code}", retry=False)
        return answer.text

    def _get(self, path: str) -> str:
        try:
            answer = self._http.get(self.url + path)
        except httpx.HTTPError as error:
            raise Upstream("A witness of the log does not answer.", code="witness_unreachable") from error
        if answer.status_code != 200:
            raise Upstream("A witness of the log refuses.", code=f"witness_{answer.status_code}")
        return answer.text


def connect(config: Mapping[str, str]) -> list[Witness]:
    """The witnesses at `config["urls"]`."""
    return [Witness(url) for url in config["urls"].split()]
