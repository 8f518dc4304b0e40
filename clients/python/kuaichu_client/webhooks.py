"""Checking what the city tells (Standard Webhooks): HMAC-SHA256 over `{id}.{timestamp}.{body}`."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import secrets as random
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

TOLERANCE = 300
"""Seconds by which a message may be older or younger than the own clock."""
PREFIX = "whsec_"


class NotGenuine(Exception):
    """The message is unsigned, wrongly signed, or too old; the text says which. Answer 401."""


@dataclass(frozen=True)
class Message:
    """What the city told. The same `id` may come again: then it was done already."""

    id: str
    type: str
    at: datetime
    data: dict[str, Any]

    @property
    def claim_id(self) -> str:
        """The claim it is about."""
        return str(self.data.get("claim_id", ""))

    @property
    def sequence(self) -> int | None:
        """The number of the same event in the feed, where the feed tells it too."""
        found = self.data.get("sequence")
        return found if isinstance(found, int) else None


def new_secret() -> str:
    """A secret to sign with: `whsec_` and 32 random bytes in base64."""
    return PREFIX + base64.b64encode(random.token_bytes(32)).decode()


def sign(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """The signature `v1,…` of a message. Raises ValueError for a secret that is none."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        raise ValueError("a webhook secret is whsec_ and base64") from None
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def verify(
    secrets: str | Iterable[str], headers: Mapping[str, str], body: bytes, *, now: float | None = None
) -> Message:
    """The message, if one of its signatures was made with one of these secrets. Raises NotGenuine."""
    told = {name.lower(): value for name, value in headers.items()}
    message_id, stamp = told.get("webhook-id", ""), told.get("webhook-timestamp", "")
    if not message_id or not (stamp.isascii() and stamp.isdigit()):
        raise NotGenuine("webhook-id or webhook-timestamp is missing")
    if abs((time.time() if now is None else now) - int(stamp)) > TOLERANCE:
        raise NotGenuine("the message is more than five minutes old, or from the future")
    known = [secrets] if isinstance(secrets, str) else list(secrets)
    wanted = [sign(secret, message_id, int(stamp), body).encode() for secret in known]
    offered = told.get("webhook-signature", "").encode().split()
    if not any(hmac.compare_digest(own, one) for own in wanted for one in offered):
        raise NotGenuine("no signature fits")
    return _message(message_id, body)


def _message(message_id: str, body: bytes) -> Message:
    try:
        told = json.loads(body)
        at = datetime.fromisoformat(told["timestamp"])
        return Message(message_id, str(told["type"]), at, dict(told["data"]))
    except (ValueError, KeyError, TypeError):
        raise NotGenuine("the body is no message") from None
