"""The ledger: balanced by construction, written once, whole after failures, told by the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from bench.ledger import Ledger
from kuaichu.desks.claims.ledger import balances, checking
from kuaichu.desks.claims.ledger.accounts import Account
from kuaichu.desks.claims.ledger.postings import Transfer, digest_of, lines_of
from kuaichu.desks.claims.ledger.rows import Unchangeable
from kuaichu.desks.claims.models import Posting, PostingLine
from kuaichu.kernel import clock

ACCOUNTS = st.sampled_from(list(Account))
TRANSFERS = st.builds(
    lambda book, pair, fen: Transfer(book, *pair, fen),
    st.sampled_from(["HUAIHAI", "TAIHU"]),
    st.tuples(ACCOUNTS, ACCOUNTS).filter(lambda pair: pair[0] != pair[1]),
    st.integers(1, 10**12),
)


@given(st.lists(TRANSFERS, min_size=1, max_size=9))
def test_whatever_is_booked_balances_in_every_book(made: list[Transfer]) -> None:
    lines = lines_of(made)
    for book in {one.book for one in made}:
        assert sum(line[4] for line in lines if line[0] == book) == 0
    undone = lines + lines_of(one.reversed() for one in made)
    accounts = {line[:4] for line in undone}
    assert not any(sum(x[4] for x in undone if x[:4] == account) for account in accounts)
    assert digest_of(lines) == digest_of(reversed(lines))


@pytest.mark.parametrize(
    ("book", "debit", "credit", "fen"),
    [
        ("H", Account.BANK, Account.CLAIMS, 0), ("H", Account.BANK, Account.CLAIMS, -1),
        ("H", Account.BANK, Account.BANK, 5), ("", Account.BANK, Account.CLAIMS, 5),
        ("H", Account.BANK, Account.CLAIMS, 1.5), ("H", Account.BANK, Account.CLAIMS, True),
    ],
)  # fmt: skip
def test_what_is_no_transfer(book: str, debit: Account, credit: Account, fen: int) -> None:
    with pytest.raises(ValueError, match="transfer"):
        Transfer(book, debit, credit, fen)


@pytest.mark.django_db
class TestKept:
    def test_random_postings_with_failures_leave_a_balanced_ledger(self) -> None:
        ledger = Ledger(seed=7)
        ledger.run(400)
        assert ledger.failed > 40
        assert Posting.objects.count() == ledger.kept
        assert list(checking.faults()) == []
        assert sum(one.fen for one in balances.trial_balance(ledger.city)) == 0
        assert {(b.book, b.account): b.fen for b in balances.trial_balance(ledger.city)} == ledger.expected()

    def test_nothing_booked_is_changed_or_deleted(self) -> None:
        Ledger(seed=1).run(3)
        row, line = Posting.objects.first(), PostingLine.objects.first()
        assert row is not None
        assert line is not None
        line.fen += 1
        for change in (
            line.save, line.delete, row.delete, PostingLine.objects.all().delete,
            lambda: PostingLine.objects.update(fen=1),
        ):  # fmt: skip
            with pytest.raises(Unchangeable):
                change()

    @pytest.mark.parametrize(
        ("statement", "fault"),
        [
            ("UPDATE claims_postingline SET fen = fen + 1 WHERE fen > 0", "do not balance"),
            ("UPDATE claims_postingline SET side = 'party:Z'", "lines were changed"),
            ("UPDATE claims_posting SET digest = ''", "the journal knows it otherwise"),
            ("DELETE FROM claims_postingline", "its posting is missing"),
        ],
    )
    def test_who_changes_it_behind_our_back_is_found(self, statement: str, fault: str) -> None:
        Ledger(seed=2).run(5)
        assert list(checking.faults()) == []
        with connection.cursor() as cursor:
            cursor.execute(statement)
        assert any(fault in one for one in checking.faults())


@dataclass
class Move:
    days_ago: int
    fen: int


def aged(*moves: Move, now: datetime | None = None) -> tuple[int, ...]:
    now = now or clock.now()
    return balances._ages([(now - timedelta(days=m.days_ago), m.fen) for m in moves], now)


class TestAgeing:
    def test_age_classes(self) -> None:
        moves = [Move(100, 1), Move(90, 20), Move(61, 300), Move(30, 4000), Move(0, 50000)]
        assert aged(*moves) == (54000, 0, 320, 1)

    def test_what_comes_in_pays_the_oldest_first(self) -> None:
        assert aged(Move(100, 500), Move(40, 300), Move(10, -600)) == (0, 200, 0, 0)
        assert aged(Move(10, -100), Move(5, 300)) == (200, 0, 0, 0)

    @given(st.lists(st.tuples(st.integers(0, 200), st.integers(-500, 500).filter(bool)), max_size=12))
    def test_the_classes_add_up_to_what_is_open(self, told: list[tuple[int, int]]) -> None:
        ordered = sorted(told, reverse=True)
        found = aged(*(Move(*one) for one in ordered))
        assert all(fen >= 0 for fen in found)
        assert sum(found) == max(0, _owed(ordered))


def _owed(moves: list[tuple[int, int]]) -> int:
    """Open at the end; what came in too early stays with who paid it."""
    return sum(fen for _days, fen in moves)
