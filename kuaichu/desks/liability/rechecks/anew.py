"""Decided anew: a signed ruling stops counting, and another officer decides the case.

By order of the higher unit (D146 Art. 77, 79), after an objection, or because the officer who signed turns
out to be close to a party (Art. 105). The old certificate stands in the register until the new one takes its
place.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files, outcome
from kuaichu.cases.models import Case
from kuaichu.desks.liability.determinations import alive_determination
from kuaichu.desks.liability.models import Determination, Recheck
from kuaichu.desks.liability.rechecks.taking import ALIVE, reasons_of
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.refusals import NotFound, WrongState
from kuaichu.kernel.workdays import reckon

REDETERMINE_DAYS = 10
"""D146 Art. 79: a new determination within ten (working, Art. 112) days of the conclusion."""


@dataclass(frozen=True)
class Recused(Fact, name="liability.recused"):
    """The officer who signed stepped aside afterwards: the case is decided anew by somebody else."""

    determination_id: str
    new_id: str


@dataclass(frozen=True)
class RulingWithdrawn(Fact, name="liability.ruling_withdrawn"):
    """A ruling stopped counting because its certificate was revoked; nobody decides it here again."""

    determination_id: str


def order_anew(row: Determination, *, days: int = REDETERMINE_DAYS) -> Determination:
    """Withdraw a signed ruling and put the case into the queue again, inside an act.

    Neither who ruled nor who prepared or confirmed it is offered the case.
    """
    withdraw(row)
    now = clock.now()
    case = files.case(row.case_id)
    if case.status in (Case.Status.DECIDED, Case.Status.CLOSED):
        outcome.open_anew(case)
    return Determination.objects.create(
        case_id=row.case_id,
        city=row.city,
        requested_at=now,
        due_at=reckon(now, working_days=days).at,
        replaces=row,
        grade=row.grade,
        shunned=[*row.shunned, *_had_a_part(row)],
    )


def withdraw(row: Determination) -> None:
    """A signed ruling stops counting, inside an act; looks at it that are still open end."""
    move(row, Determination.Status.REPLACED)
    row.save()
    for one in Recheck.objects.filter(determination=row, status__in=ALIVE):
        move(one, Recheck.Status.ENDED)
        one.save()


def _had_a_part(row: Determination) -> list[str]:
    looks = Recheck.objects.filter(determination=row).values_list("officer_id", "second_id")
    people = {row.officer_id, row.prepared_by, *(one for pair in looks for one in pair)}
    return sorted(str(one) for one in people if one)


def recuse(actor: Actor, case_id: UUID, *, words: str) -> Determination:
    """Step aside after having signed: kin, interest, or another relation to a party (D146 Art. 105).

    Raises Invalid without reasons, NotFound for a ruling that is not one's own.
    """
    reasons_of(words)
    with act(actor, "liability.recuse", case_id) as step:
        row = alive_determination(case_id)
        if row is None or row.status != Determination.Status.SIGNED or str(row.officer_id) != actor.id:
            raise NotFound(_("This is no ruling of yours."))
        insist_reopenable(row)
        new = order_anew(row)
        step.record(Recused(determination_id=str(row.pk), new_id=str(new.pk)))
    return new


def insist_reopenable(row: Determination) -> None:
    """Refuse (WrongState) a case that went to another procedure: that one decides it."""
    if files.case(row.case_id).status not in (Case.Status.DECIDED, Case.Status.CLOSED):
        raise WrongState(_("This case is in another procedure."))


def withdraw_revoked(actor: Actor, case_id: UUID) -> None:
    """The certificate was revoked by a supervisor: its ruling counts no more."""
    with act(actor, "liability.withdraw_ruling", case_id) as step:
        row = alive_determination(case_id)
        if row is None or row.status != Determination.Status.SIGNED:
            step.already()
            return
        withdraw(row)
        step.record(RulingWithdrawn(determination_id=str(row.pk)))
