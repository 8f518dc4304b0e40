"""Tasks in hand: somebody accepts one, arrives, and finishes it or gives it back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kuaichu.desks.dispatch import duties, neutrality
from kuaichu.desks.dispatch.models import Duty, Task
from kuaichu.desks.dispatch.rules import rules
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import Step, act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.refusals import Invalid, NotFound, WrongState
from kuaichu.people.roles import AT_SCENE

ALIVE: Final = (Task.Status.WAITING, Task.Status.OFFERED, Task.Status.ACCEPTED, Task.Status.ARRIVED)
IN_HAND: Final = (Task.Status.ACCEPTED, Task.Status.ARRIVED)
OUTCOMES: Final = ("agreed", "forwarded", "determined", "handed_over", "not_needed")
WHYS: Final = ("urgent", "unsafe", "cannot", "conflict", "end_of_duty", "wrong_place")


@dataclass(frozen=True)
class Accepted(Fact, name="dispatch.accepted"):
    """Somebody is on the way; `round` tells an acceptance from an earlier one that was given back."""

    task_id: str
    account_id: str
    role: str
    arrive_by: str
    round: int


@dataclass(frozen=True)
class Arrived(Fact, name="dispatch.arrived"):
    """Who was sent is at the scene."""

    task_id: str
    account_id: str
    role: str


@dataclass(frozen=True)
class TaskGivenBack(Fact, name="dispatch.given_back"):
    """Who had the task gave it back, or did not arrive in time (`late`)."""

    task_id: str
    account_id: str
    why: str


@dataclass(frozen=True)
class Finished(Fact, name="dispatch.finished"):
    """The work at the scene is done."""

    task_id: str
    account_id: str
    outcome: str


def on_duty(actor: Actor) -> Duty:
    """The duty one is on; raises WrongState off duty."""
    duty = duties.own_duty(actor)
    if duty is None:
        raise WrongState(_("Go on duty first."), code="off_duty")
    return duty


def insist_free(step: Step, actor: Actor) -> None:
    """Refuse (WrongState) who has a task in hand."""
    busy = Task.objects.filter(account_id=UUID(actor.id), status__in=IN_HAND).exists()
    step.insist(
        not busy, _("You have a task already. Finish it, or give it back."), otherwise=WrongState, code="busy"
    )


def find(actor: Actor, task_id: UUID) -> Task:
    """The task in the actor's city; raises NotFound."""
    found = Task.objects.select_related("case").filter(pk=task_id, city=actor.city).first()
    if found is None:
        raise NotFound(_("There is no such task, or it is not yours."))
    return found


def held(actor: Actor, task_id: UUID) -> Task:
    """The task this member of staff has in hand, or has finished; raises NotFound for anybody else's."""
    found = find(actor, task_id)
    mine = str(found.account_id) == actor.id
    if not mine or found.status not in (*IN_HAND, Task.Status.DONE):
        raise NotFound(_("There is no such task, or it is not yours."))
    return found


def accept(actor: Actor, task_id: UUID) -> Task:
    """Take the task: offered to oneself, or waiting for anybody. A second tap finds it taken.

    Raises WrongState when somebody else was quicker, one is off duty or has another task; NotAllowed for
    another role than wanted, or for a party of the case.
    """
    case_id = find(actor, task_id).case_id
    duty = on_duty(actor)
    with act(actor, "dispatch.accept", case_id) as step:
        task = find(actor, task_id)
        mine = task.account_id == duty.account_id
        if mine and task.status in IN_HAND:
            step.already()
            return task
        step.insist(
            task.status == Task.Status.WAITING or (task.status == Task.Status.OFFERED and mine),
            _("Somebody else has this task."),
            otherwise=WrongState,
            code="taken",
        )
        step.insist(duty.role in task.wants, _("This task is not for your role."), code="other_role")
        insist_free(step, actor)
        neutrality.insist_impartial(actor, case_id)
        _take(task, duty)
        step.record(
            Accepted(
                task_id=str(task.pk),
                account_id=actor.id,
                role=duty.role,
                arrive_by=task.due_at.isoformat() if task.due_at else "",
                round=task.offers,
            )
        )
    return task


