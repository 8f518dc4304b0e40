"""What follows when something is noticed: people look, money waits, parties answer, silence costs nobody."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from kuaichu.cases import payees
from kuaichu.cases.models import Case
from kuaichu.desks.claims import calculations, holds
from kuaichu.desks.claims.models import Claim
from kuaichu.desks.risk import inquiries, traces
from kuaichu.desks.risk.models import Inquiry, InquiryAnswer, SmallPayout, Trace
from kuaichu.desks.risk.signals import Found
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.models import Entry
from kuaichu.kernel.refusals import Invalid, NotAllowed, NotFound, WrongState
from kuaichu.people import roles
from kuaichu.people.roles import system
from kuaichu.process.risk import noticing
from tests.process.walking import Road, insurer, settle
from tests.stories.builders import CITY, Town

pytestmark = pytest.mark.django_db
SUPERVISOR = Actor(kind="staff", id="supervisor", city=CITY, grants=roles.ROLES["supervisor"])
HEAVY = [Found("PAIR", 100, "", {"times": 3, "cases": [], "since": "2026-01-01", "insurers": 2})]


def decided(town: Town) -> Road:
    road = Road(town).ready()
    road.agree()
    return road


def looked_at(road: Road) -> Inquiry:
    row = inquiries.notice(system(CITY), road.id, HEAVY)
    assert row is not None
    drain()
    return row


def held(road: Road) -> set[str]:
    return set(Claim.objects.filter(case_id=road.id).values_list("held_for", flat=True))


def test_an_ordinary_accident_leaves_hashes_and_nothing_else(town: Town) -> None:
    road = decided(town)
    kinds = set(Trace.objects.filter(case_id=road.id).values_list("kind", flat=True))
    assert {"phone", "plate", "place"} <= kinds
    before = Trace.objects.count()
    noticing.compare(CITY, road.id)
    assert Trace.objects.count() == before, "again leaves nothing new"
    told = str([e.payload for e in Entry.objects.filter(stream=road.id, kind="risk.traced")])
    assert road.numbers["A"] not in told
    assert not Inquiry.objects.exists()
    assert Case.objects.get(pk=road.id).watched == ""


def test_money_waits_until_a_person_clears(town: Town) -> None:
    road = decided(town)
    row = looked_at(road)
    assert held(road) == {"risk"}
    road.assess()
    road.name_payees()
    settle()
    assert road.payouts() == []
    claim = Claim.objects.get(case_id=road.id, insurer="HUAIHAI")
    newest = calculations.newest_calculation(road.id)
    assert newest is not None
    with pytest.raises(WrongState):
        calculations.approve(insurer("HUAIHAI"), claim.pk, newest.pk)
    with pytest.raises(WrongState) as refused:
        holds.release(insurer("HUAIHAI"), claim.pk, "We know them well")
    assert refused.value.code == "looked_at"
    holds.let_go(system(CITY), claim.pk)
    assert held(road) == {"risk"}, "not while somebody looks"
    inquiries.clear(SUPERVISOR, row.pk, reasons="两车主是同事，均已说明情况。")
    inquiries.clear(SUPERVISOR, row.pk, reasons="once more")
    settle()
    assert held(road) == {""}
    assert {status for *_, status in road.payouts()} == {"paid"}
    assert road.kinds()["risk.cleared"] == 1
    assert inquiries.notice(system(CITY), road.id, HEAVY) is None, "what was looked at does not count again"


def test_silence_never_costs_the_party(town: Town) -> None:
    road = decided(town)
    row = looked_at(road)
    inquiries.lapse(system(CITY), row.pk)
    row.refresh_from_db()
    assert row.status == "open", "not before its time"
    with clock.at(row.due_at + timedelta(seconds=5)):
        settle()
        row.refresh_from_db()
        assert (row.status, row.decided_by) == ("lapsed", "")
        assert held(road) == {""}
        road.assess()
        road.name_payees()
        settle()
    assert {status for *_, status in road.payouts()} == {"paid"}
    with pytest.raises(WrongState):
        inquiries.refer(SUPERVISOR, row.pk, reasons="too late now")


def test_referred_money_stays_and_reasons_are_told(town: Town) -> None:
    road = decided(town)
    row = looked_at(road)
    inquiries.refer(SUPERVISOR, row.pk, reasons="三起事故照片相同，移送调查。")
    drain()
    assert held(road) == {"risk"}
    assert any("/j/" in t and road.case.number in t for t in town.messages(road.numbers["B"]))
    with clock.at(row.due_at + timedelta(days=30)):
        settle()
    assert held(road) == {"risk"}
    inquiries.clear(SUPERVISOR, row.pk, reasons="调查未发现问题。")
    settle()
    assert held(road) == {""}


def test_a_party_answers_more_than_once(town: Town) -> None:
    road = decided(town)
    with pytest.raises(NotFound):
        inquiries.answer(road.actor("A"), road.id, words="nothing was asked")
    row = looked_at(road)
    for words in ("我们是同事，住同一小区。", "附上单位证明。", "附上单位证明。"):
        inquiries.answer(road.actor("A"), road.id, words=words)
    assert InquiryAnswer.objects.filter(inquiry=row).count() == 2
    assert "同事" not in str([e.payload for e in Entry.objects.filter(stream=road.id)])
    for words in ("", "abc", "x" * 1001, "\0\0\0\0\0"):
        with pytest.raises(Invalid) as wrong:
            inquiries.answer(road.actor("A"), road.id, words=words)
        assert "words" in wrong.value.fields


def test_who_may_decide(town: Town) -> None:
    road = decided(town)
    row = looked_at(road)
    other_city = Actor(kind="staff", id="x", city="xinyang", grants=roles.ROLES["supervisor"])
    clerk = Actor(kind="staff", id="x", city=CITY, grants=roles.ROLES["determination_officer"])
    for actor, error in ((other_city, NotFound), (clerk, NotAllowed), (insurer("HUAIHAI"), NotFound)):
        with pytest.raises(error):
            inquiries.clear(actor, row.pk, reasons="because I say so")
    with pytest.raises(NotFound):
        inquiries.refer(SUPERVISOR, uuid4(), reasons="no such thing")
    with pytest.raises(Invalid):
        inquiries.refer(SUPERVISOR, row.pk, reasons=" ")


def test_before_the_decision_the_ways_change_with_the_inquiry(town: Town) -> None:
    road = Road(town).ready()
    row = looked_at(road)
    told = Case.objects.get(pk=road.id).screening or {}
    assert "SELF" not in told["allowed"]
    inquiries.clear(SUPERVISOR, row.pk, reasons="误报，已核实。")
    drain()
    told = Case.objects.get(pk=road.id).screening or {}
    assert "SELF" in told["allowed"]


def test_the_same_account_on_both_sides_is_seen_when_it_is_named(town: Town) -> None:
    road = decided(town)
    for label in "AB":
        payees.name_payee(road.actor(label), road.id, holder="胡婷", account="4111111111111111")
    drain()
    assert Trace.objects.filter(case_id=road.id, kind="account").values("hash").distinct().count() == 1
    assert Trace.objects.filter(case_id=road.id, kind="account").count() == 2


def test_small_payouts_of_one_phone_are_counted(town: Town) -> None:
    road = decided(town)
    road.assess()
    settle()
    assert SmallPayout.objects.filter(case_id=road.id).exists()
    assert not traces.too_many_small(CITY, road.id)
    phone = Trace.objects.filter(case_id=road.id, kind="phone", label="A").get()
    for _ in range(3):
        old = Road(town)
        Trace(
            case=old.case, city=CITY, label="A", kind="phone", hash=phone.hash, insurers=[],
            at=clock.now(), expires_at=phone.expires_at,
        ).save()  # fmt: skip
        SmallPayout(case=old.case, city=CITY, claim_id=uuid4(), at=clock.now()).save()
    assert traces.too_many_small(CITY, road.id)
    second = Road(town)
    second.numbers["A"] = road.numbers["A"]
    second.ready()
    second.agree()
    second.assess()
    settle()
    statuses = set(Claim.objects.filter(case_id=second.id).values_list("status", flat=True))
    assert statuses == {"calculated"}, "a person approves"
    claim = Claim.objects.get(case_id=second.id, insurer="HUAIHAI")
    newest = calculations.newest_calculation(second.id)
    assert newest is not None
    assert calculations.approve(insurer("HUAIHAI"), claim.pk, newest.pk).status == "approved"


def test_traces_go_after_their_time_but_not_while_somebody_looks(town: Town) -> None:
    road = decided(town)
    end = Trace.objects.filter(case_id=road.id).latest("expires_at").expires_at
    assert traces.forget(system(CITY), end - timedelta(days=1)) == 0
    row = looked_at(road)
    assert traces.forget(system(CITY), end) == 0
    inquiries.clear(SUPERVISOR, row.pk, reasons="nothing found here")
    assert traces.forget(system(CITY), end) > 0
    assert not Trace.objects.filter(case_id=road.id).exists()
