"""Holding money back: nothing more is approved, ordered or paid on a held claim until a person says so."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.desks.claims.filings import own_claim
from kuaichu.desks.claims.models import Claim
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.prepared import find
from kuaichu.kernel.refusals import Invalid

MOST = 300


@dataclass(frozen=True)
class Held(Fact, name="claims.held"):
    """The open claims of a case were held, and why (`injury`)."""

    claims: dict[str, str]
    why: str


@dataclass(frozen=True)
class Released(Fact, name="claims.released"):
    """An insurer let its held claim go on, for a written reason."""

    claim_id: str
    insurer: str


def hold(actor: Actor, case_id: UUID, why: str) -> None:
    """Hold every claim of the case that is not paid yet; what is held already stays so."""
    with act(actor, "claims.hold", case_id) as step:
        fresh = [c for c in find(Claim, case_id=case_id) if not c.held_for and c.status != Claim.Status.PAID]
        if not fresh:
            step.already()
            return
        now = clock.now()
        for claim in fresh:
            claim.held_for, claim.held_at = why, now
            claim.save()
        step.record(Held(claims={c.insurer: str(c.pk) for c in fresh}, why=why))


def release(actor: Actor, claim_id: UUID, reason: str) -> Claim:
    """Let one's own company's claim go on: only a person may, and says why (kept with the claim).

    Raises Invalid at field `reason`, NotFound for another company's claim.
    """
    known, words = own_claim(actor, claim_id), reason.strip()
    if not 4 <= len(words) <= MOST:
        text = _("Write in 4 to 300 characters why the money may be paid now.")
        raise Invalid(text, fields={"reason": text})
    with act(actor, "claims.release", known.case_id) as step:
        claim = Claim.objects.get(pk=claim_id)
        if not claim.held_for:
            step.already()
            return claim
        claim.held_for, claim.held_at, claim.release_reason = "", None, words
        claim.save()
        step.record(Released(claim_id=str(claim.pk), insurer=claim.insurer))
    return claim
