"""A party is asked for one more photograph, objects, answers, and applies for review, on its own pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from kuaichu.cases.models import Case
from kuaichu.desks.liability import determinations
from kuaichu.desks.liability.approvals import recusals
from kuaichu.desks.liability.bench import returns
from kuaichu.desks.liability.models import Determination, EvidenceRequest, Recheck
from kuaichu.desks.liability.rechecks import taking
from kuaichu.desks.liability.rulings import Ruling
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.deliveries import drain
from kuaichu.people.models import Account
from kuaichu.people.roles import ROLES
from tests.portals.police import building
from tests.process.walking import drawn, officer
from tests.stories.builders import Person, Town, photograph, rear_end

pytestmark = pytest.mark.django_db


def held(town: Town) -> tuple[Person, Person, Actor]:
    """A case that both asked an officer for, in the hands of one."""
    first, second = rear_end(town)
    for one in (first, second):
        one.choose("officer")
    who = officer()
    assert drawn(who) is not None
    return first, second, who


def signed(town: Town) -> tuple[Person, Person]:
    first, second, who = held(town)
    ruling = Ruling(
        grades={"A": "FULL", "B": "NONE"}, facts_found="A车在人民南路追尾前方停车等候的B车。",
        reasons="A车未保持安全距离。", citations=["法43"], form="1",
    )  # fmt: skip
    determinations.determine(who, first.case.pk, ruling, factor_fresh=True)
    drain()
    return first, second


def test_the_photograph_that_is_wanted(town: Town) -> None:
    first, second, who = held(town)
    assert second.browser.get(second.url("wanted")).status_code == 302
    returns.ask(who, first.case.pk, returns.Missing("B", "damage", "左后角的擦痕"))
    drain()
    assert second.url("wanted") in second.see()
    assert first.url("wanted") not in first.see()
    page = second.see("wanted")
    assert "左后角的擦痕" in page
    assert second.url("photos/damage") in page
    answer = second.put(photograph(7), "damage")
    assert answer.status_code == 200
    drain()
    assert EvidenceRequest.objects.get().status == "came"
    assert second.browser.get(second.url("wanted")).status_code == 302
    assert Determination.objects.get().status == "waiting"


def test_an_objection_and_its_answer(town: Town) -> None:
    first, second = signed(town)
    assert first.url("objection") in first.see()
    first.send("objection", 422, words="")
    assert "There is nothing" not in first.see("objection")
    first.send("objection", grounds=["facts", "evidence"], words="他突然变道，看第三张照片。")
    assert any("/j/" in text for text in town.messages(second.phone)[:2])
    page = second.see("objection")
    assert "他突然变道" in page
    second.send("objection", words="我一直停着没有动。")
    assert Recheck.objects.exclude(kind="sample").get().told["answers"] == {"B": "我一直停着没有动。"}
    assert "我一直停着没有动。" in second.see("objection")


def test_a_review_is_applied_for_and_taken_back(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = signed(town)
    second.send("received")
    second.send("review-by-higher", 422, request="", words="")
    told = {"request": "请求撤销原认定", "grounds": ["law"], "words": "适用法律错误。", "evidence": ""}
    second.send("review-by-higher", **told)
    row = Recheck.objects.exclude(kind="sample").get()
    assert (row.kind, row.late) == ("review", False)
    assert "请求撤销原认定" in first.see("review-by-higher")
    second.send("review-by-higher", take_back="yes")
    row.refresh_from_db()
    assert row.outcome == "terminated"
    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() + timedelta(days=1))
    assert 'form="step"' not in second.see("review-by-higher")  # there is only one


def test_a_slip_is_told_and_answered(town: Town) -> None:
    _first, second = signed(town)
    assert second.url("slip") in second.see()
    second.send("slip", 422, words="无")
    second.send("slip", words="我的名字写错了，应该是陈䶮。")
    row = Recheck.objects.get(kind="correction")
    assert "应该是陈䶮" in second.see("slip")
    assert 'form="step"' not in second.see("slip"), "one at a time"
    who = Account.objects.get(pk=row.determination.officer_id)
    building.totp(who)
    desk = building.signed_in(who)
    desk.post(reverse("police:take"))
    page = desk.get(reverse("police:second", args=[row.pk])).content.decode()
    assert "应该是陈䶮" in page
    assert reverse("police:after", args=[row.case_id]) in page
    settle = reverse("police:settle_second", args=[row.pk])
    assert desk.post(settle, {"which": "nothing_wrong", "words": ""}).status_code == 422
    assert desk.post(settle, {"which": "nothing_wrong", "words": "与身份证核对无误。"}).status_code == 302
    drain()
    assert "与身份证核对无误" in second.see("slip")
    assert 'form="step"' in second.see("slip")


def test_another_officer_is_asked_for(town: Town) -> None:
    first, second, who = held(town)
    assert second.url("other-officer") in second.see()
    second.send("other-officer", 422, ground="", words="")
    second.send("other-officer", ground="kin", words="他是对方的表哥。")
    assert "他是对方的表哥。" in second.see("other-officer")
    assert 'form="step"' not in second.see("other-officer")
    row = Recheck.objects.get(kind="recusal")
    head = Actor("staff", officer().id, who.city, ROLES["unit_head"], organisation_id=who.organisation_id)
    taking.take(head, row.pk)
    recusals.decide(head, row.pk, granted=False, words="经查，双方并不相识。")
    drain()
    assert "经查，双方并不相识。" in second.see("other-officer")
    assert "经查，双方并不相识。" not in first.see("other-officer")


def test_fast_handling_takes_all(town: Town) -> None:
    first, second = rear_end(town)
    assert first.url("fast") not in first.see()
    assert 'form="step"' not in first.see("fast")
    Case.objects.filter(pk=first.case.pk).update(status="handed_over", outcome="general", injury="serious")
    assert first.url("fast") in first.see()
    first.send("fast", 422)
    first.send("fast", undisputed="on")
    assert Determination.objects.count() == 0
    assert 'form="step"' not in first.see("fast")
    second.send("fast", undisputed="on")
    assert Determination.objects.get().grade == "junior"
    second.send("fast", take_back="yes")
    drain()
    assert Determination.objects.get().status == "ended"
