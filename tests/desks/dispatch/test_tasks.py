"""Tasks: asked, taken, arrived, given back, done; silence is passed on; nobody takes what is not theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from kuaichu.cases import intake, outcome
from kuaichu.cases.models import Case, Party, Vehicle
from kuaichu.cases.phones import actor_of
from kuaichu.desks.dispatch import duties, neutrality, offers, orders, tasks
from kuaichu.desks.dispatch.models import Task
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.models import Entry
from kuaichu.kernel.refusals import Invalid, NotAllowed, NotFound, WrongState
from kuaichu.people import signin
from kuaichu.people.models import Account
from tests.desks.dispatch.people import HERE, SYSTEM, account, actor, on_duty, reported

pytestmark = pytest.mark.django_db
Status = Task.Status


def wanted(*roles: str, case: Case | None = None) -> Task:
    """A task for these roles, before anybody was asked."""
    case = case or reported()
    return orders.send(SYSTEM, case.pk, cause=uuid4(), source="order", wants=roles or ("patrol_officer",))


def fresh(task: Task) -> Task:
    return Task.objects.get(pk=task.pk)


def kinds(task: Task) -> list[str]:
    found = Entry.objects.filter(stream=task.case_id, kind__startswith="dispatch.").order_by("seq")
    return [kind.removeprefix("dispatch.") for kind in found.values_list("kind", flat=True)]


def test_the_nearest_is_asked_and_goes() -> None:
    far, near = on_duty(actor("patrol_officer"), north_m=5000), on_duty(actor("patrol_officer"), north_m=900)
    task = wanted()
    drain()
    task = fresh(task)
    assert (task.status, str(task.account_id)) == (Status.OFFERED, near.id)
    assert task.metres == pytest.approx(900, abs=5)
    with pytest.raises(WrongState):
        tasks.accept(far, task.pk)
    tasks.accept(near, task.pk)
    tasks.accept(near, task.pk)  # a second tap
    tasks.arrive(near, task.pk)
    tasks.arrive(near, task.pk)
    tasks.finish(near, task.pk, outcome="agreed")
    tasks.finish(near, task.pk, outcome="agreed")
    assert kinds(task) == ["tasked", "offered", "accepted", "arrived", "finished"]
    assert fresh(task).status == Status.DONE


def test_one_cause_makes_one_task() -> None:
    case, cause = reported(), uuid4()
    made = [orders.send(SYSTEM, case.pk, cause=cause, source="order", wants=("auxiliary",)) for _ in range(2)]
    assert made[0].pk == made[1].pk


def test_silence_passes_the_offer_on() -> None:
    first = on_duty(actor("patrol_officer"), north_m=100)
    second = on_duty(actor("patrol_officer"), north_m=200)
    task = wanted()
    drain()
    assert str(fresh(task).account_id) == first.id
    with clock.at(clock.now() + timedelta(seconds=61)):
        drain()
        assert str(fresh(task).account_id) == second.id
    assert kinds(task) == ["tasked", "offered", "lapsed", "offered"]


def test_everybody_is_asked_in_turn_however_many_are_silent() -> None:
    asked = [on_duty(actor("patrol_officer"), north_m=100 * n) for n in range(12)]
    task = wanted()
    drain()
    moment = clock.now()
    for n, who in enumerate(asked):
        assert str(fresh(task).account_id) == who.id
        with clock.at(moment + timedelta(seconds=62 * (n + 1))):
            drain()
    assert fresh(task).status == Status.WAITING
    assert max(Entry.objects.values_list("generation", flat=True)) < 3


def test_who_declines_is_not_asked_again_but_may_take_it_later() -> None:
    only = on_duty(actor("patrol_officer"))
    task = wanted()
    drain()
    offers.decline(only, task.pk)
    offers.decline(only, task.pk)
    drain()
    assert fresh(task).status == Status.WAITING
    tasks.accept(only, task.pk)
    assert fresh(task).status == Status.ACCEPTED


def test_a_late_answer_after_the_offer_went_on_finds_it_taken() -> None:
    slow = on_duty(actor("patrol_officer"), north_m=100)
    on_duty(actor("patrol_officer"), north_m=200)
    task = wanted()
    drain()
    with clock.at(clock.now() + timedelta(seconds=61)):
        drain()
        with pytest.raises(WrongState) as refused:
            tasks.accept(slow, task.pk)
    assert refused.value.code == "taken"


def test_who_does_not_arrive_is_replaced() -> None:
    first = on_duty(actor("patrol_officer"), north_m=100)
    task = wanted()
    drain()
    tasks.accept(first, task.pk)
    drain()
    second = on_duty(actor("patrol_officer"), north_m=300)
    later = clock.now() + timedelta(minutes=20, seconds=5)
    with clock.at(later - timedelta(minutes=1)):
        drain()
        assert fresh(task).status == Status.ACCEPTED
    with clock.at(later):
        second_again(second)
        drain()
        assert str(fresh(task).account_id) == second.id
    assert "given_back" in kinds(task)


def second_again(who: Actor) -> None:
    """A position told just now."""
    duties.tell_positions(who, [duties.Point(HERE[0] + 0.003, HERE[1], clock.now())])


def test_arriving_in_time_stops_that_clock() -> None:
    first = on_duty(actor("patrol_officer"))
    task = wanted()
    drain()
    tasks.accept(first, task.pk)
    tasks.arrive(first, task.pk)
    with clock.at(clock.now() + timedelta(hours=1)):
        drain()
    assert fresh(task).status == Status.ARRIVED


def test_somebody_who_comes_on_duty_is_asked_for_what_waits() -> None:
    task = wanted("persuader")
    drain()
    assert fresh(task).status == Status.WAITING
    who = on_duty(actor("persuader"))
    drain()
    assert str(fresh(task).account_id) == who.id


def test_a_task_given_back_has_a_reason_and_goes_on() -> None:
    first, second = on_duty(actor("auxiliary"), north_m=10), on_duty(actor("auxiliary"), north_m=20)
    task = wanted("auxiliary")
    drain()
    tasks.accept(first, task.pk)
    with pytest.raises(Invalid):
        tasks.give_back(first, task.pk, why="no mood")
    tasks.give_back(first, task.pk, why="urgent")
    tasks.give_back(first, task.pk, why="urgent")
    drain()
    assert str(fresh(task).account_id) == second.id
    with pytest.raises(NotFound):
        tasks.arrive(first, task.pk)


def test_nobody_has_two_tasks() -> None:
    who = on_duty(actor("patrol_officer"))
    one, two = wanted(), wanted()
    tasks.accept(who, one.pk)
    with pytest.raises(WrongState) as refused:
        tasks.accept(who, two.pk)
    assert refused.value.code == "busy"


def test_a_role_that_is_not_wanted_and_who_is_off_duty() -> None:
    task = wanted("patrol_officer")
    with pytest.raises(NotAllowed):
        tasks.accept(on_duty(actor("persuader")), task.pk)
    with pytest.raises(WrongState):
        tasks.accept(actor("patrol_officer"), task.pk)


def test_another_citys_people_find_nothing() -> None:
    task = wanted()
    stranger = replace(on_duty(actor("patrol_officer")), city="binzhou")
    with pytest.raises(NotFound):
        tasks.accept(stranger, task.pk)
    with pytest.raises(NotFound):
        orders.send(
            replace(SYSTEM, city="binzhou"), task.case_id, cause=uuid4(), source="order", wants=("auxiliary",)
        )


def test_a_party_of_the_case_is_recused() -> None:
    case, number = reported(), "320902199001011234"
    who = account("patrol_officer")
    who.id_number_hash = signin.identity_hash(number)
    who.save()
    Party.objects.filter(case=case).update(id_number=number)
    officer = on_duty(signin.staff(Account.objects.get(pk=who.pk)))
    task = wanted(case=case)
    drain()
    assert fresh(task).status == Status.WAITING  # not even asked
    with pytest.raises(NotAllowed) as refused:
        tasks.accept(officer, task.pk)
    assert refused.value.code == "recused"


def insured(case: Case, insurer: str) -> None:
    Vehicle.objects.filter(case=case).update(policies=[{"cover": "CTALI", "insurer": insurer}])


def test_a_specialist_whose_company_insures_a_party_may_help_but_is_flagged() -> None:
    case = reported()
    insured(case, "HUAIHAI")
    who = on_duty(actor("specialist"))
    task = wanted("specialist", case=case)
    tasks.accept(who, task.pk)
    assert fresh(task).flags == ["A"]
    assert neutrality.flagged("TAIHU", case.pk) == []


def test_a_neutral_specialist_is_asked_first() -> None:
    case = reported()
    insured(case, "HUAIHAI")
    on_duty(actor("specialist"), north_m=100)
    neutral = on_duty(actor("specialist", organisation="TAIHU"), north_m=1500)
    task = wanted("specialist", case=case)
    drain()
    assert str(fresh(task).account_id) == neutral.id


def test_passing_by_opens_a_task_at_the_scene_once() -> None:
    who, case = on_duty(actor("specialist")), reported()
    first = orders.stop(who, case.pk)
    assert orders.stop(who, case.pk).pk == first.pk
    assert first.status == Status.ARRIVED
    with pytest.raises(WrongState):
        orders.stop(who, reported().pk)
    with pytest.raises(WrongState):
        orders.stop(actor("persuader"), case.pk)


def test_only_who_has_the_task_stands_at_the_scene() -> None:
    who, other = on_duty(actor("persuader")), on_duty(actor("persuader"))
    task = wanted("persuader")
    with pytest.raises(NotFound):
        tasks.at_scene(who, task.case_id)
    tasks.accept(who, task.pk)
    there = tasks.at_scene(who, task.case_id)
    assert there.case_id == task.case_id
    assert there.may("cases.help")
    assert not who.may("cases.help")
    with pytest.raises(NotFound):
        tasks.at_scene(other, task.case_id)
    tasks.arrive(who, task.pk)
    tasks.finish(who, task.pk, outcome="not_needed")
    with pytest.raises(NotFound):
        tasks.at_scene(who, task.case_id)


def test_a_handed_over_case_asks_for_police_once() -> None:
    case = reported()
    outcome.hand_over(SYSTEM, case.pk, to="police_on_site", reasons=("POLICE_REQUESTED",))
    officer = on_duty(actor("station_officer"))
    on_duty(actor("persuader"), north_m=1)
    drain()
    task = Task.objects.get(case=case)
    assert (task.source, str(task.account_id)) == (Task.Source.HANDED_OVER, officer.id)
    outcome.hand_over(SYSTEM, case.pk, to="general", reasons=("INJURY_SERIOUS",))
    drain()
    case.refresh_from_db()
    assert case.outcome == "general"
    assert Task.objects.filter(case=case).count() == 1  # police are being sent already


def test_an_accident_of_yesterday_sends_nobody() -> None:
    case = reported()
    Case.objects.filter(pk=case.pk).update(happened_at=clock.now() - timedelta(hours=25))
    outcome.hand_over(SYSTEM, case.pk, to="general", reasons=("INJURY_SERIOUS",))
    drain()
    assert not Task.objects.exists()


def test_a_report_taken_back_needs_nobody() -> None:
    task = wanted()
    party = Party.objects.select_related("case").get(case_id=task.case_id)
    intake.withdraw(actor_of(party), task.case_id)
    drain()
    assert fresh(task).status == Status.CANCELLED
    with pytest.raises(WrongState):
        wanted(case=task.case)
