"""Claims, assessments, calculations, payouts: each once, each company its own, every fen accounted for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

import pytest

from kuaichu.desks.claims import calculations, filings, ordering, payouts
from kuaichu.desks.claims.models import Assessment, Claim, Payout
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.refusals import Invalid, NotFound, Refusal, Upstream, WrongState
from kuaichu.people.roles import system
from kuaichu.queries import losses
from tests.kernel.trying import at_once
from tests.process.walking import Road, balanced, insurer, received, settle
from tests.stories.builders import CITY, Town


def claim(road: Road, code: str = "HUAIHAI") -> Claim:
    return Claim.objects.get(case_id=road.id, insurer=code)


def loss(fen: int, part: str = "后保险杠") -> filings.Loss:
    return filings.Loss([filings.Line(part, "part", fen)], fen, "李工")


def assess(road: Road, label: str, fen: int) -> Assessment:
    vehicle = road.vehicle(label)
    code = next(c for c in ("HUAIHAI", "TAIHU") if vehicle.pk in {v.pk for v in losses.to_assess(road.id, c)})
    return filings.assess(insurer(code), claim(road, code).pk, vehicle.pk, loss(fen), may={vehicle.pk})


class TestBoundaries:
    def test_another_company_or_city_finds_nothing(self, road: Road) -> None:
        own = claim(road)
        for actor in (insurer("TAIHU"), insurer("HUAIHAI", "guangyuan"), insurer("")):
            for call in (
                lambda a=actor: filings.acknowledge(a, own.pk, "RPT1"),
                lambda a=actor: filings.assess(
                    a, own.pk, road.vehicle("A").pk, loss(1), may={road.vehicle("A").pk}
                ),
                lambda a=actor: calculations.approve(a, own.pk, own.pk),
            ):
                with pytest.raises(NotFound):
                    call()

    def test_only_the_vehicles_that_are_its_to_assess(self, road: Road) -> None:
        with pytest.raises(NotFound):
            filings.assess(insurer("HUAIHAI"), claim(road).pk, road.vehicle("A").pk, loss(1), may=set())

    @pytest.mark.parametrize(
        "wrong",
        [
            filings.Loss([], 0, "x"), loss(-1), filings.Loss([filings.Line("x", "part", 5)], 6, "x"),
            filings.Loss([filings.Line("x", "magic", 5)], 5, "x"), loss(10**12), loss(5, "\0"),
            filings.Loss([filings.Line("x", "part", 5)], 5, " "),
            filings.Loss([filings.Line("x", "salvage", 5)], -5, "x"),
        ],
    )  # fmt: skip
    def test_impossible_losses(self, road: Road, wrong: filings.Loss) -> None:
        vehicle = road.vehicle("B")
        with pytest.raises(Invalid):
            filings.assess(insurer("HUAIHAI"), claim(road).pk, vehicle.pk, wrong, may={vehicle.pk})


class TestMoney:
    def test_again_is_nothing_and_other_figures_are_a_version(self, road: Road) -> None:
        for _ in range(2):
            filings.acknowledge(insurer("HUAIHAI"), claim(road).pk, "RPT-1")
            assess(road, "B", 100_000)
        with pytest.raises(WrongState):
            filings.acknowledge(insurer("HUAIHAI"), claim(road).pk, "RPT-2")
        assert assess(road, "B", 110_000).version == 2
        assert road.kinds()["claims.assessed"] == 2
        assert road.kinds()["claims.acknowledged"] == 1

    def test_what_is_approved_is_what_is_paid(self, road: Road) -> None:
        """A large sum waits for a person; a newer assessment makes the older calculation unusable."""
        assess(road, "A", 50_000)
        assess(road, "B", 3_000_000)
        drain()
        first = calculations.newest_calculation(road.id)
        assert first is not None
        assert claim(road).status == "calculated"
        with pytest.raises(WrongState):  # the rule approves small sums only
            calculations.approve_small(system(CITY), road.id, "HUAIHAI")
        calculations.approve(insurer("HUAIHAI"), claim(road).pk, first.pk)
        with pytest.raises(WrongState):
            assess(road, "B", 9_000_000)
        road.name_payees()
        settle()
        paid = {(p.to_label, p.fen) for p in Payout.objects.filter(case_id=road.id)}
        assert paid == {("A", 10_000), ("B", 3_000_000)}
        assert balanced()
        assert received(road.id, "B") == [3_000_000]

    def test_an_approval_does_not_outrun_a_new_assessment(self, road: Road) -> None:
        Claim.objects.filter(case_id=road.id, insurer="TAIHU").update(due_at="2026-01-01T00:00Z")
        assess(road, "A", 2_000_000)
        assess(road, "B", 3_000_000)
        loss_case = losses.loss_case(road.case)
        assert loss_case is not None
        first = calculations.calculate(system(CITY), road.id, loss_case)
        assess(road, "B", 9_000_000)  # its calculation is still to come
        with pytest.raises(WrongState) as refused:
            calculations.approve(insurer("HUAIHAI"), claim(road).pk, first.pk)
        assert refused.value.code == "newer_calculation"
        calculations.approve_small(system(CITY), road.id, "TAIHU")
        assert claim(road, "TAIHU").status == "calculated"
        with pytest.raises(WrongState):  # figures read before the newest assessment are refused
            calculations.calculate(system(CITY), road.id, _other(loss_case))
        drain()
        newest = calculations.newest_calculation(road.id)
        assert newest is not None
        assert newest.losses["B"] == 9_000_000


def _other(loss_case: object) -> object:
    from dataclasses import replace

    vehicles = tuple(replace(v, loss=v.loss + 1) for v in loss_case.vehicles)
    return replace(loss_case, vehicles=vehicles)


@dataclass(frozen=True)
class Answer:
    key: str
    status: str
    receipt: str
    amount_fen: int


class TestRail:
    @pytest.fixture
    def payout(self, road: Road) -> Payout:
        road.assess()
        settle()
        return Payout.objects.get(case_id=road.id, to_label="B")

    def test_an_answer_about_an_earlier_attempt_changes_nothing(self, payout: Payout) -> None:
        """Else a late "rejected" for the first try would hide that the second one was paid: paid twice."""
        actor, first = system(CITY), f"{payout.pk}-1"
        payouts.record(actor, payout.pk, Answer(first, "rejected", "", payout.fen))
        ordering.reorder(actor, payout.pk)
        payouts.record(actor, payout.pk, Answer(first, "rejected", "", payout.fen))
        payouts.record(actor, payout.pk, Answer(first, "settled", "r", payout.fen))
        payout.refresh_from_db()
        assert (payout.status, payout.attempt) == ("ordered", 2)
        for _ in range(2):
            payouts.record(actor, payout.pk, Answer(f"{payout.pk}-2", "settled", "r", payout.fen))
        payout.refresh_from_db()
        assert payout.status == "paid"
        assert received(payout.case_id, "B") == [payout.fen]

    def test_another_amount_is_not_believed(self, payout: Payout) -> None:
        with pytest.raises(Upstream) as refused:
            payouts.record(system(CITY), payout.pk, Answer(f"{payout.pk}-1", "settled", "r", payout.fen + 1))
        assert not refused.value.retry

    def test_another_account_while_the_first_settles_pays_once(self, payout: Payout) -> None:
        payee = {"account": "1", "name_masked": "x"}
        first = payouts.call(payout, payee, "n")
        again = payouts.call(payout, {"account": "2", "name_masked": "y"}, "n")
        assert again.key == first.key
        assert again.receipt == first.receipt


def payable(town: Town) -> tuple[Road, UUID, Actor]:
    road = Road(town).ready()
    road.agree()
    road.assess(3_000_000)
    drain()
    calculation = calculations.newest_calculation(road.id)
    assert calculation is not None
    return road, calculation.pk, insurer("HUAIHAI")


@pytest.mark.django_db(transaction=True)
class TestRaces:
    def test_two_taps_approve_once_and_two_workers_pay_once(self, town: Town) -> None:
        road, calculation, actor = payable(town)
        road.name_payees()
        own = claim(road).pk
        done = at_once(*[lambda: calculations.approve(actor, own, calculation)] * 4)
        assert not [d for d in done if isinstance(d, Refusal)], done
        assert road.kinds()["claims.approved"] <= 2
        for _ in range(40):
            at_once(*[drain] * 3)
            if road.status == "closed":
                break
            settle(0.3)
        assert road.status == "closed"
        assert set(Counter(p[1] for p in road.payouts()).values()) == {1}
        assert road.kinds()["claims.paid"] == len(road.payouts())
        assert balanced()

    def test_two_assessments_at_once_are_two_versions(self, town: Town) -> None:
        road = Road(town).ready()
        road.agree()
        done = at_once(*[lambda fen=fen: assess(road, "B", fen) for fen in (100, 200, 300)])
        assert sorted(d.version for d in done) == [1, 2, 3]
