"""Who gets a case is drawn by lot among the free, and can be drawn again by anybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from kuaichu.cases.models import Party
from kuaichu.desks.centre import lots
from kuaichu.desks.centre.models import Alarm, Item, Seat
from kuaichu.desks.liability.models import Determination, Recheck
from kuaichu.kernel import clock, workdays
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.models import Entry
from kuaichu.people import interests, signin
from kuaichu.people.models import Account
from kuaichu.portals.sessions import seats
from kuaichu.process import allotting
from kuaichu.queries.lot import drawings
from tests.people.acting import seated
from tests.portals.police import building
from tests.stories.builders import Town

pytestmark = pytest.mark.django_db


def ask(client: Client) -> str:
    """Ask for the next case; where it leads."""
    return str(client.post(reverse("police:take")).url)


def test_the_lot_gives_passes_on_and_can_be_drawn_again(
    town: Town, desk: Client, officer: Account, colleague: Callable[..., Client], client: Client
) -> None:
    other = colleague()
    queue = reverse("police:queue")
    assert [ask(desk), ask(other)] == [queue, queue], "both are free, nothing waits"
    waiting = building.waiting_case(town)
    item = Item.objects.get()
    assert item.status == "drawn"
    drawn_for = desk if item.officer_id == officer.pk else other
    passed = other if drawn_for is desk else desk
    english = {"Accept-Language": "en"}
    assert "Drawn for you" in drawn_for.get(queue, headers=english).content.decode()
    assert "Drawn for you" not in passed.get(queue, headers=english).content.decode()
    assert ask(passed) == queue, "nobody picks"
    with clock.at(clock.now() + timedelta(seconds=61)):
        drain()  # silent: drawn again, for the other
        item.refresh_from_db()
        assert item.round == 2
        assert str(item.officer_id) != item.shunned[0]
        assert ask(passed) == reverse("police:ruling", args=[waiting.case.pk])
        drain()
    item.refresh_from_db()
    assert item.until is None
    told = Entry.objects.filter(kind="centre.drawn").order_by("at").values_list("payload", flat=True)
    assert [(len(one["candidates"]), one["left_out"]) for one in told] == [(2, []), (1, [])]
    today = clock.today()
    assert client.get(reverse("public:lots"), {"day": today.isoformat()}).status_code == 404, "not over"
    with clock.at(clock.now() + timedelta(days=1)):
        shown = client.get(reverse("public:lots"), {"day": today.isoformat()}).json()
        assert shown["seed"]
        assert lots.faults(shown) == []
        assert len(shown["draws"]) == 2
        shown["draws"][0]["candidates"] = shown["draws"][0]["candidates"][:1] * 2
        changed = drawings("yancheng", today)
        changed["draws"][0]["officer"] = next(
            a for a in changed["draws"][0]["candidates"] if a != changed["draws"][0]["officer"]
        )
        assert lots.faults(changed)


def test_who_must_not_touch_a_case_is_left_out_and_nobody_reads_why(
    town: Town, desk: Client, officer: Account, colleague: Callable[..., Client]
) -> None:
    waiting = building.waiting_case(town)
    phone = Party.objects.get(case=waiting.case, label="B").phone
    interests.declare(seated(signin.staff(officer)), "quarrel", phone)
    assert ask(desk) == reverse("police:queue")
    assert ask(colleague()) == reverse("police:ruling", args=[waiting.case.pk])
    drawn = Entry.objects.get(kind="centre.drawn").payload
    assert drawn is not None
    assert drawn["left_out"] == [str(officer.pk)]
    assert phone not in str(drawn)
    assert "quarrel" not in str(drawn)


def test_a_case_in_hand_waits_again_when_its_officer_is_gone(
    town: Town, desk: Client, officer: Account
) -> None:
    waiting = building.waiting_case(town)
    assert ask(desk) == reverse("police:ruling", args=[waiting.case.pk])
    drain()
    assert desk.post(reverse("police:leave")).status_code == 409, "a case is in hand"
    with clock.at(clock.now() + timedelta(minutes=31)):
        drain()
        row = Determination.objects.get()
        assert (row.status, row.officer_id) == ("waiting", None)
        assert not Seat.objects.filter(status="on").exists()
    item = Item.objects.get()
    assert (item.status, item.shunned) == ("waiting", [])


def test_what_waits_too_long_is_called_out_by_law(
    town: Town, colleague: Callable[..., Client], desk: Client
) -> None:
    waiting = building.waiting_case(town)
    item = Item.objects.get()
    last = workdays.add_working_days(clock.today(), 3)
    assert item.legal_at is not None
    assert item.legal_at.astimezone(clock.CHINA).date() == last
    drain()
    assert not Alarm.objects.exists()
    with clock.at(item.legal_at - timedelta(hours=23)):
        drain()
        assert Alarm.objects.get().code == "SUMMARY_CERT"
        boss = colleague("boss", "supervisor")
        page = boss.get(reverse("police:deadlines"), headers={"Accept-Language": "en"}).content.decode()
        assert waiting.case.number in page
        assert desk.post(reverse("police:alarm", args=[Alarm.objects.get().pk])).status_code == 403
        boss.post(reverse("police:alarm", args=[Alarm.objects.get().pk]))
        assert Alarm.objects.get().seen_at is not None
    with clock.at(item.legal_at + timedelta(hours=2)):
        drain()
        assert Alarm.objects.filter(passed=True).count() == 1


def test_a_locked_screen_opens_by_a_code_and_is_drawn_for_nothing(
    town: Town, desk: Client, officer: Account
) -> None:
    assert ask(desk) == reverse("police:queue")
    desk.post(reverse("police:lock"), {"lock": "1"})
    page = desk.get(reverse("police:queue"))
    assert page.url.startswith(reverse("police:lock"))
    assert desk.get(reverse("police:queue_fragment"), headers={"HX-Request": "true"}).headers["HX-Refresh"]
    building.waiting_case(town)
    assert Item.objects.get().status == "waiting", "nobody is free"
    assert desk.post(reverse("police:lock"), {"code": "000000"}).status_code == 422
    opened = desk.post(reverse("police:lock"), {"code": building.code(), "next": "//elsewhere.example/"})
    assert opened.url == reverse("home:desk")
    assert desk.get(reverse("police:queue")).status_code == 200
    assert seats.own(officer.pk) is not None
    with clock.at(clock.now() + timedelta(minutes=11)):
        assert desk.get(reverse("police:queue")).url.startswith(reverse("police:lock")), "nobody was there"


def test_a_session_counts_only_where_it_began(desk: Client) -> None:
    assert desk.get(reverse("police:queue")).status_code == 200
    stolen = desk.get(reverse("police:queue"), headers={"User-Agent": "somebody else's"})
    assert stolen.url.startswith(reverse("account_login"))
    assert desk.get(reverse("police:queue")).status_code == 302, "it has ended for everybody"


def test_the_newest_session_has_the_seat(officer: Account, desk: Client) -> None:
    queue = reverse("police:queue")
    assert desk.get(queue).status_code == 200
    newer = building.signed_in(officer)
    assert newer.get(queue).status_code == 200
    assert desk.get(queue).url == reverse("police:post"), "no power is left at the other device"
    assert desk.post(reverse("police:take")).status_code == 403
    assert newer.get(queue).status_code == 200
    desk.post(reverse("police:sit"), {"post": "determination", "move": "1"})
    assert desk.get(queue).status_code == 200
    assert newer.get(queue).url == reverse("police:post")


def test_two_powers_need_two_seats(colleague: Callable[..., Client]) -> None:
    both = colleague("both", "determination_officer")
    Account.objects.filter(username="both").update(roles=["determination_officer", "supervisor"])
    Seat.objects.all().delete()
    assert both.get(reverse("police:wall")).url == reverse("police:post")
    assert both.post(reverse("police:take")).status_code == 403
    assert both.post(reverse("police:sit"), {"post": "supervision"}).status_code == 302
    assert both.get(reverse("police:wall")).status_code == 200
    assert both.get(reverse("police:shifts")).status_code == 200
    assert both.post(reverse("police:take")).status_code == 403
    both.post(reverse("police:sit"), {"post": "determination"})
    assert both.get(reverse("police:shifts")).status_code == 403
    assert ask(both) == reverse("police:queue")


def test_a_second_look_waits_again_when_its_officer_is_gone(
    town: Town, desk: Client, colleague: Callable[..., Client], city_rules: Callable[..., None]
) -> None:
    city_rules(four_eyes=["all"])
    waiting = building.waiting_case(town)
    assert ask(desk) == reverse("police:ruling", args=[waiting.case.pk])
    desk.post(reverse("police:sign", args=[waiting.case.pk]), building.filled())
    drain()
    second = colleague()
    assert second.post(reverse("police:take_second"))["Location"].startswith("/police/second/")
    row = Recheck.objects.get(kind="four_eyes")
    assert row.status == "taken"
    with clock.at(clock.now() + timedelta(minutes=31)):
        allotting.recover("yancheng")
        drain()
        row.refresh_from_db()
        item = Item.objects.get(kind="second")
        assert (row.status, row.officer_id, item.status) == ("waiting", None, "waiting")
        assert second.get(reverse("police:second", args=[row.pk])).status_code in (302, 404)


def test_a_second_look_drawn_for_another_is_not_taken(
    town: Town, desk: Client, colleague: Callable[..., Client], city_rules: Callable[..., None]
) -> None:
    city_rules(four_eyes=["all"])
    waiting = building.waiting_case(town)
    ask(desk)
    one, two = colleague("one"), colleague("two")
    assert ask(one) == reverse("police:queue")  # free, and so the lot gives it the second look
    desk.post(reverse("police:sign", args=[waiting.case.pk]), building.filled())
    drain()
    item = Item.objects.get(kind="second")
    assert item.status == "drawn"
    assert two.post(reverse("police:take_second"))["Location"] == reverse("police:seconds")
    assert one.post(reverse("police:take_second"))["Location"].startswith("/police/second/")


def test_what_came_back_has_its_own_name_on_the_list(town: Town, desk: Client) -> None:
    waiting = building.waiting_case(town)
    ask(desk)
    told = {"which": "evidence", "label": "B", "shot": "damage", "words": ""}
    desk.post(reverse("police:end", args=[waiting.case.pk]), told)
    with clock.at(clock.now() + timedelta(minutes=61)):
        drain()
        assert Item.objects.exclude(status="done").get().kind == "returned"
