"""Holding money back: nothing more is approved, ordered or paid on a held claim until a person says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from kuaichu.cases import files
from kuaichu.cases.watch.marks import watched
from kuaichu.desks.claims.filings import own_claim
from kuaichu.desks.claims.models import Claim
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.prepared import find, find_sure
from kuaichu.kernel.refusals import Invalid, WrongState

MOST = 300
RISK: Final = "risk"
REASONS: Final[dict[str, Promise]] = {
    "injury": _lazy("An injury was reported."),
    "anew": _lazy("Liability is being decided anew: the money follows that decision by itself."),
    "revoked": _lazy("The paper was revoked: the money follows the new decision by itself."),
    RISK: _lazy("The police look at this accident: the money goes on by itself when they have, or in time."),
}
"""Why a claim is held. An insurer's people end a hold for an injury; all others end by what they wait for."""


@dataclass(frozen=True)
class Held(Fact, name="claims.held"):
    """The open claims of a case were held, and why (one of REASONS)."""

    claims: dict[str, str]
    why: str


@dataclass(frozen=True)
class Released(Fact, name="claims.released"):
    """A held claim goes on: an insurer's people gave a written reason, or nobody looks at it any more."""

    claim_id: str
    insurer: str


def hold(actor: Actor, case_id: UUID, why: str) -> None:
    """Hold every claim of the case that is not paid yet; what is held already stays so.

    While somebody looks at the case, another reason takes the place of that one: what ends it first asks
    whether they still look.
    """
    if why not in REASONS:
        raise ValueError(f"no reason to hold a claim: {why}")
    with act(actor, "claims.hold", case_id) as step:
        open_claims = [c for c in find(Claim, case_id=case_id) if c.status != Claim.Status.PAID]
        fresh = [c for c in open_claims if not c.held_for or (c.held_for == RISK and why != RISK)]
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

    Raises Invalid at field `reason`, WrongState while liability is decided anew, NotFound for another's.
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
        looked_at = watched(files.case(claim.case_id))
        why = RISK if looked_at and claim.held_for == "injury" else claim.held_for
        step.insist(
            why == "injury",
            REASONS[why],
            otherwise=WrongState,
            code="looked_at" if why == RISK else "decided_anew",
        )
        claim.held_for, claim.held_at, claim.release_reason = "", None, words
        claim.save()
        step.record(Released(claim_id=str(claim.pk), insurer=claim.insurer))
    return claim


def remaining(claim: Claim) -> tuple[str, datetime | None]:
    """What holds a claim, and since when, when its other reason has ended: somebody looks, or nothing."""
    return (RISK, clock.now()) if watched(files.case(claim.case_id)) else ("", None)


def let_go(actor: Actor, claim_id: UUID) -> None:
    """Nobody looks at the case any more: a claim held for that goes on (the system's own act)."""
    known = find_sure(Claim, pk=claim_id)
    with act(actor, "claims.let_go", known.case_id) as step:
        claim = find_sure(Claim, pk=claim_id)
        if claim.held_for != RISK or watched(files.case(claim.case_id)):
            step.already()
            return
        claim.held_for, claim.held_at = "", None
        claim.save()
        step.record(Released(claim_id=str(claim.pk), insurer=claim.insurer))
