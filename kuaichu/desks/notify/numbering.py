"""The numbers of a receiver's feed: 1, 2, 3 … without a gap, in the order in which events became visible.

An event's number is given when its transaction has ended and never changes, so a reader who keeps the last
number misses nothing, whichever transaction ended first. That a number is missing is a gap, and is seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid5

from kuaichu.desks.notify.models import Numbered
from kuaichu.kernel.locks import locked

_SPACE = UUID("5c1f7a52-0a83-4d0e-9a39-0b8a3e1c6a77")


def number(city: str, receiver: str, entries: Sequence[UUID]) -> None:
    """Give those of these journal entries that have none the next numbers, in this order."""
    with locked(uuid5(_SPACE, f"{city}/{receiver}")):
        rows = Numbered.objects.filter(city=city, receiver=receiver)
        known = set(rows.filter(entry_id__in=entries).values_list("entry_id", flat=True))
        fresh = [one for one in entries if one not in known]
        last = rows.order_by("-sequence").values_list("sequence", flat=True).first() or 0
        made = [
            Numbered(city=city, receiver=receiver, sequence=n, entry_id=entry_id)
            for n, entry_id in enumerate(fresh, start=last + 1)
        ]
        Numbered.objects.bulk_create(made)


def numbered(city: str, receiver: str, after: int, limit: int) -> list[tuple[int, UUID]]:
    """Numbers and entries that follow `after`, at most `limit`."""
    rows = Numbered.objects.filter(city=city, receiver=receiver, sequence__gt=after)
    return list(rows.order_by("sequence").values_list("sequence", "entry_id")[:limit])


def number_of(city: str, receiver: str, entry_id: UUID) -> int | None:
    """The number of one entry in this receiver's feed, if it has one."""
    rows = Numbered.objects.filter(city=city, receiver=receiver, entry_id=entry_id)
    return rows.values_list("sequence", flat=True).first()


def newest(city: str, receiver: str) -> tuple[int, UUID | None]:
    """The last number given (0: none yet), and the youngest entry that has one."""
    rows = Numbered.objects.filter(city=city, receiver=receiver)
    last = rows.order_by("-sequence").values_list("sequence", flat=True).first() or 0
    return last, rows.order_by("-entry_id").values_list("entry_id", flat=True).first()
