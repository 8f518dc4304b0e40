"""What follows when a ruling falls: money, papers, corrections; and the review by the higher unit."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kuaichu.cases.models import Case
from kuaichu.desks.claims import holds
from kuaichu.desks.claims.calculations import newest_calculation
from kuaichu.desks.claims.models import Claim, Payout, Recovery
from kuaichu.desks.documents import revocations
from kuaichu.desks.documents.models import Paper
from kuaichu.desks.liability import determinations, serving
from kuaichu.desks.liability.bench import corrections, issuing
from kuaichu.desks.liability.models import Recheck
from kuaichu.desks.liability.rechecks import anew, conclusions, objections, reviews, seconds, taking
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.refusals import Invalid, NotAllowed, NotFound, WrongState
from kuaichu.people import roles
from tests.process.test_rechecks import APPLICATION, CITY, EQUAL, OBJECTION, later, newest, reviewer, signed
from tests.process.walking import balanced, insurer, officer, settle
from tests.stories.builders import Town

pytestmark = pytest.mark.django_db


class TestMoneyFollows:
    def test_too_much_is_to_be_recovered_and_the_rest_is_paid(self, town: Town) -> None:
        road, who = signed(town)
        road.assess()
        road.name_payees()
        settle()
        assert road.status == "closed"
        before = {(i, to): fen for i, to, fen, _s in road.payouts()}
        row = anew.recuse(who, road.id, words="本人与甲方系表亲。")
        settle()
        assert road.status == "ready"
        third, fourth = officer(), officer()
        assert issuing.suits(row, third)
        road.take(third)
        determinations.determine(third, road.id, EQUAL, factor_fresh=True)
        recheck = Recheck.objects.get(kind="four_eyes")
        taking.take(fourth, recheck.pk)
        seconds.confirm(fourth, recheck.pk, factor_fresh=True)
        settle()
        paid = {}
        for code, to, fen, status in road.payouts():
            assert status == "paid"
            paid[code, to] = paid.get((code, to), 0) + fen
        surplus = {(r.insurer, r.from_label): r.fen for r in Recovery.objects.filter(status="open")}
        assert surplus
        assert paid != before
        made = newest_calculation(road.id)
        assert made is not None
        due: dict[tuple[str, str], int] = {}
        for line in made.lines:
            if line["payer"] == "insurer":
                key = (line["insurer"], line["to"])
                due[key] = due.get(key, 0) + line["fen"]
        net = {pair: fen - surplus.get(pair, 0) for pair, fen in paid.items()}
        assert {k: v for k, v in net.items() if v} == {k: v for k, v in due.items() if v}
        assert balanced()
        assert road.status == "closed"

    def test_a_revoked_certificate_stops_money_and_opens_recoveries(self, town: Town) -> None:
        road, _who = signed(town)
        road.assess()
        road.name_payees()
        settle()
        paid = sum(fen for _i, _to, fen, _s in road.payouts())
        made = officer()
        boss = Actor("staff", made.id, CITY, roles.ROLES["supervisor"])
        paper = Paper.objects.get()
        revocations.revoke(boss, paper.pk, why="经查系伪造事故骗取保险金")
        revocations.revoke(boss, paper.pk, why="经查系伪造事故骗取保险金")
        settle()
        assert sum(r.fen for r in Recovery.objects.all()) == paid > 0
        assert newest(road).status == "replaced"
        assert Case.objects.get(pk=road.id).status == "handed_over"
        assert road.kinds()["claims.readjusted"] == 1

    def test_ordered_money_is_stopped(self, town: Town) -> None:
        road, who = signed(town)
        road.assess()
        settle()
        assert {s for _i, _to, _fen, s in road.payouts()} == {"ordered"}  # nobody named an account yet
        revocations.revoke(
            Actor("staff", who.id, CITY, roles.ROLES["supervisor"]), Paper.objects.get().pk, why="伪造现场"
        )
        settle()
        road.name_payees()
        settle()
        assert {p.status for p in Payout.objects.all()} == {"stopped"}
        claim = Claim.objects.exclude(held_for="")[0]
        with pytest.raises(WrongState):  # no insurer lets money go on a revoked certificate
            holds.release(insurer(claim.insurer), claim.pk, "我们愿意支付")
        assert not Recovery.objects.exists()


class TestCorrections:
    def test_a_slip_is_put_right_by_a_new_version(self, town: Town) -> None:
        road, who = signed(town)
        first = Paper.objects.get()
        with pytest.raises(Invalid):
            corrections.correct(who, road.id, changes={"grades": "x"}, why="笔误更正", factor_fresh=True)
        with pytest.raises(NotFound):
            corrections.correct(officer(), road.id, changes={"place": "x"}, why="地点笔误", factor_fresh=True)
        corrections.correct(
            who, road.id, changes={"place": "人民中路与世纪大道路口", "name.A": "胡亭"}, why="地点有笔误。",
            factor_fresh=True,
        )  # fmt: skip
        settle()
        first.refresh_from_db()
        fresh = Paper.objects.get(status="issued")
        assert (first.status, first.superseded_by_id) == ("superseded", fresh.pk)
        text = bytes(fresh.facts).decode()
        assert "人民中路与世纪大道路口" in text
        assert "胡亭" in text
        assert newest(road).status == "signed"
        corrections.correct(who, road.id, changes={"place": "人民东路口"}, why="再次更正", factor_fresh=True)
        settle()
        last = Paper.objects.get(status="issued")
        assert "胡亭" in bytes(last.facts).decode()  # what was right before stays right
        assert Paper.objects.filter(status="superseded").count() == 2


class TestReview:
    def test_late_is_refused_in_writing_and_the_third_day_is_not(
        self, town: Town, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Trap case T11."""
        road, _who = signed(town)
        serving.receive(road.actor("A"), road.id)
        end = reviews.apply_until(newest(road), "A").at
        with later(monkeypatch, end - clock.now() - timedelta(minutes=1)):
            early = reviews.apply(road.actor("A"), road.id, APPLICATION)
            assert not early.late
            with pytest.raises(WrongState):
                conclusions.not_accept(_taken(reviewer(), early), early.pk, words="简易程序不予复核")
            reviews.take_back(road.actor("A"), road.id)
        other, _who = signed(town)
        serving.receive(other.actor("B"), other.id)
        end = reviews.apply_until(newest(other), "B").at
        with later(monkeypatch, end - clock.now() + timedelta(hours=1)):
            late = reviews.apply(other.actor("B"), other.id, APPLICATION)
            assert late.late
            boss = _taken(reviewer(), late)
            with pytest.raises(WrongState):
                conclusions.propose(boss, late.pk, outcome="upheld", words="维持原认定。")
            conclusions.not_accept(boss, late.pk, words="超过法定期限。")
        settle()
        paper = Paper.objects.get(case_id=other.id, kind="rejection_notice")
        assert paper.status == "issued"
        assert "第七十一条" in bytes(paper.facts).decode()

    @pytest.mark.parametrize("outcome", conclusions.OUTCOMES)
    def test_two_officers_of_the_higher_unit_conclude(self, town: Town, outcome: str) -> None:
        road, who = signed(town)
        recheck = reviews.apply(road.actor("B"), road.id, APPLICATION)
        assert not taking.open_to(who).exists()
        first, second = reviewer(), reviewer()
        taking.take(first, recheck.pk)
        conclusions.propose(first, recheck.pk, outcome=outcome, words="经复核，意见如下。")
        with pytest.raises(NotAllowed):
            conclusions.conclude(first, recheck.pk, agree=True)
        conclusions.conclude(second, recheck.pk, agree=False, words="请再看第三张照片。")
        conclusions.propose(first, recheck.pk, outcome=outcome, words="经再次复核，意见如下。")
        conclusions.conclude(second, recheck.pk, agree=True)
        settle()
        recheck.refresh_from_db()
        assert recheck.outcome == outcome
        paper = Paper.objects.get(kind="review_conclusion")
        assert paper.status == "issued"
        assert (road.status == "ready") is (outcome == "redetermine")
        if outcome == "redetermine":
            return
        again = reviews.apply(road.actor("A"), road.id, APPLICATION)
        third = _taken(reviewer(), again)
        with pytest.raises(WrongState):  # once for each accident (Art. 71)
            conclusions.propose(third, again.pk, outcome="upheld", words="维持原认定。")
        conclusions.not_accept(third, again.pk, words="同一事故只复核一次。")
        settle()
        assert Paper.objects.filter(kind="rejection_notice").count() == 1

    def test_redetermination_ends_other_looks(self, town: Town) -> None:
        road, _who = signed(town)
        objections.object_to(road.actor("A"), road.id, OBJECTION)
        recheck = reviews.apply(road.actor("B"), road.id, APPLICATION)
        first, second = reviewer(), reviewer()
        taking.take(first, recheck.pk)
        conclusions.propose(first, recheck.pk, outcome="redetermine", words="主要证据不足。")
        conclusions.conclude(second, recheck.pk, agree=True)
        drain()
        assert Recheck.objects.get(kind="objection").status == "ended"


def _taken(actor: Actor, recheck: Recheck) -> Actor:
    taking.take(actor, recheck.pk)
    return actor
