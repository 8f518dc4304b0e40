"""What the notify desk needs from outside."""

from __future__ import annotations

from typing import Protocol


class SmsGateway(Protocol):
    """Sends text messages; the same key is sent once. Raises Upstream."""

    def send(self, to: str, text: str, key: str) -> str:
        """Send `text` to the mobile number `to` under our `key`; returns the gateway's receipt."""
        ...
