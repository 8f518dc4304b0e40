"""Small lots: which cases are decided blind, which rulings are judged again.

A keyed hash of the id of the row: nobody chooses, no officer knows beforehand, and whoever keeps the secret
of the installation can draw it again.
"""

from __future__ import annotations

import hmac
from uuid import UUID

from django.conf import settings

from kuaichu.desks.liability.models import Determination, Opinion
from kuaichu.desks.liability.rules import rules


def drawn(determination_id: UUID, percent: int, salt: str) -> bool:
    """Whether the lot falls on this one: `percent` of all, the same whoever draws it again."""
    digest = hmac.digest(settings.SECRET_KEY.encode(), f"{salt}/{determination_id}".encode(), "sha256")
    return int.from_bytes(digest[:8], "big") * 100 < percent << 64


def is_blind(row: Determination) -> bool:
    """Whether the engine's proposal is still hidden from the officer who holds this case."""
    if not drawn(row.pk, rules(row.city).blind_percent, f"blind/{row.city}"):
        return False
    return not Opinion.objects.filter(determination=row, source="officer").exists()
