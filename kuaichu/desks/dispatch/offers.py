"""Offers: a waiting task is offered to the nearest person who may take it; silence passes it on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.cases.models import Case
from kuaichu.cases.places.datums import Position
from kuaichu.desks.dispatch import nearest, neutrality
from kuaichu.desks.dispatch.models import Duty, Task
from kuaichu.desks.dispatch.rules import rules
from kuaichu.desks.dispatch.tasks import IN_HAND, find
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.refusals import NotFound


@dataclass(frozen=True)
class Offered(Fact, name="dispatch.offered"):
    """The task is offered to the nearest person who may take it."""

    task_id: str
    account_id: str
    round: int
    until: str


@dataclass(frozen=True)
class Declined(Fact, name="dispatch.declined"):
    """Who was asked cannot come."""

    task_id: str
    account_id: str


@dataclass(frozen=True)
class Lapsed(Fact, name="dispatch.lapsed"):
    """Who was asked did not answer in time."""

    task_id: str
    account_id: str


def offer(actor: Actor, task_id: UUID) -> Task:
    """Offer a waiting task to the best person on duty; nothing happens while there is nobody."""
    with act(actor, "dispatch.offer", find(actor, task_id).case_id) as step:
        task = find(actor, task_id)
        choice = best(task) if task.status == Task.Status.WAITING else None
        if choice is None:
            step.already()
            return task
        move(task, Task.Status.OFFERED)
        task.offers += 1
        task.account_id, task.role, task.metres = choice.account_id, choice.role, choice.metres
        task.due_at = clock.now() + timedelta(seconds=rules(task.city).offer_seconds)
        task.save()
        step.record(
            Offered(
                task_id=str(task.pk),
                account_id=str(choice.account_id),
                round=task.offers,
                until=task.due_at.isoformat(),
            )
        )
    return task


def best(task: Task) -> nearest.Choice | None:
    """Whom to ask now, or None."""
    insurers = set[str]().union(*neutrality.insurers_of(files.vehicles(task.case_id).values()).values())
    ranked = nearest.rank(
        place_of(task.case),
        _candidates(task.city),
        wants=task.wants,
        shunned=task.shunned,
        insurers=insurers,
        now=clock.now(),
        rules=rules(task.city),
    )
    recused = neutrality.recused([one.account_id for one in ranked], task.case_id)
    return next((one for one in ranked if one.account_id not in recused), None)


def place_of(case: Case) -> Position | None:
    """Where the accident is, as far as a position is known."""
    return None if case.lat is None or case.lon is None else Position(case.lat, case.lon)


def _candidates(city: str) -> Iterable[nearest.Candidate]:
    busy = set(
        Task.objects.filter(city=city, status__in=[*IN_HAND, Task.Status.OFFERED]).values_list(
            "account_id", flat=True
        )
    )
    for duty in Duty.objects.filter(city=city, status=Duty.Status.ON):
        known = duty.lat is not None and duty.lon is not None
        yield nearest.Candidate(
            account_id=duty.account_id,
            role=duty.role,
            insurer=duty.insurer,
            since=duty.started_at,
            busy=duty.account_id in busy,
            where=Position(duty.lat or 0.0, duty.lon or 0.0) if known else None,
            told_at=duty.positioned_at,
        )


def waiting(city: str) -> list[Task]:
    """Tasks that nobody has or was asked for, oldest first."""
    found = Task.objects.select_related("case").filter(city=city, status=Task.Status.WAITING)
    return list(found.order_by("made_at")[:100])


def decline(actor: Actor, task_id: UUID) -> None:
    """Say that one cannot come; the next person is asked. Raises NotFound when one was not asked."""
    with act(actor, "dispatch.decline", find(actor, task_id).case_id) as step:
        task = find(actor, task_id)
        if actor.id in task.shunned:
            step.already()
            return
        if task.status != Task.Status.OFFERED or str(task.account_id) != actor.id:
            raise NotFound(_("There is no such task, or it is not yours."))
        _pass_on(task)
        step.record(Declined(task_id=str(task.pk), account_id=actor.id))


def lapse(actor: Actor, task_id: UUID, *, at_round: int) -> None:
    """The time to answer is over: whom this offer went to is not asked again."""
    with act(actor, "dispatch.lapse", find(actor, task_id).case_id) as step:
        task = find(actor, task_id)
        if task.status != Task.Status.OFFERED or task.offers != at_round:
            step.already()
            return
        asked = str(task.account_id)
        _pass_on(task)
        step.record(Lapsed(task_id=str(task.pk), account_id=asked))


def _pass_on(task: Task) -> None:
    move(task, Task.Status.WAITING)
    task.shunned = [*task.shunned, str(task.account_id)]
    task.account_id, task.role, task.due_at, task.metres = None, "", None, None
    task.save()
