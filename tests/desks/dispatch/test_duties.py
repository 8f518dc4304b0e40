"""Duty and positions: agreed to, told on duty only, and forgotten."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from kuaichu.desks.dispatch import duties, orders, tasks
from kuaichu.desks.dispatch.duties import Point
from kuaichu.desks.dispatch.models import Duty, Trail
from kuaichu.kernel import clock
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.models import Entry
from kuaichu.kernel.refusals import Invalid, NotAllowed, WrongState
from kuaichu.people.models import Qualification
from tests.desks.dispatch.people import HERE, SYSTEM, actor, on_duty, reported

pytestmark = pytest.mark.django_db


def point(seconds: float = 0, lat: float = HERE[0]) -> Point:
    return Point(lat, HERE[1], clock.now() + timedelta(seconds=seconds), 12.0)


def test_nobody_is_on_duty_without_agreeing_to_tell_the_position() -> None:
    who = actor("patrol_officer")
    with pytest.raises(Invalid) as refused:
        duties.start_duty(who, consent=False)
    assert "consent" in refused.value.fields
    assert not Duty.objects.exists()


def test_duty_begins_once_and_ends() -> None:
    who = actor("auxiliary")
    first = duties.start_duty(who, consent=True, unit=" 盐警 021 ")
    assert duties.start_duty(who, consent=True).pk == first.pk
    assert (first.unit, first.role, first.consent) == ("盐警 021", "auxiliary", duties.CONSENT)
    duties.end_duty(who)
    duties.end_duty(who)
    assert duties.own_duty(who) is None
    kinds = Entry.objects.filter(kind__startswith="dispatch.duty").values_list("kind", flat=True)
    assert sorted(kinds) == ["dispatch.duty_ended", "dispatch.duty_started"]


def test_only_people_who_go_out_have_a_duty() -> None:
    for role in ("dispatcher", "adjuster", "determination_officer"):
        with pytest.raises(NotAllowed):
            duties.start_duty(actor(role), consent=True)


@pytest.mark.parametrize("role", ["specialist", "persuader"])
def test_helpers_outside_the_police_need_a_certificate_valid_today(role: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        duties.start_duty(actor(role, certified=False), consent=True)
    assert refused.value.code == "no_certificate"
    expired = actor(role)
    Qualification.objects.filter(account_id=expired.id).update(valid_until=clock.today() - timedelta(days=1))
    with pytest.raises(NotAllowed):
        duties.start_duty(expired, consent=True)
    duties.start_duty(actor(role), consent=True)


def test_police_need_none_for_going_out() -> None:
    duties.start_duty(actor("station_officer", certified=False), consent=True)


def test_a_number_that_cannot_be_one_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        duties.start_duty(actor("auxiliary"), consent=True, phone="12345")
    assert "phone" in refused.value.fields


def test_positions_are_kept_on_duty_only() -> None:
    who = actor("patrol_officer")
    assert not duties.tell_positions(who, [point()])
    on_duty(who, north_m=None)
    batch = [point(1), point(2, 33.4), Point(float("nan"), 0, clock.now()), Point(200, 0, clock.now())]
    assert duties.tell_positions(who, batch)
    assert duties.tell_positions(who, batch)  # the same batch again
    duty = duties.own_duty(who)
    assert duty is not None
    assert Trail.objects.filter(duty=duty).count() == 2
    assert duty.lat == 33.4
    duties.end_duty(who)
    assert not duties.tell_positions(who, [point(3)])


def test_an_older_batch_does_not_move_somebody_back() -> None:
    who = on_duty(actor("patrol_officer"), north_m=None)
    duties.tell_positions(who, [point(60, 33.5)])
    duties.tell_positions(who, [point(1, 33.1)])
    duty = duties.own_duty(who)
    assert duty is not None
    assert duty.lat == 33.5
    before = [Point(33.0, 120.0, duty.started_at - timedelta(hours=1))]
    duties.tell_positions(who, before)
    assert Trail.objects.filter(duty=duty).count() == 2  # not from before the duty


def test_no_position_is_in_the_journal() -> None:
    who = on_duty(actor("patrol_officer"))
    duties.tell_positions(who, [point(1)])
    duties.end_duty(who)
    told = str(list(Entry.objects.values_list("payload", flat=True)))
    assert "33.3" not in told
    assert "lat" not in told


def test_the_trail_is_forgotten_after_the_citys_days() -> None:
    who = on_duty(actor("patrol_officer"))
    duty = duties.own_duty(who)
    assert duty is not None
    duties.end_duty(who)
    drain()
    assert Trail.objects.filter(duty=duty).count() == 1
    with clock.at(clock.now() + timedelta(days=7, minutes=1)):
        drain()
    assert not Trail.objects.filter(duty=duty).exists()
    duty.refresh_from_db()
    assert (duty.lat, duty.positioned_at) == (None, None)


def test_a_duty_nobody_ends_ends_by_the_clock() -> None:
    who = on_duty(actor("patrol_officer"))
    drain()
    with clock.at(clock.now() + timedelta(hours=12, minutes=1)):
        drain()
    assert duties.own_duty(who) is None
    assert Entry.objects.get(kind="dispatch.duty_ended").payload["by_clock"] is True


def test_nobody_goes_off_duty_with_a_task_in_hand() -> None:
    who = on_duty(actor("patrol_officer"))
    task = orders.send(SYSTEM, reported().pk, cause=uuid4(), source="order", wants=("patrol_officer",))
    tasks.accept(who, task.pk)
    with pytest.raises(WrongState):
        duties.end_duty(who)
    tasks.give_back(who, task.pk, why="end_of_duty")
    duties.end_duty(who)
