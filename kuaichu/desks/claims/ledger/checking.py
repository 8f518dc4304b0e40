"""Whether the ledger is whole: each money fact has its posting, each posting its fact, and all add up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from uuid import UUID

from kuaichu.desks.claims.ledger.postings import Line, digest_of
from kuaichu.desks.claims.ledger.rows import Posting, PostingLine
from kuaichu.kernel.models import Entry

CHUNK = 2000


def faults() -> Iterator[str]:
    """What is wrong with the postings of all cities (nothing: empty)."""
    told, known = _told()
    total = 0
    for posting, lines in _postings():
        total += sum(line[4] for line in lines)
        yield from (f"posting {posting.pk}: {fault}" for fault in _faults(posting, lines))
        if told.pop(posting.entry_id, posting.digest) != posting.digest or posting.entry_id not in known:
            yield f"posting {posting.pk}: the journal knows it otherwise"
    yield from (f"journal entry {entry}: its posting is missing" for entry in told)
    if total:
        yield f"trial balance: {total} fen too much on one side"


def _told() -> tuple[dict[UUID, str], set[UUID]]:
    """The digests that journal entries say they booked; and all entries of money.

    Facts from before the ledger kept no digest: what was booked for them then is in the second set only.
    """
    told: dict[UUID, str] = {}
    known: set[UUID] = set()
    entries = Entry.objects.filter(kind__startswith="claims.").values_list("id", "payload")
    for key, payload in entries.iterator(chunk_size=CHUNK):
        known.add(key)
        if payload and payload.get("posting"):
            told[key] = payload["posting"]
    return told, known


def _postings() -> Iterator[tuple[Posting, list[Line]]]:
    rows = (
        PostingLine.objects.select_related("posting").order_by("posting_id", "id").iterator(chunk_size=CHUNK)
    )
    for posting, lines in groupby(rows, key=lambda one: one.posting):
        yield posting, [(one.book, one.account, one.side, one.cover, one.fen) for one in lines]


def _faults(posting: Posting, lines: list[Line]) -> Iterator[str]:
    sums: dict[str, int] = defaultdict(int)
    for book, _account, _side, _cover, fen in lines:
        sums[book] += fen
    if any(sums.values()):
        yield "its lines do not balance"
    if digest_of(lines) != posting.digest:
        yield "its lines were changed"
