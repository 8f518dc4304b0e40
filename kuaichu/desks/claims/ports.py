"""What the claims desk needs from outside."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol


class PaymentState(Protocol):
    """What the payout rail knows of one payment: `status` is accepted, settled or rejected."""

    key: str
    status: str
    receipt: str
    amount_fen: int


class PayoutRail(Protocol):
    """Moves money. A key is paid at most once, however often it is called. Raises Upstream."""

    def pay(
        self, key: str, amount_fen: int, payee: dict[str, Any], payer: str, reference: str
    ) -> PaymentState:
        """Pay `amount_fen` to `payee` from `payer` under our `key`."""
        ...

    def look(self, key: str) -> PaymentState | None:
        """What became of `key`; None if the rail never heard of it."""
        ...

    def statement(self, day: date) -> list[PaymentState]:
        """Every payment that was settled on this day (China time)."""
        ...
