"""The queue: nobody picks, nobody gets an own case, and two officers never the same."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kuaichu.cases import outcome
from kuaichu.cases.models import Look, Party
from kuaichu.desks.liability.models import Determination
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.deliveries import drain
from kuaichu.people import signin
from kuaichu.people.models import Account, Qualification
from kuaichu.people.roles import system
from tests.portals.police import building
from tests.process.walking import drawn
from tests.stories.builders import Town

pytestmark = pytest.mark.django_db


def test_the_oldest_case_is_taken_and_named_to_the_next_officer_no_more(
    town: Town, desk: Client, officer: Account, colleague: Callable[..., Client]
) -> None:
    first, second = building.waiting_case(town), building.waiting_case(town)
    page = desk.get(reverse("police:queue")).content.decode()
    assert first.case.number in page
    assert 'data-key="n"' in page
    taken = desk.post(reverse("police:take"))
    assert taken.url == reverse("police:ruling", args=[first.case.pk])
    assert desk.post(reverse("police:take")).url == taken.url, "one case at a time"
    assert colleague().post(reverse("police:take")).url == reverse("police:ruling", args=[second.case.pk])
    assert Look.objects.filter(case=first.case).count() == 0
    desk.get(taken.url)
    assert Look.objects.get(case=first.case).purpose == "determination"
    assert desk.post(reverse("police:take")).status_code == 302


def test_an_own_case_is_never_offered(town: Town, desk: Client, officer: Account) -> None:
    waiting = building.waiting_case(town)
    own = Party.objects.get(case=waiting.case, label="B")
    officer.id_number_hash = signin.identity_hash(own.id_number)
    officer.save()
    assert desk.post(reverse("police:take")).url == reverse("police:queue")
    assert Determination.objects.get().status == "waiting"


def test_an_expired_qualification_takes_nothing_and_is_told_why(
    town: Town, desk: Client, officer: Account
) -> None:
    building.waiting_case(town)
    Qualification.objects.filter(account=officer).update(valid_until=clock.today() - timedelta(days=1))
    page = desk.get(reverse("police:queue"), headers={"Accept-Language": "en"})
    assert "qualification for the summary procedure is missing or has expired" in page.content.decode()
    assert " disabled" in page.content.decode()
    assert desk.post(reverse("police:take")).status_code == 403
    assert Determination.objects.get().status == "waiting"


def test_only_staff_of_the_centre_come_in(
    town: Town, colleague: Callable[..., Client], client: Client
) -> None:
    building.waiting_case(town)
    for name in ("queue", "wall", "signed", "calls"):
        assert client.get(reverse(f"police:{name}")).url.startswith("/accounts/login/")
    insurer = building.unit("HUAIHAI", kind="insurer")
    adjuster = colleague("adjuster", "adjuster", organisation=insurer)
    assert {
        adjuster.get(reverse(f"police:{n}")).status_code for n in ("queue", "wall", "signed", "calls")
    } == {403}
    assert adjuster.post(reverse("police:take")).status_code == 403
    elsewhere = colleague("abroad", organisation=building.unit("GY-REMOTE", "guangyuan"))
    assert elsewhere.post(reverse("police:take")).url == reverse("police:queue")
    dispatcher = colleague("dispatcher", "dispatcher")
    assert dispatcher.get(reverse("police:queue")).status_code == 200
    assert dispatcher.post(reverse("police:take")).status_code == 403


def test_a_case_that_left_waits_no_more(town: Town, desk: Client) -> None:
    waiting = building.waiting_case(town)
    outcome.hand_over(system("yancheng"), waiting.case.pk, to="general", reasons=("G1",))
    drain()
    assert Determination.objects.get().status == "ended"
    page = desk.get(reverse("police:queue")).content.decode()
    assert waiting.case.number in page, "handed over since yesterday"
    assert desk.post(reverse("police:take")).url == reverse("police:queue")


def test_the_queue_asks_the_database_the_same_for_one_case_and_for_four(town: Town, desk: Client) -> None:
    building.waiting_case(town)
    desk.get(reverse("police:queue"))
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(
            connection,
        ) as caught:
            desk.get(reverse("police:queue_fragment"))
        counts.append(len(caught))
        for _more in range(3):
            building.waiting_case(town)
    assert counts[0] == counts[1] <= 14


def test_the_wall_and_the_calls(town: Town, desk: Client, colleague: Callable[..., Client]) -> None:
    waiting = building.waiting_case(town)
    desk.post(reverse("police:take"))
    wall = (
        colleague("boss", "supervisor")
        .get(reverse("police:wall"), headers={"Accept-Language": "en"})
        .content.decode()
    )
    assert "officer" in wall
    dispatcher = colleague("dispatcher", "dispatcher")
    number, form = town.number(), dispatcher.get(reverse("police:calls")).context["form"]
    told = {"phone": number, "place": "建军路口", "client_id": form["client_id"].value()}
    assert dispatcher.post(reverse("police:calls"), told).status_code == 302
    assert dispatcher.post(reverse("police:calls"), told).status_code == 302, "sent twice"
    drain()
    assert len(town.messages(number)) == 1, "one call, one link"
    page = dispatcher.get(reverse("police:calls")).content.decode()
    assert "建军路口" in page
    assert number not in page, "masked"
    wrong = dispatcher.post(
        reverse("police:calls"), told | {"phone": "123", "client_id": str(waiting.case.pk)[:-4] + "0000"}
    )
    assert wrong.status_code == 422
    assert "id_phone_error" in wrong.content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_get_different_cases(town: Town) -> None:
    numbers = {building.waiting_case(town).case.pk for _one in range(2)}
    actors = [signin.staff(building.account(f"racer{n}")) for n in range(2)]
    start, got, failed = threading.Barrier(2), [], []

    def race(actor: Actor) -> None:
        try:
            start.wait(10)
            row = drawn(actor)
            got.append(row.case_id if row else None)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=race, args=[actor]) for actor in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not failed
    assert set(got) == numbers
