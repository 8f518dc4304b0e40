"""A case's place and wait, a surge, and what the centre can do by the hour."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kuaichu.cases.models import Case
from kuaichu.desks.centre import items, seats
from kuaichu.desks.centre.models import Item, Seat
from kuaichu.desks.liability import requests
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.people.models import Account, Organisation
from kuaichu.people.roles import grants, system
from kuaichu.queries import waits

pytestmark = pytest.mark.django_db
CITY = "yancheng"


def waiting(number: int, **more: object) -> Case:
    now = clock.now()
    case = Case.objects.create(
        city=CITY, number=f"W{number}", status="ready", opened_at=now, happened_at=now, site="lot",
        **({"injury": "none"} | more),
    )  # fmt: skip
    row = requests.request(system(CITY), case.pk)
    items.put_up(case, Item.Kind.REQUEST, row.pk, due_at=row.due_at)
    return case


def officer(name: str) -> None:
    home = Organisation.objects.get_or_create(city=CITY, code="C", defaults={"kind": "police", "name": "C"})[
        0
    ]
    account = Account.objects.create(username=name, organisation=home, roles=["determination_officer"])
    seats.sit(
        Actor("staff", str(account.pk), CITY, grants(["staff"])), "determination", roles=account.roles,
        session=name,
    )  # fmt: skip


def test_place_and_minutes() -> None:
    first, second = waiting(1), waiting(2)
    alone = waits.wait_of(CITY, second.pk)
    assert alone is not None
    assert (alone.position, alone.minutes, alone.surge) == (2, None, True), "nobody at a seat"
    officer("one")
    found = waits.wait_of(CITY, second.pk)
    assert found is not None
    assert (found.position, found.minutes, found.surge) == (2, 6, False)
    officer("two")
    assert waits.wait_of(CITY, second.pk).minutes == 3  # type: ignore[union-attr]
    hurt = waiting(3, injury="minor")
    assert waits.wait_of(CITY, hurt.pk).position == 1  # type: ignore[union-attr]
    assert waits.wait_of(CITY, first.pk).position == 2  # type: ignore[union-attr]
    items.finish(Item.objects.get(case=hurt))
    assert waits.wait_of(CITY, hurt.pk) is None
    for number in range(9):
        waiting(10 + number)
    assert waits.surge(CITY).surge


def test_what_the_centre_can_do_by_the_hour() -> None:
    officer("one")
    Seat.objects.update(since=clock.now() - timedelta(hours=3))
    waiting(1)
    viewer = Actor("staff", "00000000-0000-7000-8000-000000000001", CITY, frozenset({"documents.revoke"}))
    hours = waits.capacity(viewer)
    assert len(hours) == waits.HOURS
    assert hours[-1].asked == 1
    assert hours[-2].officers == 1.0
    assert hours[-2].capacity == 20
    assert not any(hour.planned for hour in hours)
