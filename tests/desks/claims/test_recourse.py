"""An insurer steps in, gets its money back, pays bills first; a person refuses in writing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kuaichu.cases import files
from kuaichu.cases.models import Vehicle
from kuaichu.desks.claims import calculations, ordering
from kuaichu.desks.claims.ledger import balances
from kuaichu.desks.claims.models import Claim, Payout, Recovery
from kuaichu.desks.claims.payout.case import Injury
from kuaichu.desks.claims.recourse import advances, liens, recovering, refusals
from kuaichu.desks.claims.recourse.liens import Bill
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.refusals import Invalid, NotAllowed, NotFound, WrongState
from kuaichu.people.roles import system
from kuaichu.queries import losses
from tests.process.walking import Road, balanced, insurer, received, settle
from tests.stories.builders import CITY


def person(code: str) -> Actor:
    """An adjuster of the company, in person."""
    return replace(insurer(code), kind="staff", id="01920000-0000-7000-8000-000000000001")


def claim(road: Road, code: str) -> Claim:
    return Claim.objects.get(case_id=road.id, insurer=code)


@pytest.fixture
def unpaid(road: Road) -> Road:
    """Assessed high: HUAIHAI owes B 30,000 yuan and has not approved it."""
    road.assess(3_000_000)
    drain()
    return road


def step_in(road: Road, **changes: str) -> list[Payout]:
    told = {"to": "B", "debtor": "A", "reason": "uncooperative"} | changes
    return advances.step_in(insurer("TAIHU"), claim(road, "TAIHU").pk, homes=losses.homes(road.id), **told)


class TestStepIn:
    def test_paid_first_on_the_other_insurers_account(self, unpaid: Road) -> None:
        unpaid.name_payees()
        [row] = step_in(unpaid)
        assert (row.insurer, row.payer, row.fen) == ("HUAIHAI", "TAIHU", 3_000_000)
        assert step_in(unpaid) == []
        settle()
        assert received(unpaid.id, "B") == [3_000_000]
        assert balances.on_account(CITY, "TAIHU", "due_from", unpaid.id) == 3_000_000
        assert balances.on_account(CITY, "HUAIHAI", "due_to", unpaid.id) == -3_000_000
        assert balanced()
        newest = calculations.newest_calculation(unpaid.id)
        assert newest is not None
        calculations.approve(insurer("HUAIHAI"), claim(unpaid, "HUAIHAI").pk, newest.pk)
        settle()
        assert received(unpaid.id, "B") == [3_000_000]  # not once more
        assert claim(unpaid, "HUAIHAI").status == "paid"
        assert unpaid.status == "closed"

    def test_what_an_uninsured_party_owes_is_advanced_and_comes_back(self, unpaid: Road) -> None:
        Vehicle.objects.filter(case_id=unpaid.id, party__label="A").update(policies=[])
        _calculate(unpaid)
        unpaid.name_payees()
        rows = step_in(unpaid, reason="uninsured")
        assert [(r.kind, r.debtor, r.insurer) for r in rows] == [("advance", "A", "TAIHU")]
        settle()
        [demand] = Recovery.objects.filter(case_id=unpaid.id)
        assert (demand.insurer, demand.from_label, demand.fen, demand.why) == (
            "TAIHU",
            "A",
            rows[0].fen,
            "advance",
        )
        part = demand.fen - 1000
        for _ in range(2):
            recovering.receive(insurer("TAIHU"), demand.pk, part, "BANK-0001")
        [old] = balances.ageing(CITY, "TAIHU", clock.now())
        assert (old.account, old.side, old.fen) == ("advanced", "party:A", 1000)
        with pytest.raises(Invalid):
            recovering.receive(insurer("TAIHU"), demand.pk, 1001, "BANK-0002")
        with pytest.raises(NotAllowed):
            recovering.write_off(insurer("TAIHU"), demand.pk, "The debtor has died.")
        recovering.write_off(person("TAIHU"), demand.pk, "The debtor has died.")
        assert balances.ageing(CITY, "TAIHU", clock.now()) == []
        assert balanced()

    def test_nobody_else_and_nothing_else(self, unpaid: Road) -> None:
        for changes in ({"to": "A", "debtor": "B"}, {"debtor": "B"}, {"reason": "x"}, {"debtor": "C"}):
            with pytest.raises(Invalid):
                step_in(unpaid, **changes)
        with pytest.raises(NotFound):
            advances.step_in(
                insurer("HUAIHAI"), claim(unpaid, "TAIHU").pk, to="B", debtor="A", reason="absent", homes={}
            )
        Claim.objects.filter(case_id=unpaid.id).update(held_for="injury")
        with pytest.raises(WrongState):
            step_in(unpaid)

    def test_who_has_waived_cannot_ask(self, unpaid: Road) -> None:
        """T15: a claim that was waived cannot go over to the insurer (INS 61)."""
        ask = {"label": "B", "home": "TAIHU"}
        with pytest.raises(Invalid) as refused:
            advances.ask(unpaid.actor("B"), unpaid.id, waived_nothing=False, **ask)
        assert "waived_nothing" in refused.value.fields
        for _ in range(2):
            advances.ask(unpaid.actor("B"), unpaid.id, waived_nothing=True, **ask)
        assert unpaid.kinds()["claims.step_in_asked"] == 1


def _calculate(road: Road) -> None:
    loss = losses.loss_case(road.case)
    assert loss is not None
    calculations.calculate(system(CITY), road.id, loss)


class TestLiens:
    def test_the_hospital_first_and_never_out_of_the_vehicle(self, unpaid: Road) -> None:
        loss = losses.loss_case(unpaid.case)
        assert loss is not None
        hurt = replace(loss, injuries=(Injury("B1", "B", medical=500_000),))
        newest = calculations.calculate(system(CITY), unpaid.id, hurt)
        bill = Bill("B1", "hospital", "市第一人民医院", "6222020000000001", 400_000, "住院号 20261122")
        with pytest.raises(Invalid):
            liens.note(insurer("HUAIHAI"), unpaid.id, bill)  # B1 is no party
        owed = ordering.by_recipient(newest, "HUAIHAI")
        assert sum(line["fen"] for line in owed["B1"]) == 500_000
        liens.note(insurer("HUAIHAI"), unpaid.id, replace(bill, label="B"))
        [same] = {liens.note(insurer("HUAIHAI"), unpaid.id, replace(bill, label="B")).pk for _ in range(2)}
        hospital, rest = liens.divided(unpaid.id, {"B": owed["B1"] + owed["B"]})
        assert hospital[:2] == ("B", str(same))
        assert sum(line["fen"] for line in hospital[2]) == 400_000
        assert {line["bucket"] for line in hospital[2]} == {"medical"}
        assert sum(line["fen"] for line in rest[2]) == 100_000 + 3_000_000

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("fen", 0),
            ("kind", "bank"),
            ("account", "12 34"),
            ("holder", "\0x"),
            ("basis", ""),
            ("label", "Z"),
        ],
    )
    def test_impossible_bills(self, unpaid: Road, field: str, value: object) -> None:
        bill = replace(Bill("B", "fund", "市救助基金", "ACC123456", 100, "垫付通知 1"), **{field: value})
        with pytest.raises(Invalid) as refused:
            liens.note(insurer("HUAIHAI"), unpaid.id, bill)
        assert field in refused.value.fields
        with pytest.raises(NotFound):
            liens.note(insurer("JIANGHUAI"), unpaid.id, replace(bill, **{field: _good(field)}))


def _good(field: str) -> object:
    good = Bill("B", "fund", "市救助基金", "ACC123456", 100, "垫付通知 1")
    return getattr(good, field)


class TestRefusal:
    WORDS = "The damage at the left door was there before; see the photograph of 3 May."

    def test_a_person_refuses_in_writing_and_may_still_pay(self, unpaid: Road) -> None:
        own = claim(unpaid, "HUAIHAI").pk
        told = {"ground": "other_accident", "reasons": self.WORDS}
        with pytest.raises(NotAllowed) as machine:
            refusals.refuse(insurer("HUAIHAI"), own, **told)
        assert machine.value.code == "person_needed"
        for wrong in ({"reasons": "no"}, {"ground": "mood"}):
            with pytest.raises(Invalid):
                refusals.refuse(person("HUAIHAI"), own, **(told | wrong))
        for _ in range(2):
            refusals.refuse(person("HUAIHAI"), own, **told)
        settle()
        assert [r.reasons for r in refusals.refusals(unpaid.id)] == [self.WORDS]
        assert any("does not pay" in t or "不予" in t for t in unpaid.town.messages(unpaid.numbers["B"]))
        assert files.case(unpaid.id).outcome == "refused"
        newest = calculations.newest_calculation(unpaid.id)
        assert newest is not None
        calculations.approve(person("HUAIHAI"), own, newest.pk)
        assert refusals.refusals(unpaid.id) == []

    def test_not_before_the_calculation(self, road: Road) -> None:
        with pytest.raises(WrongState):
            refusals.refuse(
                person("HUAIHAI"), claim(road, "HUAIHAI").pk, ground="excluded", reasons=self.WORDS
            )
