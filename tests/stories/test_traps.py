"""The trap cases of the domain notes, each as written: what looks like a minor case must not pass as one."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from kuaichu.cases import absence, parties, statements
from kuaichu.cases.models import Case
from kuaichu.desks.dispatch.models import Task
from kuaichu.desks.documents.models import Paper
from kuaichu.desks.liability import agreements, determinations, on_site, wishes
from kuaichu.desks.liability.models import Agreement, Determination, Recheck
from kuaichu.desks.liability.rechecks import anew, conclusions, reviews, seconds, taking
from kuaichu.kernel import clock
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.refusals import NotAllowed, NotFound, Refusal, WrongState
from kuaichu.people import signin
from kuaichu.people.models import Account
from tests.desks.dispatch import people
from tests.portals.police import building
from tests.process.test_rechecks import APPLICATION, EQUAL, newest, reviewer, signed
from tests.process.walking import REAR_END, Road, drawn, officer, settle
from tests.stories.builders import SIGNATURE, Town

pytestmark = pytest.mark.django_db


def confirm(road: Road) -> Case:
    for label in "AB":
        try:
            parties.confirm(road.actor(label), road.id)
        except Refusal:
            continue
    drain()
    return Case.objects.get(pk=road.id)


def test_t1_smell_of_alcohol_bars_every_signature(town: Town) -> None:
    road = Road(town).both_joined(triage={"alcohol_suspected": True})
    case = confirm(road)
    assert (case.status, case.outcome) == ("handed_over", "police_on_site")
    assert "ALCOHOL_DRUG" in (case.screening or {})["handover"]["reasons"]
    for label in "AB":
        with pytest.raises(Refusal):
            wishes.choose(road.actor(label), road.id, "agree")
    with pytest.raises(Refusal):
        agreements.sign(road.actor("A"), road.id, path=SIGNATURE, read=True)
    assert not Agreement.objects.exists()
    assert drawn(officer()) is None
    assert Task.objects.filter(case_id=road.id).exists()  # somebody goes there


def test_t2_a_licence_for_cars_in_a_dump_truck(town: Town) -> None:
    road = Road(town).both_joined(record={"vehicle_type": "H17"})
    case = confirm(road)
    assert (case.status, case.outcome) == ("handed_over", "police_on_site")
    assert "NO_LICENCE" in (case.screening or {})["handover"]["reasons"]


@pytest.mark.parametrize(("how", "gate"), [("gone", "PARTY_LEFT"), ("fled", "HIT_AND_RUN")])
def test_t3_who_has_left_is_not_decided_about_online(town: Town, how: str, gate: str) -> None:
    road = Road(town)
    road.describe()
    road.prove("A")
    road.drive("A", insurer="HUAIHAI")
    road.photograph()
    statements.state(road.actor("A"), road.id, REAR_END["A"])
    absence.mark_gone(road.actor("A"), road.id, how=how)
    drain()
    if road.status == "reporting":
        parties.confirm(road.actor("A"), road.id)
        drain()
    case = Case.objects.get(pk=road.id)
    assert (case.status, case.outcome) == ("handed_over", "general")
    assert gate in (case.screening or {})["handover"]["reasons"]
    assert not Determination.objects.exclude(status="ended").exists()


def test_t8_a_persuader_cannot_issue_with_an_officers_tablet(town: Town) -> None:
    waiting = building.waiting_case(town)
    boss = building.account("tablet")
    desk = building.signed_in(boss, fresh=False)  # the session is open, the second factor is not fresh
    desk.post(reverse("police:take"))
    sign = reverse("police:sign", args=[waiting.case.pk])
    answer = desk.post(sign, building.filled())
    assert answer.status_code == 422  # the code of the officer's own authenticator is asked for
    assert Determination.objects.get().status == "taken"
    stolen = Client(HTTP_USER_AGENT="another device")
    stolen.cookies = desk.cookies
    assert stolen.get(reverse("police:ruling", args=[waiting.case.pk])).status_code in (302, 403)
    persuader = people.actor("persuader")
    for call in (
        lambda: determinations.draft(persuader, waiting.case.pk, {}),
        lambda: on_site.take_on_site(persuader, waiting.case.pk, {}),
        lambda: determinations.determine(persuader, waiting.case.pk, EQUAL, factor_fresh=True),
    ):
        with pytest.raises((NotAllowed, NotFound)):
            call()
    assert not Paper.objects.exists()


def test_t9_a_cousin_noticed_after_signing(town: Town) -> None:
    road, cousin = signed(town)
    old = newest(road)
    new = anew.recuse(cousin, road.id, words="甲方是本人的表弟，签发后才发现。")
    settle()
    old.refresh_from_db()
    assert (old.status, new.status, new.replaces_id) == ("replaced", "waiting", old.pk)
    assert drawn(cousin) is None  # never again this one
    third, fourth = officer(), officer()
    road.take(third)
    determinations.determine(third, road.id, EQUAL, factor_fresh=True)
    recheck = Recheck.objects.get(kind="four_eyes")  # supervised: a second officer confirms
    with pytest.raises(NotAllowed):
        taking.take(third, recheck.pk)
    taking.take(fourth, recheck.pk)
    seconds.confirm(fourth, recheck.pk, factor_fresh=True)
    settle()
    states = dict(Paper.objects.values_list("basis_id", "status"))
    assert states == {old.pk: "superseded", new.pk: "issued"}


def test_t9_before_signing_the_draft_goes_back(town: Town) -> None:
    road = Road(town).ready()
    road.want("officer")
    kin = officer(id_number_hash=signin.identity_hash(road.party("A").id_number))
    assert drawn(kin) is None
    other = officer()
    road.take(other)
    determinations.draft(other, road.id, {"facts_found": "…"})
    determinations.give_back(other, road.id, why="conflict")
    assert Determination.objects.get().draft == {}
    assert Account.objects.filter(pk=other.id).exists()


def test_t10_one_wants_a_policeman(town: Town) -> None:
    road = Road(town).ready()
    wishes.choose(road.actor("A"), road.id, "officer")
    wishes.choose(road.actor("B"), road.id, "police")
    drain()
    case = Case.objects.get(pk=road.id)
    assert (case.status, case.outcome) == ("handed_over", "police_on_site")
    assert "POLICE_REQUESTED" in (case.screening or {})["handover"]["reasons"]
    assert drawn(officer()) is None


def test_t11_four_working_days_are_too_many_and_three_are_not(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    road, _who = signed(town)
    end = reviews.apply_until(newest(road), "A").at
    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: end - timedelta(seconds=1))
    row = reviews.apply(road.actor("A"), road.id, APPLICATION)
    assert not row.late
    boss = reviewer()
    taking.take(boss, row.pk)
    with pytest.raises(WrongState):  # though the form says that summary cases are not reviewed
        conclusions.not_accept(boss, row.pk, words="简易程序不予复核")
    monkeypatch.setattr(clock, "now", real)
    other, _who = signed(town)
    end = reviews.apply_until(newest(other), "A").at
    monkeypatch.setattr(clock, "now", lambda: end + timedelta(hours=10))
    late = reviews.apply(other.actor("A"), other.id, APPLICATION)
    assert late.late
    taking.take(boss, late.pk)
    conclusions.not_accept(boss, late.pk, words="超过三日期限")
    monkeypatch.setattr(clock, "now", real)
    settle()
    notice = Paper.objects.get(case_id=other.id, kind="rejection_notice")
    assert "超过" in "".join(json.loads(bytes(notice.facts))["paragraphs"])
