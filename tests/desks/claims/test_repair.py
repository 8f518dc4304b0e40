"""Repair: the shop of one's choice, its draft, total loss, and what is found when it is taken apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec import structs

from kuaichu.cases import files
from kuaichu.cases.models import Case
from kuaichu.desks.claims import filings
from kuaichu.desks.claims.filings import Line, Loss
from kuaichu.desks.claims.models import Assessment, Claim
from kuaichu.desks.claims.recourse.waivers import waivers
from kuaichu.desks.claims.repair import estimates, shops
from kuaichu.desks.claims.repair.rows import Estimate
from kuaichu.desks.claims.repair.rules import RepairRules, Shop
from kuaichu.kernel import city as cities
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.refusals import Invalid, NotFound, WrongState
from kuaichu.queries import losses
from tests.process.walking import Road, balanced, insurer, received, settle
from tests.stories.builders import CITY

SHOPS = (
    Shop("far", "远方汽修", "盐都区", 120.30, 33.36, interest="HUAIHAI"),
    Shop("near", "近处汽修", "亭湖区", 120.151, 33.361),
    Shop("dealer", "某品牌4S店", "亭湖区", 120.16, 33.36, kind="dealer"),
)


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """The city's list of shops, as its file would give it."""

    def change(**changes: object) -> None:
        own = structs.replace(RepairRules(shops=SHOPS), **changes)
        monkeypatch.setitem(cities.city(CITY)._made, "repair", own)

    change()
    return change


class TestChoice:
    def test_the_nearest_first_or_a_lot_of_the_case_and_interests_shown(
        self, road: Road, listed: Callable[..., None]
    ) -> None:
        found = shops.listed(files.case(road.id))
        assert found[2].shop.code == "far"
        assert found[2].shop.interest == "HUAIHAI"
        assert [one.km for one in found] == sorted(one.km or 0 for one in found)
        assert found[0].km is not None
        assert found[0].km < 2
        listed(order="random")
        cases = [Case(pk=Case().pk, city=CITY, lat=33.36, lon=120.15) for _ in range(40)]
        first = {shops.listed(one)[0].shop.code for one in cases}
        assert first == {"near", "dealer", "far"}
        assert shops.listed(cases[0]) == shops.listed(cases[0])

    def test_any_shop_one_likes(self, road: Road, listed: Callable[..., None]) -> None:
        owner = road.actor("B")
        [one] = {shops.choose(owner, road.id, code="near").pk for _ in range(2)}
        first = shops.token_of(shops.choose(owner, road.id, code="near"))
        assert shops.choice_of(first).pk == one
        again = shops.choose(owner, road.id, name="老王修车铺")
        assert (again.code, again.name, again.version) == ("", "老王修车铺", 2)
        for token in (first, "x", first + "x", ""):
            with pytest.raises(NotFound):
                shops.choice_of(token)
        for wrong in ({"code": "gone"}, {"name": " "}, {"name": "x" * 81}, {}):
            with pytest.raises(Invalid):
                shops.choose(owner, road.id, **wrong)


def lines(fen: int) -> Loss:
    return Loss([Line("后保险杠", "part", fen - 100), Line("喷漆", "labour", 100)], fen, "老王修车铺")


def may(road: Road) -> set[object]:
    return {v.pk for v in losses.to_assess(road.id, "HUAIHAI")}


class TestDraft:
    def test_drafted_by_the_shop_approved_by_the_insurer(self, road: Road) -> None:
        choice = shops.choose(road.actor("B"), road.id, name="老王修车铺")
        holder = shops.choice_of(shops.token_of(choice))
        for _ in range(2):
            row = estimates.draft(shops.actor_of(holder), holder, lines(120_000), days=5)
        assert (row.version, row.status) == (1, "drafted")
        own = Claim.objects.get(case_id=road.id, insurer="HUAIHAI").pk
        told = {"assessor": "周敏", "may": may(road)}
        with pytest.raises(NotFound):
            estimates.approve(insurer("TAIHU"), own, row.pk, **told)
        with pytest.raises(NotFound):
            estimates.approve(insurer("HUAIHAI"), own, row.pk, assessor="周敏", may=set())
        for _ in range(2):
            made = estimates.approve(insurer("HUAIHAI"), own, row.pk, **told)
        assert (made.total_fen, made.version) == (120_000, 1)
        drain()
        assert road.kinds()["claims.estimate_answered"] == 1

    def test_asked_back_and_drafted_anew(self, road: Road) -> None:
        holder = shops.choose(road.actor("B"), road.id, name="老王修车铺")
        actor = shops.actor_of(holder)
        first = estimates.draft(actor, holder, lines(120_000), days=5)
        own = Claim.objects.get(case_id=road.id, insurer="HUAIHAI").pk
        for wrong in ("", "x" * 301):
            with pytest.raises(Invalid):
                estimates.send_back(insurer("HUAIHAI"), own, first.pk, wrong, may=may(road))
        estimates.send_back(insurer("HUAIHAI"), own, first.pk, "Why the paint?", may=may(road))
        with pytest.raises(WrongState):
            estimates.approve(insurer("HUAIHAI"), own, first.pk, assessor="x", may=may(road))
        second = estimates.draft(actor, holder, lines(90_000), days=4)
        assert second.version == 2
        assert Estimate.objects.count() == 2

    @pytest.mark.parametrize("days", [0, 181, -1])
    def test_impossible_drafts(self, road: Road, days: int) -> None:
        holder = shops.choose(road.actor("B"), road.id, name="老王修车铺")
        actor = shops.actor_of(holder)
        with pytest.raises(Invalid):
            estimates.draft(actor, holder, lines(500), days=days)
        with pytest.raises(Invalid):
            estimates.draft(actor, holder, replace_total(lines(500)), days=3)


