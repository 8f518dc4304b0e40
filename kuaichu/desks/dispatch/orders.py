"""Orders: somebody is wanted at the scene of a case, or has stopped there, or is no longer needed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.cases.models import Case
from kuaichu.desks.dispatch.models import Task
from kuaichu.desks.dispatch.tasks import find, insist_free, on_duty
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import Step, act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.refusals import NotFound, WrongState


@dataclass(frozen=True)
class Tasked(Fact, name="dispatch.tasked"):
    """Somebody is wanted at the scene."""

    task_id: str
    source: str
    wants: tuple[str, ...]


@dataclass(frozen=True)
class Stopped(Fact, name="dispatch.stopped"):
    """Somebody on duty came past and stopped to help."""

    task_id: str
    account_id: str
    role: str


@dataclass(frozen=True)
class Cancelled(Fact, name="dispatch.cancelled"):
    """Nobody is needed any more."""

    task_id: str
    why: str


def send(
    actor: Actor, case_id: UUID, *, cause: UUID, source: str, wants: tuple[str, ...], words: str = ""
) -> Task:
    """Want somebody of the roles `wants` at the scene; the same `cause` makes one task.

    The system sends (`dispatch.send`), people of the centre order (`dispatch.order`). Raises NotFound for
    another city's case, WrongState for one that has ended.
    """
    verb = "dispatch.send" if actor.kind == "system" else "dispatch.order"
    with act(actor, verb, case_id) as step:
        case = _own_case(step, actor, case_id)
        known = Task.objects.filter(cause=cause).first()
        if known is not None:
            step.already()
            return known
        step.insist(
            case.status not in (Case.Status.CLOSED, Case.Status.WITHDRAWN),
            _("This case has ended."),
            otherwise=WrongState,
        )
        task = Task.objects.create(
            case=case, city=case.city, cause=cause, source=source, wants=list(wants),
            words=files.clean(words)[:300], made_at=clock.now(),
        )  # fmt: skip
        step.record(Tasked(task_id=str(task.pk), source=source, wants=tuple(wants)))
    return task


def _own_case(step: Step, actor: Actor, case_id: UUID) -> Case:
    case = files.case(case_id)
    step.insist(case.city == actor.city, _("There is no such case, or it is not yours."), otherwise=NotFound)
    return case


def stop(actor: Actor, case_id: UUID) -> Task:
    """Passing by, one stops to help in a case just opened on the spot: the task begins at the scene."""
    duty = on_duty(actor)
    with act(actor, "dispatch.stop", case_id) as step:
        case = _own_case(step, actor, case_id)
        cause, now = uuid5(case_id, actor.id), clock.now()
        known = Task.objects.filter(cause=cause).first()
        if known is not None:
            step.already()
            return known
        insist_free(step, actor)
        task = Task.objects.create(
            case=case, city=case.city, cause=cause, source=Task.Source.PASSING, status=Task.Status.ARRIVED,
            wants=[duty.role], account_id=duty.account_id, role=duty.role, metres=0, made_at=now,
            accepted_at=now, arrived_at=now,
        )  # fmt: skip
        step.record(Stopped(task_id=str(task.pk), account_id=actor.id, role=duty.role))
    return task


def cancel(actor: Actor, task_id: UUID, *, why: str) -> None:
    """Nobody is needed any more; who is at the scene already finishes by himself."""
    with act(actor, "dispatch.cancel", find(actor, task_id).case_id) as step:
        task = find(actor, task_id)
        if task.status not in (Task.Status.WAITING, Task.Status.OFFERED, Task.Status.ACCEPTED):
            step.already()
            return
        move(task, Task.Status.CANCELLED)
        task.ended_at, task.due_at = clock.now(), None
        task.save()
        step.record(Cancelled(task_id=str(task.pk), why=why[:40]))
