"""A text-message gateway over HTTP: `POST /messages {to, text, key}`, delivered once by its key."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from kuaichu.connectors import OtherSide


class Gateway:
    """Sends text messages."""

    def __init__(self, side: OtherSide) -> None:
        self._side = side

    def send(self, to: str, text: str, key: str) -> str:
        """Send `text` to a mobile number, once for each `key`; the gateway's receipt. Raises Upstream."""
        answer = self._side.call("POST", "/messages", {"to": to, "text": text, "key": key})
        if not isinstance(answer, dict) or not isinstance(answer.get("receipt"), str):
            raise self._side.broken()
        return str(answer["receipt"])

    def close(self) -> None:
        """Give the connections back."""
        self._side.close()


def connect(config: Mapping[str, str]) -> Gateway:
    """The gateway at `config["base_url"]`; further keys: see `OtherSide`."""
    return Gateway(
        OtherSide(
            config,
            unreachable=_("The text message could not be sent just now. It will be tried again."),
            refused=_("The text message was not accepted. Please check the telephone number."),
        )
    )