def replace_total(loss: Loss) -> Loss:
    return structs.replace(loss, total_fen=loss.total_fen + 1)


class TestTotalLoss:
    VALUE = (Line("车辆实际价值", "value", 5_000_000), Line("残值", "salvage", 400_000))

    def test_the_value_less_salvage_when_the_repair_costs_as_much(self, road: Road) -> None:
        own, vehicle = Claim.objects.get(case_id=road.id, insurer="HUAIHAI").pk, road.vehicle("B").pk
        loss = Loss(list(self.VALUE), 4_600_000, "周敏", repair_fen=5_000_000)
        made = filings.assess(insurer("HUAIHAI"), own, vehicle, loss, may={vehicle})
        assert (made.total_fen, made.repair_fen) == (4_600_000, 5_000_000)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"repair_fen": 4_999_999}, {"repair_fen": -1},
            {"lines": [*VALUE, Line("前保险杠", "part", 0)]},
            {"lines": [VALUE[0], *VALUE], "total_fen": 9_600_000},
        ],
    )  # fmt: skip
    def test_what_is_none(self, road: Road, wrong: dict[str, object]) -> None:
        own, vehicle = Claim.objects.get(case_id=road.id, insurer="HUAIHAI").pk, road.vehicle("B").pk
        loss = structs.replace(Loss(list(self.VALUE), 4_600_000, "周敏", repair_fen=5_000_000), **wrong)
        with pytest.raises(Invalid):
            filings.assess(insurer("HUAIHAI"), own, vehicle, loss, may={vehicle})


class TestSupplement:
    def test_what_the_teardown_shows_is_paid_besides(self, road: Road) -> None:
        """R29: the supplement is a normal step, also after everything was paid."""
        road.name_payees()
        road.assess(150_000)
        settle()
        assert road.status == "closed"
        own, vehicle = Claim.objects.get(case_id=road.id, insurer="HUAIHAI"), road.vehicle("B").pk
        more = Loss([Line("后保险杠", "part", 150_000), Line("后防撞梁", "part", 30_000)], 180_000, "李工")
        actor = insurer("HUAIHAI")
        for wrong in (more, structs.replace(more, supplement=" ")):
            with pytest.raises(WrongState) as refused:
                filings.assess(actor, own.pk, vehicle, wrong, may={vehicle})
            assert refused.value.code == "already_approved"
        less = Loss([Line("后保险杠", "part", 100)], 100, "李工", supplement="less")
        with pytest.raises(WrongState):
            filings.assess(actor, own.pk, vehicle, less, may={vehicle})
        told = structs.replace(more, supplement="Behind the bumper the beam is bent.")
        for _ in range(2):
            filings.assess(actor, own.pk, vehicle, told, may={vehicle})
        settle()
        assert received(road.id, "B") == [150_000, 30_000]
        assert Assessment.objects.filter(vehicle_id=vehicle).count() == 2
        assert balanced()
        own.refresh_from_db()
        assert own.status == "paid"

    def test_a_large_one_waits_for_a_person(self, road: Road) -> None:
        road.name_payees()
        road.assess(150_000)
        settle()
        own, vehicle = Claim.objects.get(case_id=road.id, insurer="HUAIHAI"), road.vehicle("B").pk
        told = Loss([Line("车身", "part", 3_000_000)], 3_000_000, "李工", supplement="The frame is bent.")
        filings.assess(insurer("HUAIHAI"), own.pk, vehicle, told, may={vehicle})
        settle(1)
        assert received(road.id, "B") == [150_000]
        own.refresh_from_db()
        assert own.status == "calculated"


class TestWaivers:
    """T15: “一次性了结，互不追究” while the own-damage cover shall pay."""

    def test_the_trap_case(self) -> None:
        assert waivers("双方协商，一次性了结，互不追究。") == ["一次性了结", "互不追究"]

    @pytest.mark.parametrize("text", ["各修各车", "乙方放弃向甲方索赔", "今后再无任何纠纷", "互 不 追 究"])
    def test_other_words_for_it(self, text: str) -> None:
        assert waivers(text)

    @pytest.mark.parametrize(
        "text", ["", "对方追尾，我停车等候。", "请保险公司赔偿修车费。", "we both agree"]
    )
    def test_what_waives_nothing(self, text: str) -> None:
        assert waivers(text) == []
