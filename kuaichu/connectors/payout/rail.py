"""A payout rail over HTTP: `PUT /payments/{key}`, paid once by its key, and `GET /payments/{key}`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext_lazy as _

from kuaichu.connectors import OtherSide

_STATUSES = frozenset({"accepted", "settled", "rejected"})


@dataclass(frozen=True)
class PaymentState:
    """Where a payment stands: `status` is accepted, settled or rejected; times are aware UTC."""

    key: str
    status: str
    receipt: str
    amount_fen: int
    reason: str | None = None
    settled_at: datetime | None = None


class Rail:
    """Orders payments and looks after them."""

    def __init__(self, side: OtherSide) -> None:
        self._side = side

    def pay(
        self, key: str, amount_fen: int, payee: Mapping[str, str], payer: str, reference: str
    ) -> PaymentState:
        """Order a payment of whole fen to `payee` (`account`, optionally `name_masked`), once for each `key`.

        After `Upstream` with `retry` nobody knows whether it was paid: call again with the same key, or look.
        `Upstream` without `retry`: the order was refused, or the key was used for another order.
        """
        body = {
            "amount_fen": amount_fen,
            "currency": "CNY",
            "payee": dict(payee),
            "payer": payer,
            "reference": reference,
        }
        return state_of(self._side.call("PUT", _address(key), body), self._side)

    def look(self, key: str) -> PaymentState | None:
        """The payment with this key, None when the rail never heard of it. Raises Upstream."""
        answer = self._side.call("GET", _address(key), missing_ok=True)
        return None if answer is None else state_of(answer, self._side)

    def statement(self, day: date) -> list[PaymentState]:
        """Every payment that was settled on this day (China time). Raises Upstream."""
        answer = self._side.call("GET", f"/statements/{day.isoformat()}")
        try:
            return [state_of(one, self._side) for one in answer["payments"]]
        except (KeyError, TypeError):
            raise self._side.broken() from None

    def close(self) -> None:
        """Give the connections back."""
        self._side.close()


def state_of(answer: Any, side: OtherSide) -> PaymentState:
    """What the rail's answer says. Raises Upstream for another shape."""
    try:
        if answer["status"] not in _STATUSES:
            raise ValueError
        settled = answer.get("settled_at")
        return PaymentState(
            key=str(answer["key"]),
            status=answer["status"],
            receipt=str(answer["receipt"]),
            amount_fen=int(answer["amount_fen"]),
            reason=answer.get("reason"),
            settled_at=datetime.fromisoformat(settled) if settled else None,
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise side.broken() from None


def _address(key: str) -> str:
    return f"/payments/{quote(key, safe='')}"


def connect(config: Mapping[str, str]) -> Rail:
    """The rail at `config["base_url"]`; further keys: see `OtherSide`."""
    return Rail(
        OtherSide(
            config,
            unreachable=_(
                "The payment system does not answer. It will be asked again; the money goes out once."
            ),
            refused=_("The payment system did not accept this payment order."),
        )
    )
