"""Who no longer holds a case cannot move it; money under way when it was stopped is still counted."""

from __future__ import annotations

from typing import Any

import pytest

from kuaichu.cases.models import Case
from kuaichu.desks.claims import holds, payouts, readjusting
from kuaichu.desks.claims.models import Calculation, Claim, Payout, Recovery
from kuaichu.desks.documents import revocations
from kuaichu.desks.documents.models import Paper
from kuaichu.desks.liability import determinations, requests
from kuaichu.desks.liability.bench import endings
from kuaichu.desks.liability.models import Determination, Recheck
from kuaichu.desks.liability.rechecks import anew, seconds, taking
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import WrongState
from kuaichu.people import roles
from kuaichu.people.roles import system
from tests.process.test_rechecks import CITY, EQUAL, held, newest, signed
from tests.process.walking import balanced, officer, settle
from tests.stories.builders import Town

pytestmark = pytest.mark.django_db


def test_who_stepped_aside_or_signed_hands_nothing_over(town: Town) -> None:
    road, who = signed(town)
    with pytest.raises(WrongState):
        requests.hand_over(who, road.id, to="general", reasons=("INJURY",))
    assert road.status == "decided"
    anew.recuse(who, road.id, words="本人与甲方系表亲。")
    settle()
    other = officer()
    road.take(other)
    for call in (
        lambda: requests.hand_over(who, road.id, to="general", reasons=("INJURY",)),
        lambda: requests.end(who, road.id, why="x"),
        lambda: determinations.give_back(who, road.id, why="x"),
        lambda: endings.refuse(
            who, road.id, ground="not_here", reasons="不属于本单位管辖范围。", factor_fresh=True
        ),
    ):
        with pytest.raises(WrongState):
            call()
    row = newest(road)
    assert (row.status, str(row.officer_id)) == ("taken", other.id)
    assert Case.objects.get(pk=road.id).status == "ready"


def test_what_a_second_officer_reads_stays_where_it_is(town: Town, city_rules: Any) -> None:
    city_rules(four_eyes=["all"])
    road, who = held(town)
    determinations.determine(who, road.id, EQUAL, factor_fresh=True)
    second = officer()
    recheck = Recheck.objects.get(case_id=road.id, kind="four_eyes")
    taking.take(second, recheck.pk)
    for call in (
        lambda: determinations.give_back(who, road.id, why="x"),
        lambda: requests.hand_over(who, road.id, to="general", reasons=("INJURY",)),
    ):
        with pytest.raises(WrongState):
            call()
    Determination.objects.filter(case_id=road.id).update(status="waiting")  # whatever else moved it
    with pytest.raises(WrongState):
        seconds.confirm(second, recheck.pk, factor_fresh=True)
    with pytest.raises(WrongState):
        seconds.send_back(second, recheck.pk, words="理由不足，请补充。")
    Determination.objects.filter(case_id=road.id).update(status="checked")
    assert str(seconds.confirm(second, recheck.pk, factor_fresh=True).officer_id) == who.id


def test_money_that_left_before_it_was_stopped_is_counted_and_to_be_recovered(town: Town) -> None:
    """The bank paid and its answer was not taken yet; then the paper falls."""
    road, who = signed(town)
    road.assess()
    settle()
    road.name_payees()
    left = Payout.objects.filter(case_id=road.id, status="ordered").first()
    assert left is not None
    payee = {"account": "6222021234567890128", "name_masked": "王*"}
    assert payouts.call(left, payee, "case") is not None
    boss = Actor("staff", who.id, CITY, roles.ROLES["supervisor"])
    revocations.revoke(boss, Paper.objects.get().pk, why="经查系伪造事故骗取保险金")
    machine = system(CITY)
    holds.hold(machine, road.id, readjusting.REVOKED)
    readjusting.readjust(machine, road.id, why=readjusting.REVOKED)
    left.refresh_from_db()
    assert left.status == "stopped"
    settle()
    left.refresh_from_db()
    assert left.status == "paid"
    rows = Payout.objects.filter(case_id=road.id)
    assert set(rows.exclude(pk=left.pk).values_list("status", flat=True)) <= {"stopped"}
    recovery = Recovery.objects.get(case_id=road.id, status="open")
    assert (recovery.fen, recovery.insurer) == (left.fen, left.insurer)
    assert balanced()


def test_one_of_two_recipients_paid_leaves_the_claim_approved(town: Town) -> None:
    """After a second calculation the first payment must not send the claim back for approval."""
    road, _who = signed(town)
    road.assess()
    settle()
    road.name_payees()
    settle()
    assert {status for *_rest, status in road.payouts()} == {"paid"}
    Calculation.objects.filter(case_id=road.id).update(version=2)
    claims = Claim.objects.filter(case_id=road.id)
    several = next(c for c in claims if Payout.objects.filter(claim=c).exists())
    row = Payout.objects.filter(claim=several).first()
    assert row is not None
    Payout.objects.filter(pk=row.pk).update(status="ordered")
    Claim.objects.filter(pk=several.pk).update(status="approved")
    readjusting.readjust(system(CITY), road.id)
    several.refresh_from_db()
    assert several.status == "approved"
