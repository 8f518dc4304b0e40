"""The head of the unit approves the fast handling of an injury case, or refuses it (D146 Art. 69).

The head sees what two officers found and how they would decide. Approved, it is signed and issued; refused,
the general procedure goes on with the file as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.desks.liability.bench.issuing import sign
from kuaichu.desks.liability.determinations import insist_open
from kuaichu.desks.liability.models import Determination, Recheck
from kuaichu.desks.liability.rechecks.taking import finish, mine, reasons_of
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import Step, act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.refusals import WrongState

KIND = Recheck.Kind.APPROVAL


@dataclass(frozen=True)
class FastRefused(Fact, name="liability.fast_refused"):
    """The head does not approve fast handling: the general procedure goes on, the parties read why."""

    determination_id: str
    recheck_id: str


def approve(actor: Actor, recheck_id: UUID, *, factor_fresh: bool) -> Determination:
    """Approve: the ruling of the two officers is signed and issued.

    Raises NotFound for what this head has not taken, NotAllowed without a fresh second factor, WrongState
    when the case went elsewhere meanwhile.
    """
    known = mine(actor, recheck_id, KIND)
    with act(actor, "liability.approve", known.case_id) as step:
        recheck, row = _before(step, actor, recheck_id)
        step.insist(factor_fresh, _("Confirm with your second factor before signing."), code="second_factor")
        insist_open(step, files.case(recheck.case_id))
        second = _second(row)
        step.insist(actor.id != second, _("A second officer must agree."), code="own_conclusion")
        finish(recheck, "approved")
        sign(step, row, second=second)
    return row


def refuse(actor: Actor, recheck_id: UUID, *, words: str) -> None:
    """Do not approve, with written reasons. Raises Invalid at `words`, else as `approve`."""
    known, why = mine(actor, recheck_id, KIND), reasons_of(words)
    with act(actor, "liability.approve", known.case_id) as step:
        recheck, row = _before(step, actor, recheck_id)
        finish(recheck, "not_approved", words=why)
        step.record(FastRefused(determination_id=str(row.pk), recheck_id=str(recheck.pk)))


def _before(step: Step, actor: Actor, recheck_id: UUID) -> tuple[Recheck, Determination]:
    recheck = mine(actor, recheck_id, KIND)
    row: Determination = recheck.determination
    waits = row.status == Determination.Status.CHECKED
    step.insist(waits, _("The case went elsewhere meanwhile."), otherwise=WrongState)
    return recheck, row


def _second(row: Determination) -> str:
    """The second officer, who confirmed the ruling before (D146 Art. 27: two at least)."""
    looks = Recheck.objects.filter(determination=row, kind=Recheck.Kind.FOUR_EYES, outcome="confirmed")
    newest = looks.order_by("-done_at").first()
    return str(newest.officer_id) if newest is not None else ""
