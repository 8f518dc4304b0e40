"""The field's pages: who gets in, duty, and a task from the list to its end."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from kuaichu.cases import outcome
from kuaichu.cases.models import Case, Party
from kuaichu.desks.dispatch import orders
from kuaichu.desks.dispatch.models import Duty, Task, Trail
from kuaichu.kernel import clock
from kuaichu.kernel.deliveries import drain
from kuaichu.people.field_roles import FIELD_ROLES
from kuaichu.portals import sessions
from tests.desks.dispatch import people
from tests.portals.police import building

pytestmark = pytest.mark.django_db


def wanted(*roles: str) -> Task:
    made = orders.send(people.SYSTEM, people.reported().pk, cause=uuid4(), source="order", wants=roles)
    drain()
    return made


def test_strangers_sign_in_first(stranger: Client) -> None:
    for page in ("", "duty", "card", "stop"):
        assert "/accounts/login/" in stranger.get(f"/field/{page}")["Location"]


@pytest.mark.parametrize("role", ["dispatcher", "adjuster", "determination_officer"])
def test_others_of_the_staff_are_sent_away(role: str) -> None:
    made = people.account(role)
    building.totp(made)
    response = building.signed_in(made).get("/field/", headers={"Accept-Language": "en"})
    assert response.status_code == 403
    assert "people who go to the scene" in response.content.decode()


def test_without_a_second_factor_one_is_set_up_first() -> None:
    browser = Client()
    browser.force_login(people.account("persuader"))
    assert "totp" in browser.get("/field/")["Location"]
    assert "totp" in browser.get("/desk")["Location"]


@pytest.mark.parametrize("role", FIELD_ROLES)
def test_every_role_has_its_pages(walker, role: str) -> None:
    one = walker(role)
    assert one.browser.get("/desk")["Location"] == "/field/"
    assert "You are off duty" in one.see()
    assert one.send("duty", 422, unit="1").count("cannot be sent to accidents") == 1
    one.go_on_duty()
    assert "Nothing to do" in one.see()
    assert "You are on duty" in one.see("duty")
    one.see("now")
    one.see("stop")
    one.see("card")


def test_positions_come_in_batches(walker) -> None:
    one = walker("patrol_officer")
    points: list[object] = []

    def tell(body: object) -> int:
        data = body if isinstance(body, bytes) else json.dumps(body)
        answer = one.browser.post("/field/position", data, content_type="application/json")
        return answer.status_code

    assert tell({"points": points}) == 409
    one.go_on_duty()
    points = [{"lat": 33.4, "lon": 120.2, "accuracy": 5, "at": clock.now().isoformat()}, {"lat": "x"}, 7]
    assert [tell({"points": points}) for _ in range(2)] == [200, 200]
    assert tell(b"not json") == tell([]) == tell({"points": "x"}) == 200
    assert Duty.objects.get().lat == 33.4
    assert Trail.objects.count() == 2


def test_a_session_lasts_as_long_as_the_duty(walker) -> None:
    one = walker("persuader")
    one.see()
    assert one.browser.session.get_expiry_age() <= 15 * 60
    one.go_on_duty()
    session = one.browser.session
    session["kuaichu_active"] = 0
    session.save()
    one.see()
    assert one.browser.session.get_expiry_age() > 11 * 3600


def test_from_the_offer_to_the_end(walker) -> None:
    one = walker("patrol_officer")
    one.go_on_duty()
    task = wanted("patrol_officer")
    page = one.see()
    assert "Can you go?" in page
    assert "人民南路与世纪大道路口" in page
    at = f"tasks/{task.pk}"
    assert "geo:33.377600,120.157300" in one.see(at)
    assert one.send(f"{at}/accept").endswith(at)
    assert one.send(f"{at}/accept").endswith(at)
    assert "I am there" in one.see(at)
    one.send(f"{at}/arrive")
    page = one.see(at)
    assert "Photographs of the scene" in page
    assert "Enter for this party" in page
    one.see(f"{at}/now")
    one.send(f"{at}/finish", 422)
    assert one.send(f"{at}/finish", outcome="not_needed") == "/field/"
    assert "This task is finished" in one.see(at)
    assert "Enter for this party" not in one.see(at)
    assert Task.objects.get(pk=task.pk).status == Task.Status.DONE


def test_declining_and_giving_back(walker) -> None:
    one = walker("auxiliary")
    one.go_on_duty()
    task = wanted("auxiliary")
    at = f"tasks/{task.pk}"
    assert one.send(f"{at}/decline") == "/field/"
    assert "Nobody has these yet" in one.see()
    one.send(f"{at}/accept")
    one.send(f"{at}/give-back", 422, why="")
    assert one.send(f"{at}/give-back", why="unsafe") == "/field/"
    assert Task.objects.get(pk=task.pk).status == Task.Status.WAITING


def test_who_comes_too_late_is_told(walker) -> None:
    first, second = walker("patrol_officer"), walker("patrol_officer")
    first.go_on_duty()
    second.go_on_duty()
    task = wanted("patrol_officer")
    drain()
    holder = first if str(Task.objects.get(pk=task.pk).account_id) == str(first.account.pk) else second
    late = second if holder is first else first
    at = f"tasks/{task.pk}"
    holder.send(f"{at}/accept")
    assert late.send(f"{at}/accept") == "/field/"
    assert "Somebody else has this task" in late.see()
    assert late.browser.get(f"/field/{at}")["Location"] == "/field/"
    assert late.browser.get(f"/field/{at}/scene").status_code == 404
    with clock.at(clock.now() + timedelta(minutes=1)):
        assert late.browser.post(f"/field/{at}/arrive").status_code == 404


def test_stopping_opens_one_case_however_often_it_is_sent(walker) -> None:
    one = walker("specialist")
    assert one.send("stop", 422, number="made up") != ""
    number = one.see("stop").split('name="number" value="')[1].split('"')[0]
    assert one.send("stop", number=number) == "/field/duty"  # off duty
    assert not Case.objects.exists()
    one.go_on_duty()
    led = {one.send("stop", number=number, lat="33.3776", lon="120.1573", injury="none") for _ in range(2)}
    assert len(led) == 1
    case = Case.objects.get()
    assert (case.source, case.lat, case.injury) == ("field", 33.3776, "none")


def test_the_party_sees_who_comes(walker) -> None:
    one = walker("station_officer")
    one.go_on_duty()
    case = people.reported()
    outcome.hand_over(people.SYSTEM, case.pk, to="police_on_site", reasons=("POLICE_REQUESTED",))
    drain()
    task = Task.objects.get(case=case)
    home = party_home(case)
    assert "Looks for somebody near you" in home()
    one.send(f"tasks/{task.pk}/accept")
    page = home()
    assert "Who comes to you" in page
    assert "韩*军" in page
    assert one.account.badge in page
    assert "Is on the way to you" in page
    one.send(f"tasks/{task.pk}/arrive")
    assert "Who is with you" in home()


def party_home(case: Case):
    """The home of the reporting party, read anew at each call."""
    party = Party.objects.get(case=case, label="A")
    browser = Client(HTTP_ACCEPT_LANGUAGE="en")
    response = HttpResponse()
    request = browser.get("/").wsgi_request
    sessions.remember(response, request, party)
    browser.cookies.update(response.cookies)
    return lambda: str(browser.get(f"/p/{party.pk}").content.decode())


def test_the_centre_sees_the_field_and_orders(walker) -> None:
    one = walker("persuader")
    one.go_on_duty()
    case = people.reported()
    desk = building.signed_in(people.account("dispatcher"))
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    page = desk.get("/police/field").content.decode()
    assert "Village traffic persuader" in page
    cause = page.split('name="cause" value="')[1].split('"')[0]
    told = {"number": "0", "whom": "help", "words": "两车轻微刮擦", "cause": cause}
    assert "There is no case of this number" in desk.post("/police/field", told).content.decode()
    for _ in range(2):
        assert desk.post("/police/field", told | {"number": case.number}).status_code == 302
    drain()
    task = Task.objects.get()
    assert (str(task.account_id), task.words) == (str(one.account.pk), "两车轻微刮擦")
    assert "两车轻微刮擦" in one.see()
    assert case.number in desk.get("/police/field/now").content.decode()
    officer = building.signed_in(people.account("determination_officer"))
    assert "Send somebody" not in officer.get("/police/field").content.decode()
    assert officer.post("/police/field", told | {"number": case.number}).status_code in (403, 302)
