"""What the accounts say: trial balance, and how old the open receivables are."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q, Sum

from kuaichu.desks.claims.ledger.accounts import RECEIVABLES
from kuaichu.desks.claims.ledger.rows import PostingLine

BUCKETS: Final = (30, 60, 90)
"""Ends of the age classes in days; the last class is older than all of them."""


@dataclass(frozen=True, slots=True)
class Balance:
    """One account of one book: sums of its debits and credits in fen, both not negative."""

    book: str
    account: str
    debit: int
    credit: int

    @property
    def fen(self) -> int:
        """What stands there: debits less credits."""
        return self.debit - self.credit


def trial_balance(city: str, book: str = "") -> list[Balance]:
    """Every account of a city's books (or of one insurer's); the balances add up to nothing."""
    rows = PostingLine.objects.filter(city=city)
    rows = rows.filter(book=book) if book else rows
    sums = (
        rows.order_by()
        .values_list("book", "account")
        .annotate(debit=Sum("fen", filter=Q(fen__gt=0)), credit=Sum("fen", filter=Q(fen__lt=0)))
    )
    return sorted(
        (Balance(book, account, int(debit or 0), -int(credit or 0)) for book, account, debit, credit in sums),
        key=lambda one: (one.book, one.account),
    )


def on_account(city: str, book: str, account: str, case_id: UUID | None = None) -> int:
    """The balance of one account in fen, of one case if it is named."""
    rows = PostingLine.objects.filter(city=city, book=book, account=account)
    rows = rows.filter(case_id=case_id) if case_id else rows
    return int(rows.aggregate(fen=Sum("fen"))["fen"] or 0)


@dataclass(frozen=True, slots=True)
class Aged:
    """What one debtor owes an insurer, by age: up to 30, 60, 90 days, and older, in fen."""

    account: str
    side: str
    case_id: UUID | None
    ages: tuple[int, int, int, int]

    @property
    def fen(self) -> int:
        """All of it."""
        return sum(self.ages)


def ageing(city: str, book: str, on: datetime) -> list[Aged]:
    """The open receivables of an insurer at a moment; what came in pays the oldest amount first."""
    accounts = [str(one) for one in RECEIVABLES]
    rows = PostingLine.objects.filter(city=city, book=book, account__in=accounts, at__lte=on)
    moves: dict[tuple[str, str, UUID | None], list[tuple[datetime, int]]] = defaultdict(list)
    for account, side, case_id, at, fen in rows.order_by("at", "id").values_list(
        "account", "side", "case_id", "at", "fen"
    ):
        moves[account, side, None if account == "due_from" else case_id].append((at, fen))
    found = [Aged(*key, _ages(listed, on)) for key, listed in moves.items()]
    return sorted(
        (one for one in found if one.fen), key=lambda one: (one.account, one.side, str(one.case_id))
    )


def _ages(moves: Iterable[tuple[datetime, int]], on: datetime) -> tuple[int, int, int, int]:
    """The part of debits that no credit has settled, by age class."""
    left: deque[tuple[datetime, int]] = deque()
    ahead = 0  # came in before it was owed
    for at, fen in moves:
        if fen > 0:
            taken = min(ahead, fen)
            ahead -= taken
            if fen > taken:
                left.append((at, fen - taken))
        else:
            ahead += _settle(left, -fen)
    ages = [0] * (len(BUCKETS) + 1)
    for at, fen in left:
        days = (on - at).days
        ages[sum(days > end for end in BUCKETS)] += fen
    return ages[0], ages[1], ages[2], ages[3]


def _settle(left: deque[tuple[datetime, int]], fen: int) -> int:
    """Take `fen` from the oldest amounts; what is over."""
    while fen and left:
        at, first = left.popleft()
        if first > fen:
            left.appendleft((at, first - fen))
            return 0
        fen -= first
    return fen
