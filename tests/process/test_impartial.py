"""Nobody gets a case of their own, or one with what they declared: at the lot, the scene, the second look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kuaichu.cases import files
from kuaichu.desks.dispatch import orders, tasks
from kuaichu.desks.dispatch.models import Task
from kuaichu.desks.liability import determinations, on_site
from kuaichu.desks.liability.bench import stations
from kuaichu.desks.liability.models import Determination, Recheck
from kuaichu.desks.liability.rechecks import taking
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.refusals import NotAllowed
from kuaichu.people import interests, signin
from kuaichu.people.models import Account
from kuaichu.queries.proposals import proposal_for
from tests.desks.dispatch import people
from tests.people.acting import seated
from tests.process.test_rechecks import signed
from tests.process.walking import Road, drawn, officer
from tests.stories.builders import Town

pytestmark = pytest.mark.django_db


def is_party(who: Actor, road: Road) -> None:
    hashed = signin.identity_hash(road.party("B").id_number)
    Account.objects.filter(pk=who.id).update(id_number_hash=hashed)


def declared(kind: str, value: Callable[[Road], str]) -> Callable[[Actor, Road], None]:
    return lambda who, road: (interests.declare(seated(who), kind, value(road)), None)[1]


def plate(road: Road) -> str:
    return next(one.plate for one in files.vehicles(road.id).values() if one.plate)


CONFLICTS = {
    "self": is_party,
    "phone": declared("phone", lambda road: road.numbers["B"]),
    "quarrel": declared("quarrel", lambda road: road.party("A").id_number),
    "plate": declared("plate", plate),
    "insurer": declared("insurer", lambda _road: "TAIHU"),
}


@pytest.fixture(params=CONFLICTS)
def bar(request: pytest.FixtureRequest) -> Callable[[Actor, Road], None]:
    found: Callable[[Actor, Road], None] = CONFLICTS[request.param]
    return found


def refused(call: Callable[[], Any]) -> None:
    with pytest.raises(NotAllowed) as refusal:
        call()
    assert refusal.value.code == "recused"


def waiting(town: Town) -> Road:
    road = Road(town).ready()
    road.want("officer")
    return road


def test_at_the_lot_and_the_taking(town: Town, bar: Callable[[Actor, Road], None]) -> None:
    road, who = waiting(town), officer()
    bar(who, road)
    assert drawn(who) is None
    refused(lambda: determinations.take_drawn(who, road.id, proposal_for))
    assert Determination.objects.get().status == "waiting"
    road.take(officer())


@pytest.mark.parametrize("role", ["patrol_officer", "station_officer"])
def test_at_the_scene(town: Town, bar: Callable[[Actor, Road], None], role: str) -> None:
    road = Road(town).ready()
    who = people.actor(role)
    there = replace(who, case_id=road.id)
    take = on_site.take_on_site if role == "patrol_officer" else stations.take_to_prepare
    bar(who, road)
    refused(lambda: take(there, road.id, {}))
    assert not Determination.objects.exists()
    other = replace(people.actor(role), case_id=road.id)
    assert take(other, road.id, {}).status == "taken"


def test_for_a_second_look(town: Town, bar: Callable[[Actor, Road], None], city_rules: Any) -> None:
    city_rules(four_eyes=["all"])
    road, _first = signed(town)
    who, recheck = officer(), Recheck.objects.get()
    bar(who, road)
    refused(lambda: taking.take(who, recheck.pk))
    assert taking.take(officer(), recheck.pk).status == "taken"


@pytest.mark.parametrize("kind", CONFLICTS)
def test_for_a_task_where_only_an_insurer_is_no_bar(town: Town, kind: str) -> None:
    road = Road(town).both_joined()
    who = people.on_duty(people.actor("patrol_officer"))
    CONFLICTS[kind](who, road)
    task = orders.send(people.SYSTEM, road.id, cause=road.id, source="order", wants=("patrol_officer",))
    drain()
    if kind == "insurer":
        assert tasks.accept(who, task.pk).status == "accepted"
    else:
        assert Task.objects.get(pk=task.pk).status == "waiting", "not even asked"
        refused(lambda: tasks.accept(who, task.pk))
