"""Determination at the scene: a qualified patrol officer decides by the summary procedure (D146 Art. 23-24).

No joint application is needed, and disputed facts are no bar: the officer is there.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kuaichu.cases import files, outcome, screening
from kuaichu.cases.gates import Procedure
from kuaichu.cases.impartiality import insist_impartial
from kuaichu.cases.models import Case
from kuaichu.desks.liability.determinations import Taken, alive_determination
from kuaichu.desks.liability.models import Agreement, Determination
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import Step, act
from kuaichu.kernel.moves import move
from kuaichu.kernel.refusals import NotFound, WrongState
from kuaichu.people import signin


def take_on_site(actor: Actor, case_id: UUID, proposal: dict[str, Any]) -> Determination:
    """Take the case one stands at, whatever waits in the queue; the same again finds it taken.

    `actor` is bound to the case by a task (`dispatch/tasks.py::at_scene`), else NotFound. `proposal` is the
    engine's, frozen into the row. Raises NotAllowed without a valid qualification, for whom the case is a
    conflict, or where the gates exclude the summary procedure; WrongState when it is decided, or another
    officer has it.
    """
    return take_here(actor, "liability.take_on_site", case_id, proposal)


def take_here(
    actor: Actor, verb: str, case_id: UUID, proposal: dict[str, Any], *, prepares: bool = False
) -> Determination:
    """Take the case at whose scene one is by `verb`; who only `prepares` the ruling needs no qualification.

    Refusals as `take_on_site`.
    """
    with act(actor, verb, case_id) as step:
        case = files.case(case_id)
        step.insist(
            actor.case_id == case_id and case.city == actor.city,
            _("There is no such case, or it is not yours."),
            otherwise=NotFound,
        )
        row = alive_determination(case_id)
        if row is not None and row.status != Determination.Status.WAITING:
            mine = str(row.officer_id) == actor.id
            step.insist(mine, _("Another officer has this case."), otherwise=WrongState, code="taken")
            step.already()
            return row
        if not prepares:
            signin.insist_qualified(actor)
        _insist_possible(step, actor, case)
        row = row or Determination(case=case, city=case.city, requested_at=clock.now(), due_at=clock.now())
        row.prepared_by = UUID(actor.id) if prepares else row.prepared_by
        _hold(row, actor, proposal)
        outcome.take_up(case)
        step.record(Taken(determination_id=str(row.pk), officer_id=actor.id))
    return row


def _insist_possible(step: Step, actor: Actor, case: Case) -> None:
    insist_impartial(actor, case.pk)
    insist_excluded_not(step, case)
    step.insist(
        not Agreement.objects.filter(case=case, status=Agreement.Status.SIGNED).exists(),
        _("This has already been decided or is being decided."),
        otherwise=WrongState,
    )


def insist_excluded_not(step: Step, case: Case) -> None:
    """Refuse a case that the gates keep out of the summary procedure."""
    step.insist(
        summary_open(case),
        _("The summary procedure is excluded for this accident. Hand it to the general procedure."),
        code="way_closed",
    )


def summary_open(case: Case) -> bool:
    """Whether no gate excludes the summary procedure; what is not known yet the officer finds out."""
    answer = screening.assess(case, files.parties(case.pk), files.vehicles(case.pk))
    return Procedure.SUMMARY in answer.allowed or Procedure.SUMMARY in answer.pending


def _hold(row: Determination, actor: Actor, proposal: dict[str, Any]) -> None:
    """Let the officer have the case, inside an act. Raises WrongState for who holds another one."""
    move(row, Determination.Status.TAKEN)
    row.officer_id, row.taken_at, row.proposal = UUID(actor.id), clock.now(), proposal
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as twice:
        raise WrongState(_("You hold another case. Sign it or hand it over first."), code="busy") from twice
