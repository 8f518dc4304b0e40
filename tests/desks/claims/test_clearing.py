"""The recipient's own insurer pays; the insurers net daily, dispute by the clock, and their books agree."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuaichu.desks.claims.clearing import disputes, netting, statements
from kuaichu.desks.claims.ledger import balances
from kuaichu.desks.claims.models import ClearingDispute, ClearingItem, ClearingPayment, Payout
from kuaichu.kernel import clock
from kuaichu.kernel.refusals import Invalid, NotAllowed, NotFound, WrongState
from kuaichu.people.roles import system
from tests.process.walking import Road, balanced, insurer, received, settle
from tests.stories.builders import CITY


@given(st.lists(st.tuples(*[st.sampled_from("ABCDE")] * 2, st.integers(1, 10**9)), max_size=30))
def test_few_payments_bring_every_position_to_nothing(owed: list[tuple[str, str, int]]) -> None:
    items = [ClearingItem(debtor=a, creditor=b, fen=fen) for a, b, fen in owed if a != b]
    sums = netting.positions(items)
    assert sum(sums.values()) == 0
    payments = netting.matched(sums)
    assert all(fen > 0 and payer != payee for payer, payee, fen in payments)
    assert len(payments) < max(1, len([1 for fen in sums.values() if fen])) or not payments
    for payer, payee, fen in payments:
        sums[payer] += fen
        sums[payee] -= fen
    assert not any(sums.values())


@pytest.fixture
def cleared(road: Road, city_rules: Callable[..., None]) -> Road:
    """HUAIHAI owes B 1,500 yuan, which TAIHU, B's own insurer, has paid."""
    city_rules(own_insurer_pays=True)
    road.name_payees()
    road.assess(150_000)
    settle()
    return road


def item(road: Road) -> ClearingItem:
    return ClearingItem.objects.get(case_id=road.id, reversal=False, debtor="HUAIHAI")


def run(offset: int = 0) -> None:
    netting.net(system(CITY), clock.today() + timedelta(days=offset))


class TestOwnInsurerPays:
    def test_each_gets_the_money_from_its_own_and_the_rest_is_netted(self, cleared: Road) -> None:
        assert cleared.status == "closed"
        assert received(cleared.id, "B") == [150_000]
        assert {p.payer for p in Payout.objects.filter(case_id=cleared.id, to_label="B")} == {"TAIHU"}
        assert cleared.town.running["rail"].get("/ledger").json()["balance_fen"] == 0
        owed = item(cleared)
        assert (owed.debtor, owed.creditor, owed.fen) == ("HUAIHAI", "TAIHU", 150_000)
        for _ in range(2):
            run()
        settle()
        [payment] = ClearingPayment.objects.filter(city=CITY)
        assert (payment.payer, payment.payee, payment.status) == ("HUAIHAI", "TAIHU", "paid")
        for book in ("HUAIHAI", "TAIHU"):
            left = {b.account: b.fen for b in balances.trial_balance(CITY, book) if b.fen}
            assert set(left) <= {"bank", "claims"}
        assert balances.on_account(CITY, "TAIHU", "bank") == -_own(cleared, "TAIHU")
        assert balanced()

    def test_the_statement_file_adds_up_and_is_the_same_each_time(self, cleared: Road) -> None:
        run()
        day = clock.today()
        made = statements.statement(insurer("TAIHU"), day)
        assert made is not None
        assert made == statements.statement(insurer("TAIHU"), day)
        rows = list(csv.DictReader(io.StringIO(made.decode(), newline="")))
        sums = {
            k: sum(int(r["fen"]) for r in rows if r["kind"] == k) for k in ("item", "payment", "position")
        }
        assert sums["item"] == sums["payment"] == sums["position"] > 0
        assert statements.statement(insurer("JIANGHUAI"), day) is None
        assert [d for d, _fen in statements.days(insurer("HUAIHAI"))] == [day]


def _own(road: Road, code: str) -> int:
    return sum(p.fen for p in Payout.objects.filter(case_id=road.id, insurer=code))


class TestDisputes:
    WORDS = "Our policy had ended the day before; see the register."

    def test_silence_takes_the_item_back(self, cleared: Road) -> None:
        row = disputes.dispute(insurer("HUAIHAI"), item(cleared).pk, self.WORDS)
        assert disputes.dispute(insurer("HUAIHAI"), item(cleared).pk, self.WORDS).pk == row.pk
        disputes.lapse(system(CITY), row.pk)
        row.refresh_from_db()
        assert row.status == "open"  # its time is not over
        run()
        assert item(cleared).status == "open"  # what is disputed waits
        ClearingDispute.objects.filter(pk=row.pk).update(due_at=clock.now())
        disputes.lapse(system(CITY), row.pk)
        row.refresh_from_db()
        assert (row.status, row.silent) == ("upheld", True)
        run(1)
        assert {one.status for one in ClearingItem.objects.filter(case_id=cleared.id)} == {"netted"}
        assert balances.on_account(CITY, "HUAIHAI", "due_to", cleared.id) <= 0
        assert balances.on_account(CITY, "TAIHU", "claims") == _own(cleared, "TAIHU") + 150_000
        assert balanced()

    def test_only_a_person_rejects_and_the_item_stands(self, cleared: Road) -> None:
        disputes.dispute(insurer("HUAIHAI"), item(cleared).pk, self.WORDS)
        told = {"agree": False, "words": "The policy was renewed that morning."}
        with pytest.raises(NotAllowed):
            disputes.answer(insurer("TAIHU"), item(cleared).pk, **told)
        person = replace(insurer("TAIHU"), kind="staff")
        disputes.answer(person, item(cleared).pk, **told)
        with pytest.raises(WrongState):
            disputes.answer(person, item(cleared).pk, **told)
        run()
        assert item(cleared).status == "netted"
        assert not ClearingItem.objects.filter(reversal=True).exists()

    def test_whose_it_is_not_and_when_it_is_too_late(
        self, cleared: Road, city_rules: Callable[..., None]
    ) -> None:
        own = item(cleared).pk
        for actor, verb in (
            (insurer("TAIHU"), lambda a: disputes.dispute(a, own, self.WORDS)),
            (insurer("HUAIHAI"), lambda a: disputes.answer(a, own, agree=True, words=self.WORDS)),
            (insurer("HUAIHAI", "guangyuan"), lambda a: disputes.dispute(a, own, self.WORDS)),
        ):
            with pytest.raises(NotFound):
                verb(actor)
        with pytest.raises(Invalid):
            disputes.dispute(insurer("HUAIHAI"), own, "no")
        ClearingItem.objects.filter(pk=own).update(at=clock.now() - timedelta(days=30))
        with pytest.raises(WrongState):
            disputes.dispute(insurer("HUAIHAI"), own, self.WORDS)
