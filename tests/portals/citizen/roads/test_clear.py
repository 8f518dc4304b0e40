"""Clear the road: told when, told not, done once, measured from the first tap."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kuaichu.cases import clearing
from kuaichu.cases.models import Case
from kuaichu.kernel import clock
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.models import Entry
from kuaichu.law import statutes
from kuaichu.queries.clearing import time_to_clear
from tests.portals.citizen.roads.walking import begin, bring, people
from tests.stories.builders import Person, Town


def test_every_cited_place_exists() -> None:
    for place in (*clearing.LAW, *clearing.KEEP_LAW):
        assert statutes.exists(statutes.parse(place), clock.today()), place


def test_both_are_told_and_one_says_so(town: Town) -> None:
    anna, ben = people(town, 2)
    begin(anna)
    assert anna.url("clear") in anna.see("photos")
    page = anna.see("clear")
    assert "Move the cars off the road now" in page
    assert 'role="timer"' in page
    assert anna.case.number in page
    anna.invite(ben)
    assert ben.url("clear") in ben.see("vehicle")
    ben.send("clear")
    case = anna.case
    assert case.cleared_at is not None
    assert case.tapped_at is not None
    assert case.tapped_at <= case.opened_at
    assert "The road is clear" in anna.see("clear")
    assert anna.url("clear") not in anna.see("photos")
    anna.send("clear")
    entries = Entry.objects.filter(kind="cases.cleared")
    assert entries.count() == 1
    assert (entries.get().payload or {})["seconds"] >= 0


def test_before_the_photographs_nothing_is_moved(anna: Person) -> None:
    anna.describe()
    assert "First take the photographs" in anna.see("clear")


@pytest.mark.parametrize("check", ["alcohol_suspected", "immovable", "hazmat", "party_left"])
def test_what_must_stay_stays(anna: Person, check: str) -> None:
    anna.describe(check)
    anna.shoot()
    page = anna.see("clear")
    assert "Leave everything as it is" in page
    assert "We have moved" not in page


def test_a_struck_pole_does_not_keep_the_car_on_the_road(town: Town) -> None:
    (anna,) = people(town, 1)
    begin(anna, "facility_hit")
    assert "Move the cars off the road now" in anna.see("clear")


def test_who_may_leave_and_what_can_wait(town: Town) -> None:
    anna, ben = people(town, 2)
    begin(anna)
    anna.send("clear")
    page = anna.see("clear")
    assert "The rest can follow at home" in page
    assert f'href="{anna.url("other")}"' in page  # the other one has not joined yet
    anna.invite(ben)
    assert f'href="{anna.url("other")}">The others' not in anna.see("clear")


def test_forgotten_it_is_asked_again(town: Town) -> None:
    (anna,) = people(town, 1)
    begin(anna)
    Case.objects.update(sealed_at=clock.now() - timedelta(minutes=11))
    assert "Have you moved the cars already" in anna.see("clear")


def test_the_time_to_clear_with_n_and_missing(town: Town) -> None:
    anna, ben, eve = people(town, 3)
    for person, seconds in ((anna, 100), (ben, 200)):
        begin(person)
        person.send("clear")
        begun = person.case.cleared_at - timedelta(seconds=seconds)
        Case.objects.filter(pk=person.case.pk).update(tapped_at=begun)
    begin(eve)
    drain()
    found = time_to_clear("yancheng", clock.now() - timedelta(hours=1))
    assert (found.n, found.missing, found.median, found.p95) == (2, 1, 150, 200)
    assert time_to_clear("elsewhere", clock.now() - timedelta(hours=1)).median is None


def test_three_are_told_too(town: Town) -> None:
    a, b, c = people(town, 3)
    begin(a, "many_parties")
    bring(a, "B", b)
    bring(a, "C", c)
    assert all("Move the cars off the road now" in one.see("clear") for one in (a, b, c))
