"""The city's side of the insurer API, as small as the contract: tokens, packet, files, idempotent writes."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from typing import Any
from urllib.parse import parse_qs

import httpx

from kuaichu.standins.hooks import key_of, sign
from kuaichu.standins.serving import Refused, Reply, Request, Site, reply

SECRET = "whsec_" + base64.b64encode(b"a key of the city, 32 bytes long").decode()
PDF = b"%PDF-1.7 a certificate"
PHOTO = b"\xff\xd8\xff a photograph"
CLAIM = "0190f0f0-0000-7000-8000-000000000001"


class City:
    """Keeps every write it took, by idempotency key, and everything it was told."""

    def __init__(self) -> None:
        self.taken: dict[str, tuple[str, str, dict[str, Any]]] = {}
        self.told: list[tuple[str, str]] = []
        self.tokens = 0
        self.failing = 0  # the next n writes answer 503
        self.refusing = False
        self.packet: dict[str, Any] = {
            "claim_id": CLAIM,
            "case_number": "KC-1",
            "documents": [{"kind": "certificate", "url": "/files/paper", "sha256": _sha256(PDF)}],
            "photos": [{"url": "/files/photo", "sha256": _sha256(PHOTO)}],
            "assess": [
                {"vehicle_id": "v1", "plate": "苏JA1234", "zones": ["REAR"]},
                {"vehicle_id": "v2", "plate": "苏JB5678", "zones": ["FRONT", "FRONT_LEFT"]},
            ],
        }
        self._lock = threading.Lock()

    def site(self) -> Site:
        site = Site("city")
        base = "/api/insurer/v1/claims/{claim}"
        site.on("POST", "/oauth/token", self._token)
        site.on("GET", base, lambda r: self._guarded(r) or reply(self.packet))
        site.on("GET", "/files/{name}", lambda r: self._guarded(r) or _file(r))
        for method, path in (
            ("PUT", "/acknowledgement"),
            ("PUT", "/assessments/{vehicle}"),
            ("POST", "/approval"),
        ):
            site.on(method, base + path, self._write)
        return site

    def writes(self, what: str) -> list[dict[str, Any]]:
        """The bodies of the writes taken whose address ends in, or holds, `what`; in order."""
        return [body for _, path, body in self.taken.values() if what in path]

    def _token(self, request: Request) -> Reply:
        wanted = "Basic " + base64.b64encode(b"huaihai:pass word").decode()
        form = parse_qs(request.content.decode())
        if request.headers.get("authorization") != wanted or form.get("grant_type") != ["client_credentials"]:
            raise Refused(401, "unknown client")
        self.tokens += 1
        return reply({"access_token": f"t{self.tokens}", "expires_in": 3600, "token_type": "Bearer"})

    def _guarded(self, request: Request) -> None:
        if request.headers.get("authorization") != f"Bearer t{self.tokens}":
            raise Refused(401, "no valid token")

    def _write(self, request: Request) -> Reply:
        self._guarded(request)
        key = request.headers["idempotency-key"]
        with self._lock:
            self.told.append((key, request.path))
            if self.refusing:
                raise Refused(403, "not yours")
            if self.failing:
                self.failing -= 1
                raise Refused(503, "later")
            new = (request.method, request.path, request.body())
            if self.taken.setdefault(key, new) != new:
                raise Refused(422, "another request had this key")
        return reply({"ok": True})


def tell(base: str, kind: str, *, identifier: str, at: float | None = None, **data: Any) -> httpx.Response:
    """Send one signed event to an insurer."""
    body = json.dumps({"type": kind, "timestamp": "2026-11-22T00:00:00Z", "data": data}).encode()
    stamp = int(time.time() if at is None else at)
    headers = {
        "webhook-id": identifier,
        "webhook-timestamp": str(stamp),
        "webhook-signature": sign(key_of(SECRET), identifier, stamp, body),
        "content-type": "application/json",
    }
    return httpx.post(base + "/hooks", content=body, headers=headers, trust_env=False)


def _file(request: Request) -> Reply:
    content = {"paper": PDF, "photo": PHOTO}[request.named["name"]]
    return Reply(200, content, "application/octet-stream")


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
