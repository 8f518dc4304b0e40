"""A second pair of eyes: before issuing, by sample, on objection and on review; papers and money follow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from kuaichu.desks.claims.models import Claim
from kuaichu.desks.documents.models import Paper
from kuaichu.desks.liability import determinations
from kuaichu.desks.liability.bench import blind, issuing, lots
from kuaichu.desks.liability.models import Determination, Opinion, Recheck
from kuaichu.desks.liability.rechecks import objections, reviews, samples, seconds, taking
from kuaichu.desks.liability.rulings import Ruling
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Invalid, NotAllowed, NotFound, WrongState
from kuaichu.people import roles
from kuaichu.people.roles import system
from tests.process.walking import Road, officer, settle
from tests.stories.builders import Town

pytestmark = pytest.mark.django_db
CITY = "yancheng"
OBJECTION = objections.Objection(["facts"], "对方在我前面突然变道，照片上看得见。")
APPLICATION = reviews.Application("请求撤销原认定", ["facts", "evidence"], "对方突然变道。", "第三张照片")
EQUAL = Ruling(
    grades={"A": "EQUAL", "B": "EQUAL"}, facts_found="A车与B车在人民南路同时变更车道发生碰撞。",
    reasons="双方均未让行。", citations=["法22¶1"], form="1",
)  # fmt: skip


def reviewer() -> Actor:
    made = officer()
    return Actor(
        "staff", made.id, made.city, roles.ROLES["review_officer"], organisation_id=made.organisation_id
    )


def held(town: Town) -> tuple[Road, Actor]:
    road, who = Road(town).ready(), officer()
    road.want("officer")
    road.take(who)
    return road, who


def signed(town: Town) -> tuple[Road, Actor]:
    road, who = held(town)
    road.determine(who)
    settle()
    return road, who


def newest(road: Road) -> Determination:
    return Determination.objects.filter(case_id=road.id).order_by("-requested_at")[0]


@contextmanager
def later(monkeypatch: pytest.MonkeyPatch, span: timedelta) -> Iterator[None]:
    """Inside, it is later."""
    real = clock.now
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: real() + span)
        yield


class TestFourEyes:
    def test_nothing_is_issued_before_another_officer_agrees(self, town: Town, city_rules: Any) -> None:
        city_rules(four_eyes=["all"])
        road, who = held(town)
        road.determine(who)
        road.determine(who)
        settle()
        recheck = Recheck.objects.get()
        assert (recheck.kind, recheck.told["why"]) == ("four_eyes", ["all"])
        assert newest(road).status == "checked"
        assert road.status == "ready"
        assert not Paper.objects.exists()
        with pytest.raises(NotAllowed):
            taking.take(who, recheck.pk)
        assert not taking.open_to(who).exists()
        second = officer()
        with pytest.raises(NotFound):
            seconds.confirm(second, recheck.pk, factor_fresh=True)
        taking.take(second, recheck.pk)
        with pytest.raises(WrongState):
            taking.take(officer(), recheck.pk)
        with pytest.raises(NotAllowed):
            seconds.confirm(second, recheck.pk, factor_fresh=False)
        seconds.confirm(second, recheck.pk, factor_fresh=True)
        settle()
        assert road.status == "decided"
        assert newest(road).officer_id is not None
        assert str(newest(road).officer_id) == who.id
        assert Paper.objects.get().status == "issued"

    def test_who_does_not_agree_sends_it_back_with_reasons(self, town: Town, city_rules: Any) -> None:
        city_rules(four_eyes=["FULL"])
        road, who = held(town)
        road.determine(who)
        recheck, second = Recheck.objects.get(), officer()
        taking.take(second, recheck.pk)
        with pytest.raises(Invalid):
            seconds.send_back(second, recheck.pk, words=" ")
        seconds.send_back(second, recheck.pk, words="照片三显示B车也越线。")
        row = newest(road)
        assert (row.status, str(row.kept_for), row.grades) == ("waiting", who.id, None)
        assert row.draft["sent_back"] == "照片三显示B车也越线。"
        assert row.draft["grades"] == {"A": "FULL", "B": "NONE"}
        road.take(who)
        road.determine(who)
        assert Recheck.objects.filter(status="waiting").count() == 1

    def test_a_grade_the_city_does_not_name_needs_nobody(self, town: Town, city_rules: Any) -> None:
        city_rules(four_eyes=["EQUAL", "injury", "abstained"])
        road, who = held(town)
        road.determine(who)
        assert newest(road).status == "signed"


class TestSamples:
    def test_the_lot_is_fair_and_the_same_for_everybody(self) -> None:
        ids = [uuid4() for _ in range(4000)]
        hits = [one for one in ids if lots.drawn(one, 25, "x")]
        assert 850 < len(hits) < 1150
        assert hits == [one for one in ids if lots.drawn(one, 25, "x")]
        assert not any(lots.drawn(one, 0, "x") for one in ids)
        assert all(lots.drawn(one, 100, "x") for one in ids)

    def test_another_officer_judges_blind_and_disagreement_stands(self, town: Town, city_rules: Any) -> None:
        city_rules(sample_percent=100)
        road, _who = signed(town)
        recheck = Recheck.objects.get()
        assert recheck.kind == "sample"
        second = officer()
        taking.take(second, recheck.pk)
        with pytest.raises(Invalid):
            samples.judge(second, recheck.pk, grades={"A": "FULL", "B": "FULL"}, words="理由如上")
        assert not samples.judge(
            second, recheck.pk, grades={"A": "EQUAL", "B": "EQUAL"}, words="双方同时变道"
        )
        recheck.refresh_from_db()
        assert recheck.outcome == "differs"
        assert Opinion.objects.get(source="second").grades == {"A": "EQUAL", "B": "EQUAL"}
        assert newest(road).grades == {"A": "FULL", "B": "NONE"}  # a sample changes nothing by itself
        with pytest.raises(NotFound):
            samples.judge(second, recheck.pk, grades={"A": "EQUAL", "B": "EQUAL"}, words="双方同时变道")


class TestBlindOpinions:
    def test_the_officer_decides_first_and_both_are_kept(self, town: Town, city_rules: Any) -> None:
        city_rules(blind_percent=100)
        road, who = held(town)
        assert lots.is_blind(newest(road))
        assert blind.opine(who, road.id, grades={"A": "FULL", "B": "NONE"}) is True
        assert not lots.is_blind(newest(road))
        with pytest.raises(WrongState):
            blind.opine(who, road.id, grades={"A": "EQUAL", "B": "EQUAL"})
        kept = {o.source: o.grades for o in Opinion.objects.all()}
        assert kept == {"officer": {"A": "FULL", "B": "NONE"}, "engine": {"A": "FULL", "B": "NONE"}}


class TestObjections:
    def test_two_minutes_an_answer_and_a_second_officer(self, town: Town) -> None:
        road, _who = signed(town)
        with pytest.raises(Invalid) as refusal:
            objections.object_to(road.actor("A"), road.id, objections.Objection([], "x"))
        assert set(refusal.value.fields) == {"grounds", "words"}
        recheck = objections.object_to(road.actor("A"), road.id, OBJECTION)
        assert objections.object_to(road.actor("A"), road.id, OBJECTION).pk == recheck.pk
        with pytest.raises(WrongState):
            objections.object_to(road.actor("B"), road.id, OBJECTION)
        with pytest.raises(NotFound):
            objections.answer(road.actor("A"), road.id, words="我自己也有话说")
        objections.answer(road.actor("B"), road.id, words="我没有变道。")
        second = officer()
        taking.take(second, recheck.pk)
        assert objections.settle(second, recheck.pk, upheld=False, words="照片显示原认定无误。") is None
        settle()
        recheck.refresh_from_db()
        assert (recheck.outcome, recheck.told["answers"]) == ("rejected", {"B": "我没有变道。"})
        assert newest(road).status == "signed"
        assert not Claim.objects.exclude(held_for="").exists()

    def test_after_the_time_there_is_none(self, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
        road, _who = signed(town)
        with later(monkeypatch, timedelta(days=20)), pytest.raises(WrongState):
            objections.object_to(road.actor("A"), road.id, OBJECTION)

    def test_a_right_objection_leads_to_a_new_ruling_by_another(self, town: Town) -> None:
        road, who = signed(town)
        road.assess()
        settle()
        recheck, second = objections.object_to(road.actor("B"), road.id, OBJECTION), officer()
        taking.take(second, recheck.pk)
        new = objections.settle(second, recheck.pk, upheld=True, words="第三张照片显示双方同时变道。")
        assert new is not None
        settle()
        assert road.status == "ready"
        assert {c.held_for for c in Claim.objects.all()} <= {"anew", ""}
        for had_a_part in (who, second):
            assert not issuing.suits(new, had_a_part)
        third, fourth = officer(), officer()
        road.take(third)
        determinations.determine(third, road.id, EQUAL, factor_fresh=True)
        taking.take(fourth, Recheck.objects.get(kind="four_eyes").pk)  # what replaces a ruling is confirmed
        seconds.confirm(fourth, Recheck.objects.get(kind="four_eyes").pk, factor_fresh=True)
        settle()
        old, fresh = Paper.objects.filter(kind="summary_certificate").order_by("numbered_at")
        assert (old.status, old.superseded_by_id, fresh.status) == ("superseded", fresh.pk, "issued")
        assert f"原{old.number}" in bytes(fresh.facts).decode()
        assert road.status in ("decided", "closed")
        assert not Claim.objects.exclude(held_for="").exists()


def test_the_system_cannot_judge(town: Town) -> None:
    road, _who = signed(town)
    recheck = objections.object_to(road.actor("A"), road.id, OBJECTION)
    with pytest.raises(NotAllowed):
        taking.take(system(CITY), recheck.pk)
