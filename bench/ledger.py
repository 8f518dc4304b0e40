"""The ledger under load: random postings, of which some fail at a random moment, on the real tables.

`python -m bench.money` makes 100,000 in a database of its own and checks that the books are whole.
"""

from __future__ import annotations

import time
import uuid
from collections import Counter
from dataclasses import dataclass, field, replace
from random import Random
from unittest import mock

from kuaichu.desks.claims.ledger import balances, checking, postings
from kuaichu.desks.claims.ledger.accounts import Account
from kuaichu.desks.claims.ledger.postings import Transfer
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act_on
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.ids import new_id

BOOKS = ("HUAIHAI", "TAIHU", "JIANGHUAI", "DONGHAI")
STREAMS = 50
FAILS = 5
"""One posting in so many fails, at one of the places below."""


class Injured(RuntimeError):
    """The failure that is put in."""


@dataclass(frozen=True)
class Booked(Fact, name="claims.bench_booked"):
    """A random money fact; only the measuring records it."""

    number: int
    posting: str = ""


@dataclass
class Ledger:
    """Random postings in one city; `kept` and `failed` say how many, `balance` what they must add up to."""

    seed: int
    city: str = "yancheng"
    kept: int = 0
    failed: int = 0
    balance: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._random = Random(self.seed)
        self._streams = [uuid.UUID(int=self._random.getrandbits(128), version=4) for _ in range(STREAMS)]
        self._actor = Actor(kind="system", id="bench", city=self.city, grants=frozenset({"bench.book"}))

    def run(self, count: int) -> None:
        """Try so many postings."""
        for number in range(count):
            self._one(number)

    def expected(self) -> dict[tuple[str, str], int]:
        """The balances by book and account which the kept postings lead to."""
        return dict(self.balance)

    def _one(self, number: int) -> None:
        made = [self._transfer() for _ in range(self._random.randint(1, 4))]
        try:
            self._book(
                number, made, self._random.choice(("", "posting", "lines", "end")) if self._fails() else ""
            )
        except Injured:
            self.failed += 1
            return
        self.kept += 1
        for book, account, _side, _cover, fen in postings.lines_of(made):
            self.balance[book, account] += fen

    def _fails(self) -> bool:
        return self._random.randrange(FAILS) == 0

    def _book(self, number: int, made: list[Transfer], fault: str) -> None:
        insert, fact = postings.insert, Booked(number)

        def injured(*rows: object) -> None:
            if fault == "posting" or (fault == "lines" and len(rows) > 1):
                raise Injured
            insert(*rows)  # type: ignore[arg-type]

        stream = self._random.choice(self._streams)
        with (
            mock.patch.object(postings, "insert", injured),
            act_on(self._actor, "bench.book", stream) as step,
        ):
            postings.record(step, lambda digest: replace(fact, posting=digest), made)
            if fault == "end":
                raise Injured

    def _transfer(self) -> Transfer:
        debit, credit = self._random.sample(list(Account), 2)
        side = f"party:{self._random.choice('ABCD')}"
        return Transfer(
            self._random.choice(BOOKS), debit, credit, self._random.randint(1, 10**7), side, "CTALI"
        )


def measure(count: int) -> dict[str, object]:
    """Book so many on the present database; figures, and what is wrong afterwards (nothing)."""
    ledger, started = Ledger(seed=new_id().int), time.perf_counter()
    ledger.run(count)
    took = time.perf_counter() - started
    found = balances.trial_balance(ledger.city)
    return {
        "tried": count,
        "kept": ledger.kept,
        "failed": ledger.failed,
        "seconds": round(took, 1),
        "trial_balance_fen": sum(one.fen for one in found),
        "as_expected": {(b.book, b.account): b.fen for b in found} == ledger.expected(),
        "faults": len(list(checking.faults())),
    }
