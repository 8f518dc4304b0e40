"""The payment system that misbehaves, the batch files, the stop switch, and the daily comparison."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from kuaichu.connectors.payout import batch
from kuaichu.desks.claims.models import Claim, Payout, PayoutStop, Reconciliation
from kuaichu.desks.claims.rail import reconciling, switches
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Invalid, NotAllowed, Upstream
from kuaichu.people import roles
from kuaichu.people.roles import system
from tests.process.walking import Road, balanced, insurer, received, settle
from tests.stories.builders import CITY, Town

GRANTS = roles.ROLES["money_admin"]


def admin(code: str = "") -> Actor:
    """Who may switch payouts off: of an insurer, or (no code) of the operator."""
    return Actor(kind="staff", id="boss", city=CITY, grants=GRANTS, insurer=code)


@pytest.fixture
def rail(town: Town, tmp_path: Path) -> Iterator[batch.BatchRail]:
    """The batch adapter, which sends when it is told to."""
    base = town.connectors()["payout"]["base_url"]
    made = batch.connect(
        {"base_url": base, "folder": str(tmp_path / "spool"), "seconds": "3600", "most": "50"}
    )
    yield made
    made.close()


def orders(rail: batch.BatchRail, keys: list[str]) -> None:
    for key in keys:
        rail.pay(key, 100, {"account": "622202", "name_masked": "胡*"}, "HUAIHAI", "case")


class TestBatches:
    def test_gathered_sent_together_paid_once(
        self, rail: batch.BatchRail, town: Town, tmp_path: Path
    ) -> None:
        keys = [f"{tmp_path.name}-{n}" for n in range(5)]
        for _ in range(2):
            orders(rail, keys)
        assert rail.look(keys[0]).status == "accepted"
        assert town.running["rail"].get(f"/payments/{keys[0]}").status_code == 404
        assert rail.send()
        assert rail.send() == ""
        orders(rail, keys)  # told once more
        assert {rail.look(key).status for key in keys} <= {"accepted", "settled"}
        assert list((tmp_path / "spool").glob("*.order.json")) == []

    def test_what_is_not_taken_is_sent_again(self, rail: batch.BatchRail, town: Town, tmp_path: Path) -> None:
        keys = [f"{tmp_path.name}-{n}" for n in range(5)]
        orders(rail, keys)
        town.running["rail"].post("/behaviour", {"partial": 1})
        first = rail.send()
        left = len(list((tmp_path / "spool").glob("*.order.json")))
        assert left == 3
        assert rail.send() not in ("", first)
        told = [town.running["rail"].get(f"/payments/{key}").json()["amount_fen"] for key in keys]
        assert told == [100] * 5

    def test_a_lost_answer_is_asked_again(self, rail: batch.BatchRail, town: Town, tmp_path: Path) -> None:
        keys = [f"{tmp_path.name}-{n}" for n in range(3)]
        orders(rail, keys)
        town.running["rail"].post("/behaviour", {"lost_answer": 1})
        with pytest.raises(Upstream) as lost:
            rail.send()
        assert lost.value.retry
        rail.send()
        assert [rail.look(key).amount_fen for key in keys] == [100] * 3

    def test_the_same_key_is_no_other_order(self, rail: batch.BatchRail, tmp_path: Path) -> None:
        orders(rail, [tmp_path.name])
        with pytest.raises(Upstream) as refused:
            rail.pay(tmp_path.name, 200, {"account": "622202"}, "HUAIHAI", "case")
        assert not refused.value.retry

    def test_many_at_once(self, rail: batch.BatchRail, town: Town, tmp_path: Path) -> None:
        keys = [f"{tmp_path.name}-{n}" for n in range(30)]
        with ThreadPoolExecutor(6) as pool:
            list(pool.map(lambda key: orders(rail, [key]), keys * 2))
        rail.send()
        assert Counter(rail.look(key).amount_fen for key in keys) == {100: 30}

    def test_a_cut_file_is_refused_whole(self, town: Town) -> None:
        order = dict(zip(batch.COLUMNS, ("k", 5, "622202", "", "H", "c"), strict=True))
        whole = batch.batch_file([order]).decode()
        for broken in (whole[:-20], whole.replace(",5,", ",6,"), whole.replace("TOTAL,1", "TOTAL,2"), "x"):
            answer = town.running["rail"].put("/batches/b1", {"file": broken})
            assert answer.status_code == 422

    def test_a_whole_case_is_paid_by_batches(self, road: Road, settings: object, tmp_path: Path) -> None:
        given = {
            **settings.CONNECTORS["payout"],
            "adapter": "batch",
            "folder": str(tmp_path),
            "seconds": "0.3",
        }
        settings.CONNECTORS = {**settings.CONNECTORS, "payout": given}
        road.name_payees()
        road.assess()
        settle(15)
        assert road.status == "closed"
        assert balanced()


@pytest.fixture
def stopped(road: Road) -> Road:
    """Named and assessed, while HUAIHAI has switched its payouts off."""
    road.name_payees()
    switches.stop(admin("HUAIHAI"), "An attack on our bank access.")
    road.assess()
    settle()
    return road


class TestSwitch:
    def test_nothing_leaves_until_a_person_says_so(self, stopped: Road) -> None:
        states = {p.status for p in Payout.objects.filter(case_id=stopped.id, insurer="HUAIHAI")}
        assert states == {"ordered"}
        assert switches.stops(insurer("TAIHU")) == []
        switches.stop(admin(), "The whole city stops.")
        switches.resume(admin("HUAIHAI"), "The attack is over.")
        settle()
        assert received(stopped.id, "B") == []  # the operator's stop is not an insurer's to lift
        switches.resume(admin(), "Checked with the bank.")
        settle()
        assert received(stopped.id, "B") == [150_000]
        assert stopped.status == "closed"
        assert PayoutStop.objects.filter(active=True).count() == 0

    def test_once_and_only_by_persons_who_may(self, db: None) -> None:
        [_one] = {switches.stop(admin("TAIHU"), "A good reason.").pk for _ in range(2)}
        for wrong in ("", "x", "a\0bcd", "y" * 301):
            with pytest.raises(Invalid):
                switches.stop(admin("TAIHU"), wrong)
        for actor in (replace(admin("TAIHU"), kind="partner"), insurer("TAIHU"), system(CITY)):
            with pytest.raises(NotAllowed):
                switches.stop(actor, "A good reason.")
        assert switches.resume(admin("HUAIHAI"), "There is nothing.") is None


class TestReconciling:
    def test_every_payment_agrees(self, road: Road) -> None:
        road.name_payees()
        road.assess()
        settle()
        day = clock.today()
        told = [s for s in reconciling.fetch(CITY, day) if _ours(s.key, road)]
        row = reconciling.reconcile(system(CITY), day, told)
        assert (row.matched, row.findings, row.rail_fen) == (2, [], row.own_fen)
        assert reconciling.reconcile(system(CITY), day, []).pk == row.pk
        assert Reconciliation.objects.count() == 1

    def test_what_differs_is_named(self, road: Road) -> None:
        road.name_payees()
        road.assess()
        settle()
        day = clock.today()
        first, second = [s for s in reconciling.fetch(CITY, day) if _ours(s.key, road)]
        strange = replace(first, key="0" * 36 + "-1")
        told = [replace(first, amount_fen=first.amount_fen + 5), strange, strange]
        row = reconciling.reconcile(system(CITY), day, told)
        assert Counter(one["what"] for one in row.findings) == {
            "other_amount": 1, "not_ours": 1, "twice": 1, "not_in_statement": 1,
        }  # fmt: skip
        assert [f["key"] for f in row.findings if f["what"] == "not_in_statement"] == [second.key]

    def test_what_we_missed_is_recorded(self, road: Road) -> None:
        """The rail has paid, but we never heard: the comparison finds it and it is recorded, once."""
        road.name_payees()
        road.assess()
        settle()
        row = Payout.objects.get(case_id=road.id, to_label="B")
        Payout.objects.filter(pk=row.pk).update(status="ordered", receipt="", paid_at=None, settled_at=None)
        day = clock.today()
        told = [s for s in reconciling.fetch(CITY, day) if _ours(s.key, road)]
        made = reconciling.reconcile(system(CITY), day, told)
        assert [f["what"] for f in made.findings] == ["not_recorded"]
        settle()
        row.refresh_from_db()
        assert row.status == "paid"

    def test_another_amount_is_never_taken_for_paid(self, road: Road) -> None:
        road.town.running["rail"].post("/behaviour", {"short": 1})
        road.name_payees()
        road.assess()
        settle(4)
        states = Counter(Payout.objects.filter(case_id=road.id).values_list("status", flat=True))
        assert states == {"ordered": 1, "paid": 1}
        told = [s for s in reconciling.fetch(CITY, clock.today()) if _ours(s.key, road)]
        row = reconciling.reconcile(system(CITY), clock.today(), told)
        assert [f["what"] for f in row.findings] == ["other_amount"]
        assert Claim.objects.filter(case_id=road.id, status="paid").count() == 1


def _ours(key: str, road: Road) -> bool:
    """The rail of the tests serves other tests too."""
    return key[:36] in {str(pk) for pk in Payout.objects.filter(case_id=road.id).values_list("pk", flat=True)}
