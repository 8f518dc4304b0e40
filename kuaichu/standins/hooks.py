"""Checking a Standard Webhooks delivery: HMAC-SHA256 over `{id}.{timestamp}.{body}`, under 5 minutes old."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping

TOLERANCE = 300


class NotGenuine(Exception):
    """The delivery is unsigned, wrongly signed or stale; the text says which."""


def key_of(secret: str) -> bytes:
    """The key of a `whsec_<base64>` secret. Raises ValueError when it is none."""
    try:
        return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except binascii.Error:
        raise ValueError("a webhook secret is whsec_ and base64") from None


def sign(key: bytes, identifier: str, timestamp: int, body: bytes) -> str:
    """The `v1,<base64>` signature of a delivery."""
    signed = f"{identifier}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def check(key: bytes, headers: Mapping[str, str], body: bytes, at: float) -> str:
    """The delivery's id. `headers` have lower-case names. Raises NotGenuine."""
    identifier = headers.get("webhook-id", "")
    stamp = headers.get("webhook-timestamp", "")
    if not identifier or not (stamp.isascii() and stamp.isdigit()):
        raise NotGenuine("webhook-id or webhook-timestamp is missing")
    if abs(at - int(stamp)) > TOLERANCE:
        raise NotGenuine("the delivery is more than five minutes old, or from the future")
    wanted = sign(key, identifier, int(stamp), body).encode()
    offered = headers.get("webhook-signature", "").encode().split()
    if not any(hmac.compare_digest(wanted, one) for one in offered):
        raise NotGenuine("no signature fits")
    return identifier
