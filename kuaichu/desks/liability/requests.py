"""Requests: the joint application for an officer, which puts the case into the queue, and its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files, outcome
from kuaichu.cases.models import Case
from kuaichu.desks.liability.determinations import alive_determination, in_hand
from kuaichu.desks.liability.models import Determination
from kuaichu.desks.liability.rules import rules
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.refusals import WrongState


@dataclass(frozen=True)
class Requested(Fact, name="liability.requested"):
    """The parties jointly asked for an officer (D146 Art. 20)."""

    determination_id: str
    due_at: str


@dataclass(frozen=True)
class Ended(Fact, name="liability.ended"):
    """The request for an officer ended without a determination: the case went elsewhere."""

    determination_id: str
    why: str


def request(actor: Actor, case_id: UUID) -> Determination:
    """Put the case into the queue, once while one is alive (the parties' joint application)."""
    with act(actor, "liability.choose" if actor.kind == "party" else "liability.lapse", case_id) as step:
        alive = alive_determination(case_id)
        if alive is not None:
            step.already()
            return alive
        step.insist(
            files.case(case_id).status == Case.Status.READY,
            _("This case is no longer open."),
            otherwise=WrongState,
        )
        now = clock.now()
        row = Determination.objects.create(
            case_id=case_id,
            city=actor.city,
            requested_at=now,
            due_at=now + timedelta(minutes=rules(actor.city).answer_minutes),
        )
        step.record(Requested(determination_id=str(row.pk), due_at=row.due_at.isoformat()))
    return row


def end(actor: Actor, case_id: UUID, *, why: str) -> None:
    """End the request without a determination, because the case was handed over.

    An officer may end only what he holds (else NotFound). Nothing happens when it has ended or was signed.
    """
    with act(actor, "liability.end", case_id) as step:
        row = alive_determination(case_id)
        if row is None or row.status == Determination.Status.SIGNED:
            step.already()
            return
        if actor.kind == "staff":
            step.insist(
                in_hand(step, actor, case_id).pk == row.pk,
                _("You do not hold this case."),
                otherwise=WrongState,
            )
        move(row, Determination.Status.ENDED)
        row.save()
        step.record(Ended(determination_id=str(row.pk), why=why[:40]))


def hand_over(actor: Actor, case_id: UUID, *, to: str, reasons: tuple[str, ...]) -> None:
    """An officer hands a case he holds to another procedure, with the whole file.

    `reasons` are codes in the officer's own words; raises NotFound for a case held by nobody or by somebody
    else, Invalid for an unknown receiver. What follows ends the request.
    """
    outcome.insist_receiver(to)
    with act(actor, "liability.hand_over", case_id) as step:
        in_hand(step, actor, case_id)
        outcome.leave(step, case_id, to=to, reasons=reasons)
