"""Identity cards: the code on a helper's screen that anybody can scan, good for minutes.

The code names an account and a moment, signed; nothing else is in it. A photograph of a screen shown later
is recognised by its age. What it means is read from the account as it is at that moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.core import signing

from kuaichu.kernel import clock

SALT = "kuaichu.people.card"
AHEAD = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a code says: whose card, and when the code was made (aware)."""

    account_id: UUID
    made_at: datetime

    def fresh(self, minutes: int) -> bool:
        """Whether it was made within the last `minutes`."""
        age = clock.now() - self.made_at
        return -AHEAD <= age <= timedelta(minutes=minutes)


def make(account_id: UUID) -> str:
    """The code of this account at this moment, as it stands in an address."""
    return signing.dumps([account_id.hex, int(clock.now().timestamp())], salt=SALT)


def read(token: str) -> Shown | None:
    """What the code says, however old it is; None for one that we did not make."""
    try:
        account, moment = signing.loads(token, salt=SALT)
        return Shown(UUID(account), datetime.fromtimestamp(int(moment), UTC))
    except (signing.BadSignature, ValueError, TypeError):
        return None
