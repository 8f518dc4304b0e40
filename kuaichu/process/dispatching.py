"""Somebody goes to the scene: who is wanted, who is asked, what silence means, and who hears of it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from uuid import UUID

from kuaichu.cases import files, outcome
from kuaichu.desks.dispatch import duties, needs, offers, orders, tasks
from kuaichu.desks.dispatch.models import Duty, Task
from kuaichu.desks.dispatch.rules import rules
from kuaichu.desks.notify import messages, words
from kuaichu.kernel import clock
from kuaichu.kernel.journal import afresh
from kuaichu.kernel.prepared import find
from kuaichu.kernel.wirings import Event
from kuaichu.people.field_roles import POLICE_ROLES
from kuaichu.people.models import Account
from kuaichu.people.roles import system
from kuaichu.process.calling import each


def send_somebody(event: Event) -> None:
    """A case was handed over: police are wanted at the scene, unless they are there or on the way.

    Not for an accident reported so late that nobody is at the scene any more, nor where everybody has gone.
    """
    assert event.case_id is not None
    own, case = rules(event.city), files.case(event.case_id)
    late = event.at - case.happened_at > timedelta(hours=own.late_report_hours)
    if late or needs.deserted(case, event.at) or police_come(event.case_id):
        return
    orders.send(
        system(event.city), event.case_id, cause=event.id, source=Task.Source.HANDED_OVER,
        wants=own.sent(event.fact.to),
    )  # fmt: skip


def police_come(case_id: UUID) -> bool:
    """Whether police are at the scene, on the way, or being looked for."""
    return any(
        task.role in POLICE_ROLES if task.status in tasks.IN_HAND else POLICE_ROLES & set(task.wants)
        for task in _alive(case_id)
    )


def _alive(case_id: UUID) -> list[Task]:
    return [task for task in find(Task, case_id=case_id) if task.status in tasks.ALIVE]


def offer(event: Event) -> None:
    """Ask the nearest person who may go."""
    _offer(event.city, Task.objects.select_related("case").get(pk=UUID(event.fact.task_id)))


def _offer(city: str, task: Task) -> None:
    """Offer what is still needed; what is not is called off."""
    if needs.moot(task):
        orders.cancel(system(city), task.pk, why="nobody_there")
    else:
        offers.offer(system(city), task.pk)


def offer_waiting(event: Event) -> None:
    """Somebody is free now: ask again for every task that waits."""
    for task in offers.waiting(event.city):
        _offer(event.city, task)


def stay_time(city: str) -> timedelta:
    """How long people wait near a road that is clear."""
    return timedelta(minutes=rules(city).stay_minutes, seconds=1)


def settle(event: Event) -> None:
    """The road is clear for long: what nobody has taken yet is called off. Who is on the way decides."""
    assert event.case_id is not None
    open_still = (Task.Status.WAITING, Task.Status.OFFERED)
    for task in Task.objects.select_related("case").filter(case_id=event.case_id, status__in=open_still):
        if needs.moot(task):
            orders.cancel(system(event.city), task.pk, why="nobody_there")


def offer_time(city: str) -> timedelta:
    """How long somebody who is asked may think."""
    return timedelta(seconds=rules(city).offer_seconds)


def lapse_offer(event: Event) -> None:
    """Whom we asked was silent: the next one is asked. The clock brings it, so rounds do not pile up."""
    with afresh():
        offers.lapse(system(event.city), UUID(event.fact.task_id), at_round=event.fact.round)


def way_time(city: str) -> timedelta:
    """After how long somebody who accepted and has not arrived is replaced."""
    return timedelta(minutes=rules(city).arrive_minutes + rules(city).late_minutes)


def release_late(event: Event) -> None:
    """Who accepted has not come: the next one is asked."""
    with afresh():
        tasks.release(system(event.city), UUID(event.fact.task_id), at_round=event.fact.round)


def longest_duty(city: str) -> timedelta:
    """How long a duty lasts that nobody ends."""
    return timedelta(hours=rules(city).duty_hours)


def end_long_duty(event: Event) -> None:
    """The longest duty is over."""
    duties.close_duty(system(event.city), UUID(event.fact.duty_id))


def trail_time(city: str) -> timedelta:
    """How long it is kept where somebody was."""
    return timedelta(days=rules(city).trail_days)


def forget_trail(event: Event) -> None:
    """It is no longer kept where somebody was."""
    duties.forget_trail(UUID(event.fact.duty_id))


def cancel(event: Event) -> None:
    """The report was taken back, or liability is settled: nobody is needed who is not there yet."""
    assert event.case_id is not None
    for task in _alive(event.case_id):
        orders.cancel(system(event.city), task.pk, why=event.kind.partition(".")[2])


def hand_scene_over(event: Event) -> None:
    """A scene was handed over: the case goes to the other procedure; police come where they were called."""
    assert event.case_id is not None
    actor, fact = system(event.city), event.fact
    if fact.to == outcome.ON_SITE and not police_come(event.case_id):
        orders.send(
            actor, event.case_id, cause=event.id, source=Task.Source.CALLED,
            wants=rules(event.city).sent(outcome.ON_SITE),
        )  # fmt: skip
    outcome.hand_over(actor, event.case_id, to=fact.to, reasons=tuple(fact.reasons))


def say_offered(event: Event) -> None:
    """Who is asked hears it by SMS too, where a duty phone was given."""
    assert event.case_id is not None
    duty = Duty.objects.filter(account_id=UUID(event.fact.account_id), status=Duty.Status.ON).first()
    task = Task.objects.get(pk=UUID(event.fact.task_id))
    asked_still = task.status == Task.Status.OFFERED and task.offers == event.fact.round
    if duty is None or not duty.phone or not asked_still:
        return
    messages.text(
        system(event.city), event.case_id,
        key=f"{event.id}:task", kind="task", to=duty.phone, receiver="field",
        words=words.task_offered(task.case.place, str(task.pk), rules(event.city).offer_seconds),
    )  # fmt: skip


def say_coming(event: Event) -> None:
    """The parties hear who comes, and that they can check the card."""
    assert event.case_id is not None
    task = Task.objects.get(pk=UUID(event.fact.task_id))
    if task.status != Task.Status.ACCEPTED or str(task.account_id) != event.fact.account_id:
        return
    comes = Account.objects.select_related("organisation").get(pk=UUID(event.fact.account_id))
    minutes = max(1, round(((task.due_at or clock.now()) - clock.now()).total_seconds() / 60))
    number = files.case(event.case_id).number

    def told(language: str) -> str:
        return words.in_language(
            language, lambda: words.somebody_comes(number, event.fact.role, comes, minutes)
        )

    send = partial(messages.text, system(event.city), event.case_id, kind="coming")
    each(
        [
            partial(
                send, key=f"{event.id}:{p.label}:coming", to=p.phone, receiver=p.label, words=told(p.language)
            )
            for p in files.parties(event.case_id)
            if p.phone
        ]
    )
