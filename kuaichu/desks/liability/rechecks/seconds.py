"""Four eyes: a ruling is issued only when another officer has read it, or goes back with what is wrong.

The same for what a police station has prepared: an officer of the accident section reviews and issues it.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.desks.liability.approvals.fast_tracks import lay_before_head, needs_head
from kuaichu.desks.liability.bench.issuing import Submitted, keep_for, sign
from kuaichu.desks.liability.determinations import insist_open
from kuaichu.desks.liability.models import Determination, Recheck
from kuaichu.desks.liability.rechecks.taking import finish, mine, reasons_of, verb_of
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import Step, act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.refusals import NotFound, WrongState
from kuaichu.people import signin

CONFIRMED = (Recheck.Kind.FOUR_EYES, Recheck.Kind.STATION)
BEFORE = (*CONFIRMED, Recheck.Kind.APPROVAL)


@dataclass(frozen=True)
class SentBack(Fact, name="liability.sent_back"):
    """The second officer did not agree: the ruling is back with who made it, with the reasons."""

    determination_id: str
    recheck_id: str
    kind: str


def confirm(actor: Actor, recheck_id: UUID, *, factor_fresh: bool) -> Determination:
    """Confirm the ruling: it is signed and issued; one of a fast track goes to the head of the unit first.

    What a station prepared is the confirming officer's own.

    Raises NotFound for what this officer has not taken, NotAllowed without a fresh second factor or a valid
    qualification, WrongState when the case went elsewhere meanwhile.
    """
    known = _taken(actor, recheck_id, CONFIRMED)
    with act(actor, "liability.recheck", known.case_id) as step:
        recheck = _taken(actor, recheck_id, CONFIRMED)
        step.insist(factor_fresh, _("Confirm with your second factor before signing."), code="second_factor")
        signin.insist_qualified(actor)
        insist_open(step, files.case(recheck.case_id))
        row = _checked(step, recheck)
        if recheck.kind == Recheck.Kind.STATION:
            row.officer_id = UUID(actor.id)
        finish(recheck, "confirmed")
        if needs_head(row):
            _submit_to_head(step, row)
        else:
            sign(step, row, second=actor.id if recheck.kind == Recheck.Kind.FOUR_EYES else "")
    return row


def _submit_to_head(step: Step, row: Determination) -> None:
    approval = lay_before_head(row)
    told = tuple(approval.told["why"])
    step.record(
        Submitted(
            determination_id=str(row.pk), recheck_id=str(approval.pk), kind=str(approval.kind), why=told
        )
    )


def send_back(actor: Actor, recheck_id: UUID, *, words: str) -> None:
    """Do not confirm: the case goes back to the officer who ruled, draft and reasons with it.

    What a station prepared goes to an officer of the centre, who decides it as any other case.
    """
    known, why = _taken(actor, recheck_id, BEFORE), reasons_of(words)
    with act(actor, verb_of(known.kind), known.case_id) as step:
        recheck = _taken(actor, recheck_id, BEFORE)
        row = _checked(step, recheck)
        row.draft = {**_draft(row), "sent_back": why}
        row.grades = None
        keep_for(row, None if recheck.kind == Recheck.Kind.STATION else row.officer_id)
        row.save()
        finish(recheck, "sent_back", words=why)
        step.record(SentBack(determination_id=str(row.pk), recheck_id=str(recheck.pk), kind=recheck.kind))


def _taken(actor: Actor, recheck_id: UUID, kinds: tuple[str, ...]) -> Recheck:
    row = mine(actor, recheck_id)
    if row.kind not in kinds:
        raise NotFound(_("You do not have this second look."))
    return row


def _checked(step: Step, recheck: Recheck) -> Determination:
    """The ruling that waits for this look; WrongState when it went elsewhere meanwhile."""
    row: Determination = recheck.determination
    checked = row.status == Determination.Status.CHECKED
    step.insist(checked, _("The case went elsewhere meanwhile."), otherwise=WrongState)
    return row


def _draft(row: Determination) -> dict[str, object]:
    """The ruling as its form begins when it comes back."""
    return {
        **(row.draft or {}),
        "grades": row.grades,
        "shares": (row.draft or {}).get("shares", {}),
        "form": row.form,
        "facts_found": row.facts_found,
        "reasons": row.reasons,
        "citations": row.citations,
    }