def _take(task: Task, duty: Duty) -> None:
    now = clock.now()
    move(task, Task.Status.ACCEPTED)
    task.account_id, task.role, task.accepted_at = duty.account_id, duty.role, now
    task.offers += 1
    task.due_at = now + timedelta(minutes=rules(task.city).arrive_minutes)
    task.flags = neutrality.flagged(duty.insurer, task.case_id)
    try:
        with transaction.atomic():
            task.save()
    except IntegrityError as twice:  # two taps on two tasks at one moment
        raise WrongState(_("You have a task already. Finish it, or give it back."), code="busy") from twice


def arrive(actor: Actor, task_id: UUID) -> Task:
    """Say that one is at the scene."""
    with act(actor, "dispatch.arrive", held(actor, task_id).case_id) as step:
        task = held(actor, task_id)
        if task.status != Task.Status.ACCEPTED:
            step.already()
            return task
        move(task, Task.Status.ARRIVED)
        task.arrived_at, task.due_at = clock.now(), None
        task.save()
        step.record(Arrived(task_id=str(task.pk), account_id=actor.id, role=task.role))
    return task


def give_back(actor: Actor, task_id: UUID, *, why: str) -> None:
    """Give the task back with a reason of WHYS; it is offered to somebody else. Raises Invalid at `why`."""
    if why not in WHYS:
        raise Invalid(_("Say why."), fields={"why": _("Say why.")})
    with act(actor, "dispatch.give_back", find(actor, task_id).case_id) as step:
        task = find(actor, task_id)
        if task.status == Task.Status.WAITING and actor.id in task.shunned:
            step.already()
            return
        _let_go(held(actor, task_id), step, why)


def release(actor: Actor, task_id: UUID, *, at_round: int) -> None:
    """Who accepted has not arrived in time: the task is offered to somebody else (default on silence)."""
    with act(actor, "dispatch.release", find(actor, task_id).case_id) as step:
        task = find(actor, task_id)
        if task.status != Task.Status.ACCEPTED or task.offers != at_round:
            step.already()
            return
        _let_go(task, step, "late")


def _let_go(task: Task, step: Step, why: str) -> None:
    holder = str(task.account_id)
    move(task, Task.Status.WAITING)
    task.shunned = [*task.shunned, holder]
    task.account_id, task.role, task.due_at, task.metres, task.flags = None, "", None, None, []
    task.accepted_at = task.arrived_at = None
    task.save()
    step.record(TaskGivenBack(task_id=str(task.pk), account_id=holder, why=why))


def finish(actor: Actor, task_id: UUID, *, outcome: str) -> None:
    """Say that the work at the scene is done, and how it ended (one of OUTCOMES). Raises Invalid."""
    if outcome not in OUTCOMES:
        raise Invalid(_("Say how it ended."), fields={"outcome": _("Say how it ended.")})
    with act(actor, "dispatch.finish", held(actor, task_id).case_id) as step:
        task = held(actor, task_id)
        if task.status == Task.Status.DONE:
            step.already()
            return
        if task.status == Task.Status.ACCEPTED:
            raise WrongState(_("First say that you have arrived, or give the task back."))
        move(task, Task.Status.DONE)
        task.outcome, task.ended_at = outcome, clock.now()
        task.flags = neutrality.flagged(actor.insurer, task.case_id)
        task.save()
        step.record(Finished(task_id=str(task.pk), account_id=actor.id, outcome=outcome))


def at_scene(actor: Actor, case_id: UUID) -> Actor:
    """Staff with a task in hand, as it may act in that case; raises NotFound for anybody else.

    The actor is bound to the case and may do there what comes with a task (`people/roles.py::AT_SCENE`).
    """
    task: Any = Task.objects.filter(
        case_id=case_id, city=actor.city, account_id=UUID(actor.id), status__in=IN_HAND
    ).exists()
    if actor.kind != "staff" or not task:
        raise NotFound(_("There is no such task, or it is not yours."))
    return replace(actor, case_id=case_id, grants=actor.grants | AT_SCENE)
