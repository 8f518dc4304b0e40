"""One post, one power: seats, the powers they give, idleness, shifts."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from kuaichu.desks.centre import seats, shifts
from kuaichu.desks.centre.models import Seat
from kuaichu.desks.centre.rules import CentreRules, rules
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Invalid, Refusal, WrongState
from kuaichu.people import posts
from kuaichu.people.models import Account, Organisation
from kuaichu.people.roles import ROLES, grants

pytestmark = pytest.mark.django_db


def person(name: str, *roles: str) -> tuple[Account, Actor]:
    home = Organisation.objects.get_or_create(
        city="yancheng", code="YC-REMOTE", defaults={"kind": "police", "name": "centre"}
    )[0]
    account = Account.objects.create(username=name, organisation=home, roles=list(roles))
    verbs = grants(["staff", *roles])
    return account, Actor("staff", str(account.pk), "yancheng", verbs, organisation_id=home.pk)


def sit(who: tuple[Account, Actor], post: str, session: str = "s", **more: bool) -> Seat:
    return seats.sit(who[1], post, roles=who[0].roles, session=seats.mark(session), **more)


def test_a_seat_is_taken_once_and_given_back() -> None:
    one, two = person("one", "supervisor"), person("two", "supervisor")
    first = sit(one, "supervision")
    assert sit(one, "supervision").pk == first.pk
    assert sit(two, "supervision").number == 2
    seats.leave(one[1])
    assert seats.own(one[0].pk) is None
    assert sit(person("three", "supervisor"), "supervision").number == 1


def test_every_seat_taken_and_posts_that_do_not_fit() -> None:
    for n in range(3):
        sit(person(f"boss{n}", "supervisor"), "supervision", f"s{n}")
    late = person("late", "supervisor", "determination_officer")
    with pytest.raises(WrongState):
        sit(late, "supervision")
    for post, refusal in (("dispatch", Refusal), ("moon", Invalid)):
        with pytest.raises(refusal):
            sit(late, post)
    assert sit(late, "determination").post == "determination"


def test_another_device_must_be_said_and_another_post_moves() -> None:
    who = person("who", "determination_officer", "supervisor")
    sit(who, "determination", "office")
    with pytest.raises(WrongState):
        sit(who, "determination", "home")
    moved = sit(who, "determination", "home", move_here=True)
    assert seats.own(who[0].pk, seats.mark("office")) is None
    assert sit(who, "supervision", "home").pk != moved.pk
    assert Seat.objects.filter(status="on").count() == 1


def test_an_idle_seat_is_free_for_others() -> None:
    for n in range(3):
        sit(person(f"boss{n}", "supervisor"), "supervision", f"s{n}")
    with clock.at(clock.now() + timedelta(minutes=16)):
        assert seats.taken("yancheng") == []
        assert sit(person("late", "supervisor"), "supervision").number == 1
        system = Actor("system", "system", "yancheng", ROLES["system"])
        assert seats.release_idle(system) == 2
        assert seats.release_idle(system) == 0


def test_powers_by_post() -> None:
    both = ["determination_officer", "supervisor", "patrol_officer"]
    assert posts.in_force(both, "") == ["patrol_officer"]
    assert posts.in_force(both, "determination") == ["determination_officer"]
    assert posts.in_force(both, "supervision") == ["supervisor"]
    assert posts.in_force(both, "moon") == []
    assert posts.only_post(["dispatcher", "hotline"]) == posts.POSTS["dispatch"]
    assert posts.only_post(both) is None
    assert posts.only_post(["determination_officer", "patrol_officer"]) is None
    assert posts.only_post(["adjuster"]) is None, "works in its own office"


def test_every_bound_role_exists_and_has_one_post() -> None:
    assert set(ROLES) >= posts.SEATED
    for role in posts.SEATED:
        assert len(posts.fitting([role])) == 1


def test_shifts_are_planned_once(monkeypatch: pytest.MonkeyPatch) -> None:
    _boss, head = person("boss", "supervisor")
    officer = person("officer", "determination_officer")
    start = clock.now() + timedelta(minutes=1)

    def plan(**changed: object) -> object:
        told = {"username": "officer", "post": "determination", "starts_at": start, "hours": 8} | changed
        return shifts.plan(head, **told)  # type: ignore[arg-type]

    for wrong in ({"username": "x"}, {"post": "dispatch"}, {"hours": 13}, {"hours": 0},
                  {"starts_at": start - timedelta(days=2)}):  # fmt: skip
        with pytest.raises(Invalid):
            plan(**wrong)
    row = plan()
    with pytest.raises(Invalid):
        plan(starts_at=start + timedelta(hours=3))
    with pytest.raises(Refusal):
        shifts.plan(officer[1], username="officer", post="determination", starts_at=start, hours=1)
    _bound(monkeypatch)
    with pytest.raises(Refusal):
        sit(officer, "determination")
    with clock.at(start + timedelta(hours=1)):
        assert sit(officer, "determination").number == 1
    shifts.cancel(head, UUID(str(row.pk)))  # type: ignore[attr-defined]
    assert shifts.planned("yancheng") == []


def _bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """The city lets nobody sit down without a shift."""
    own = CentreRules(posts=rules("yancheng").posts, shifts=True)
    monkeypatch.setattr(seats, "rules", lambda _city: own)
