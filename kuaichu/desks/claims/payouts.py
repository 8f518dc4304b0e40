"""Payouts: called with our key, recorded once, booked in double entry (`ordering` orders them)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from kuaichu.desks.claims.ledger import postings
from kuaichu.desks.claims.models import Claim, ClearingItem, Payout, Recovery
from kuaichu.desks.claims.ports import PaymentState, PayoutRail
from kuaichu.desks.claims.positions import ADVANCE, transfers_of
from kuaichu.desks.claims.rail import switches
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.city import city
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.ports import adapter
from kuaichu.kernel.prepared import find, find_one, find_sure
from kuaichu.kernel.refusals import Upstream


@dataclass(frozen=True)
class Paid(Fact, name="claims.paid"):
    """A payout reached its recipient."""

    payout_id: str
    claim_id: str
    insurer: str
    to: str
    fen: int
    posting: str = ""


@dataclass(frozen=True)
class Rejected(Fact, name="claims.payout_rejected"):
    """The bank refused a payout; somebody must correct the account."""

    payout_id: str
    to: str


def call(payout: Payout, payee: dict[str, Any], reference: str) -> PaymentState | None:
    """Ask the rail to pay, with our key; None when it is stopped, its claim is held or the payer's payouts
    are switched off, and the rail was not asked before.

    No transaction may be open. Raises Upstream.
    """
    rail: PayoutRail = adapter("payout", city(payout.city).connector("payout"))
    key = key_of(payout)
    known = rail.look(key)
    if known is not None:  # also while it settles: a key is never told twice what may differ
        return known
    if payout.status == Payout.Status.STOPPED or find_one(Claim, pk=payout.claim_id, held_for="") is None:
        return None
    if switches.stopped(payout.city, payout.payer):
        return None
    return rail.pay(key, payout.fen, payee, payout.payer, reference)


def key_of(payout: Payout) -> str:
    """Our key: one for each attempt, as a rejected payment's key cannot pay any more."""
    return f"{payout.pk}-{payout.attempt}"


def record(actor: Actor, payout_id: UUID, state: PaymentState) -> Payout:
    """Record what the rail did: paid (booked in the ledger) or rejected; once.

    An answer about an earlier attempt changes nothing. Raises Upstream for another amount than was ordered.
    """
    known = find_sure(Payout, related="claim", pk=payout_id)
    with act(actor, "claims.record_payout", known.case_id) as step:
        payout = find_sure(Payout, related="claim", pk=payout_id)
        under_way = payout.status == Payout.Status.STOPPED and state.status == "settled"
        ordered = payout.status == Payout.Status.ORDERED and state.status in ("settled", "rejected")
        if not (ordered or under_way):
            step.already()
            return payout
        if state.key != key_of(payout):
            step.already()
            return payout
        if state.amount_fen != payout.fen:
            raise Upstream("The payment system paid another amount.", retry=False, code="other_amount")
        if state.status == "rejected":
            move(payout, Payout.Status.REJECTED)
            payout.save()
            step.record(Rejected(payout_id=str(payout.pk), to=payout.to_label))
            return payout
        move(payout, Payout.Status.PAID)
        payout.receipt, payout.paid_at = state.receipt, clock.now()
        payout.settled_at = getattr(state, "settled_at", None) or payout.paid_at
        payout.save()
        finish(payout.claim)
        _follow_up(payout)
        fact = Paid(
            payout_id=str(payout.pk),
            claim_id=str(payout.claim_id),
            insurer=payout.insurer,
            to=payout.to_label,
            fen=payout.fen,
        )
        postings.record(step, lambda digest: replace(fact, posting=digest), transfers_of(payout))
    return payout


def finish(claim: Claim) -> bool:
    """Whether an approved claim has now ended, because none of its payouts is left to be paid."""
    done = (Payout.Status.PAID, Payout.Status.STOPPED)
    left = any(one.status not in done for one in find(Payout, claim_id=claim.pk))
    if claim.status != Claim.Status.APPROVED or left:
        return False
    move(claim, Claim.Status.PAID)
    claim.save()
    return True


def _follow_up(payout: Payout) -> None:
    """What stands open once it is paid: an advance is demanded back, another insurer's debt is cleared."""
    if payout.kind == Payout.Kind.ADVANCE:
        demand = find_one(
            Recovery, case_id=payout.case_id, insurer=payout.insurer, from_label=payout.debtor,
            why=ADVANCE, status=Recovery.Status.OPEN,
        ) or Recovery(
            case_id=payout.case_id, city=payout.city, insurer=payout.insurer, from_label=payout.debtor,
            why=ADVANCE, fen=0, at=clock.now(),
        )  # fmt: skip
        demand.fen += payout.fen
        demand.save()
    elif payout.payer != payout.insurer:
        ClearingItem(
            city=payout.city, case_id=payout.case_id, payout=payout, debtor=payout.insurer,
            creditor=payout.payer, fen=payout.fen, at=clock.now(),
        ).save()  # fmt: skip


def all_paid(case_id: UUID) -> bool:
    """Whether every claim of the case has ended: paid, owing nothing, or refused in writing by a person."""
    claims = find(Claim, case_id=case_id)
    return bool(claims) and all(claim.status in Claim.ENDED for claim in claims)
