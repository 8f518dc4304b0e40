"""Parties with the surname of whoever looks: a hint to ask oneself about kin (D146 Art. 105), never a bar.

Every thirteenth person is a 王, so the lot does not go by it; declared kin is left out by the declaration.
"""

from __future__ import annotations

from collections.abc import Iterable

from kuaichu.cases.models import Party
from kuaichu.kernel.actors import Actor
from kuaichu.people.masks import surname
from kuaichu.people.models import Account


def namesakes(viewer: Actor, parties: Iterable[Party]) -> list[str]:
    """The labels of these parties; empty for a viewer without a Chinese name."""
    account = Account.objects.filter(pk=viewer.id).values_list("display_name", flat=True).first()
    own = surname(account or "")
    if not own or not "一" <= own[0] <= "鿿":
        return []
    return [party.label for party in parties if surname(party.name) == own]
