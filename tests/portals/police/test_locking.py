"""The idle lock of a session, at every door of staff; signing out gets up from the seat."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kuaichu.desks.centre.models import Seat
from kuaichu.kernel import clock
from kuaichu.people.models import Account
from tests.portals.police import building

pytestmark = pytest.mark.django_db
LOCK = "/police/lock"


def locked(answer: Any) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith(LOCK)


def away(minutes: int = 11) -> Any:
    return clock.at(clock.now() + timedelta(minutes=minutes))


def test_an_idle_session_is_locked_whatever_became_of_its_seat(officer: Account, desk: Client) -> None:
    assert desk.get(reverse("police:queue")).status_code == 200
    with away():
        assert locked(desk.get(reverse("police:queue")))
        assert desk.get(reverse("police:queue"), headers={"HX-Request": "true"}).status_code == 204
        assert Seat.objects.get(status="on").locked
        Seat.objects.update(status="off", ended_at=clock.now())
        assert locked(desk.get(reverse("police:post")))
        assert desk.post(LOCK, {"code": "000000"}).status_code == 422
        assert locked(desk.get(reverse("police:queue")))
        answer = desk.post(LOCK, {"code": building.code(), "next": "/police/post"})
        assert answer["Location"] == "/police/post"
        assert desk.get(reverse("police:queue")).status_code == 200


def test_a_locked_session_stays_locked_when_signed_in_elsewhere(officer: Account, desk: Client) -> None:
    assert desk.get(reverse("police:queue")).status_code == 200
    desk.post(LOCK, {"lock": "1"})
    other = building.signed_in(officer)
    assert other.get(reverse("police:queue")).status_code == 200
    assert locked(desk.get(reverse("police:queue")))


def test_a_key_touched_after_the_lock_opens_it(desk: Client) -> None:
    assert desk.get(reverse("police:queue")).status_code == 200
    desk.post(LOCK, {"lock": "1"})
    assert desk.get(LOCK).status_code == 200
    session = desk.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time() + 1}]
    session.save()
    assert desk.get(LOCK)["Location"] == reverse("home:desk")
    assert desk.get(reverse("police:queue")).status_code == 200


@pytest.mark.parametrize(
    ("role", "kind", "page"),
    [("adjuster", "insurer", "insurer:worklist"), ("administrator", "police", "police:staff"),
     ("patrol_officer", "police", "field:tasks")],
)  # fmt: skip
def test_who_has_no_seat_is_locked_too(role: str, kind: str, page: str) -> None:
    client = building.signed_in(building.account(role, role, organisation=building.unit("U", kind=kind)))
    assert client.get(reverse(page)).status_code == 200
    with away():
        assert locked(client.get(reverse(page)))


def test_signing_out_gets_up(officer: Account, desk: Client) -> None:
    assert desk.get(reverse("police:queue")).status_code == 200
    assert Seat.objects.filter(status="on", account=officer).exists()
    assert desk.get(reverse("account_logout")).status_code == 200
    assert Seat.objects.filter(status="on", account=officer).exists()
    desk.post(reverse("account_logout"))
    assert not Seat.objects.filter(status="on", account=officer).exists()
    assert desk.get(reverse("police:queue")).status_code == 302
