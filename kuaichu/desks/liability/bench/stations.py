"""Prepared by a police station: its officer at the scene writes the ruling, the accident section issues it.

Two levels: whoever prepared does not issue; nothing goes out before an officer of the section has read it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files, outcome
from kuaichu.cases.models import Case
from kuaichu.desks.liability.bench.issuing import fill, submit
from kuaichu.desks.liability.determinations import Taken, alive_determination, held_by
from kuaichu.desks.liability.models import Agreement, Determination, Recheck
from kuaichu.desks.liability.on_site import hold, insist_excluded_not, insist_no_party
from kuaichu.desks.liability.rulings import Ruling
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import Step, act
from kuaichu.kernel.refusals import NotFound, WrongState


def take_to_prepare(actor: Actor, case_id: UUID, proposal: dict[str, Any]) -> Determination:
    """Take the case one stands at, to prepare its ruling; the same again finds it taken.

    `actor` is bound to the case by a task, else NotFound. Raises NotAllowed for a party or where the gates
    exclude the summary procedure; WrongState when it is decided, or another officer has it.
    """
    with act(actor, "liability.prepare", case_id) as step:
        case = files.case(case_id)
        step.insist(
            actor.case_id == case_id and case.city == actor.city,
            _("There is no such case, or it is not yours."),
            otherwise=NotFound,
        )
        row = alive_determination(case_id)
        if row is not None and row.status != Determination.Status.WAITING:
            step.insist(
                str(row.officer_id) == actor.id,
                _("Another officer has this case."),
                otherwise=WrongState,
                code="taken",
            )
            step.already()
            return row
        _insist_possible(step, actor, case)
        row = row or Determination(case=case, city=case.city, requested_at=clock.now(), due_at=clock.now())
        row.prepared_by = UUID(actor.id)
        hold(row, actor, proposal)
        outcome.take_up(case)
        step.record(Taken(determination_id=str(row.pk), officer_id=actor.id))
    return row


def _insist_possible(step: Step, actor: Actor, case: Case) -> None:
    insist_no_party(step, actor, case)
    insist_excluded_not(step, case)
    step.insist(
        not Agreement.objects.filter(case=case, status=Agreement.Status.SIGNED).exists(),
        _("This has already been decided or is being decided."),
        otherwise=WrongState,
    )


def submit_prepared(actor: Actor, case_id: UUID, ruling: Ruling) -> Determination:
    """Put the prepared ruling before the accident section; the same again changes nothing.

    Raises Invalid naming each field that is not sound, NotFound for what one does not hold.
    """
    with act(actor, "liability.prepare", case_id) as step:
        row = held_by(actor, case_id)
        if row.status != Determination.Status.TAKEN:
            step.already()
            return row
        fill(files.case(case_id), row, ruling)
        submit(step, row, Recheck.Kind.STATION, ("station",))
    return row
