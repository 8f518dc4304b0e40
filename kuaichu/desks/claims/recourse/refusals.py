"""A person refuses a claim, in writing, and the next instance is named (INS 24); a machine never refuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.desks.claims import filings
from kuaichu.desks.claims.models import Claim, ClaimRefusal
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.prepared import find, find_one, find_sure
from kuaichu.kernel.refusals import Invalid, WrongState

LEAST, MOST = 20, 1000
GROUNDS: Final[dict[str, Callable[[], str]]] = {
    "not_covered": lambda: _("the loss is not covered by the contract"),
    "excluded": lambda: _("an exclusion of the contract applies"),
    "not_in_force": lambda: _("the contract was not in force"),
    "other_accident": lambda: _("the damage is not from this accident"),
    "untrue": lambda: _("what was stated is not true"),
}


@dataclass(frozen=True)
class Refused(Fact, name="claims.refused"):
    """A person of the insurer refused its claim; the written reasons are kept with the claim."""

    claim_id: str
    insurer: str
    ground: str


def refuse(actor: Actor, claim_id: UUID, *, ground: str, reasons: str) -> ClaimRefusal:
    """Refuse one's own company's claim after the calculation, before anything is ordered; the same again
    changes nothing. It may be approved later all the same.

    Raises Invalid at `ground` or `reasons` (20 to 1000 characters), NotAllowed for a machine, WrongState.
    """
    known = filings.own_claim(actor, claim_id)
    words = _checked(ground, reasons)
    with act(actor, "claims.refuse", known.case_id) as step:
        claim = find_sure(Claim, pk=claim_id)
        step.insist(actor.kind == "staff", _("Only a person may refuse, and says why."), code="person_needed")
        before = find_one(ClaimRefusal, "-at", claim_id=claim_id)
        if claim.status == Claim.Status.REFUSED and before is not None:
            step.already()
            return before
        step.insist(
            claim.status == Claim.Status.CALCULATED,
            _("A claim is refused after the calculation and before it is approved."),
            otherwise=WrongState,
            code="not_now",
        )
        row = ClaimRefusal(
            case_id=claim.case_id, claim=claim, ground=ground, reasons=words, by=actor.id, at=clock.now()
        )
        row.save()
        move(claim, Claim.Status.REFUSED)
        claim.save()
        step.record(Refused(claim_id=str(claim.pk), insurer=claim.insurer, ground=ground))
    return row


def _checked(ground: str, reasons: str) -> str:
    wrong: dict[str, str] = {}
    words = reasons.strip()
    if ground not in GROUNDS:
        wrong["ground"] = _("Choose one of the grounds.")
    if not LEAST <= len(words) <= MOST or "\0" in words:
        wrong["reasons"] = _("Write in 20 to 1000 characters why, so that the party can answer it.")
    if wrong:
        raise Invalid(_("Please correct the marked fields."), fields=dict(wrong))
    return words


def refusals(case_id: UUID) -> list[ClaimRefusal]:
    """The refusals that stand in a case, oldest first."""
    rows = find(ClaimRefusal, "at", related="claim", case_id=case_id)
    return [row for row in rows if row.claim.status == Claim.Status.REFUSED]


def next_instances() -> list[tuple[str, str]]:
    """Where a party may go against a refusal: who, and how to reach them."""
    return [
        (_("The insurer's own complaint desk"), _("answers in writing within 10 working days")),
        (_("Financial supervision hotline"), "12378"),
        (_("Mediation of insurance disputes, free of charge"), _("through the local insurance association")),
        (_("People's court"), _("within three years; the certificate and this refusal are evidence")),
    ]
