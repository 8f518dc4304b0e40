"""Booking. All that can be booked is a transfer, which takes from one account what it gives to another: so
every posting, every book and the whole ledger balance to zero by construction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from kuaichu.desks.claims.ledger.accounts import Account
from kuaichu.desks.claims.ledger.rows import Posting, PostingLine
from kuaichu.kernel import canonical
from kuaichu.kernel.acts import Step
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.ids import new_id
from kuaichu.kernel.models import Entry
from kuaichu.kernel.prepared import find_one, insert

Line = tuple[str, str, str, str, int]
"""Book, account, side, cover, fen (debit above zero)."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """`fen` (above zero) in the book of insurer `book`, from account `credit` to account `debit`.

    Raises ValueError for an amount that is not whole fen above zero, or an account to itself.
    """

    book: str
    debit: Account
    credit: Account
    fen: int
    side: str = ""
    cover: str = ""
    credit_side: str = ""

    def __post_init__(self) -> None:
        if type(self.fen) is not int or self.fen <= 0:
            raise ValueError("a transfer is of whole fen above zero")
        if not self.book or (self.debit, self.side) == (self.credit, self.credit_side or self.side):
            raise ValueError("a transfer goes from one account of a book to another")

    def reversed(self) -> Transfer:
        """The transfer that undoes this one."""
        other = self.credit_side or self.side
        return Transfer(self.book, self.credit, self.debit, self.fen, other, self.cover, self.side)


def lines_of(transfers: Iterable[Transfer]) -> list[Line]:
    """Both sides of each transfer."""
    found: list[Line] = []
    for one in transfers:
        found.append((one.book, str(one.debit), one.side, one.cover, one.fen))
        found.append((one.book, str(one.credit), one.credit_side or one.side, one.cover, -one.fen))
    return found


def digest_of(lines: Iterable[Line]) -> str:
    """The hash of a posting's lines (SHA-256 of their canonical form, in order of their values)."""
    return canonical.digest(sorted([list(line) for line in lines]))


def record(step: Step, fact: Callable[[str], Fact], transfers: Iterable[Transfer]) -> Entry:
    """Record the money fact that `fact(digest of its posting)` makes, and book its posting, in one act.

    A fact that moves nothing is recorded with an empty digest and books nothing.
    """
    lines = lines_of(transfers)
    digest = digest_of(lines) if lines else ""
    entry = step.record(fact(digest))
    if lines:
        _book(entry, lines, digest)
    return entry


def _book(entry: Entry, lines: list[Line], digest: str) -> Posting:
    posting = Posting(
        id=new_id(), case_id=entry.case_id, city=entry.city, kind=entry.kind, entry_id=entry.id,
        digest=digest, at=entry.at,
    )  # fmt: skip
    rows = [
        PostingLine(
            id=new_id(), posting_id=posting.pk, case_id=entry.case_id, city=entry.city, book=book,
            account=account, side=side, cover=cover, fen=fen, at=entry.at,
        )
        for book, account, side, cover, fen in lines
    ]  # fmt: skip
    insert(posting)
    insert(*rows)
    return posting


def posting_of(entry_id: UUID) -> Posting | None:
    """The posting of a journal entry, if it moved money."""
    return find_one(Posting, entry_id=entry_id)
