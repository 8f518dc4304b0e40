"""Payouts: ordered once, called with our key, recorded once, booked in double entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from kuaichu.desks.claims.models import Calculation, Claim, LedgerEntry, Payout
from kuaichu.desks.claims.ports import PaymentState, PayoutRail
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.city import city
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.models import Entry
from kuaichu.kernel.moves import move
from kuaichu.kernel.ports import adapter
from kuaichu.kernel.prepared import find, find_one, find_sure, insert
from kuaichu.kernel.refusals import Upstream


@dataclass(frozen=True)
class Ordered(Fact, name="claims.payouts_ordered"):
    """An insurer's payouts were ordered."""

    claim_id: str
    insurer: str
    payouts: dict[str, int]


@dataclass(frozen=True)
class Paid(Fact, name="claims.paid"):
    """A payout reached its recipient."""

    payout_id: str
    claim_id: str
    insurer: str
    to: str
    fen: int


@dataclass(frozen=True)
class Rejected(Fact, name="claims.payout_rejected"):
    """The bank refused a payout; somebody must correct the account."""

    payout_id: str
    to: str


def order(actor: Actor, case_id: UUID, claim_id: UUID, *, calculation_id: UUID | None = None) -> list[Payout]:
    """Order what this claim's insurer pays by the calculation it approved (or the newest), once."""
    with act(actor, "claims.order_payouts", case_id) as step:
        claim = find_sure(Claim, pk=claim_id)
        calculation = (
            find_one(Calculation, pk=calculation_id, case_id=case_id)
            if calculation_id
            else find_one(Calculation, "-version", case_id=case_id)
        )
        here = calculation.pk if calculation else None
        existing = [one for one in find(Payout, claim_id=claim.pk) if one.calculation_id == here]
        if calculation is None or existing or claim.held_for or claim.status != Claim.Status.APPROVED:
            step.already()
            return existing
        rows = [
            Payout(
                case_id=case_id,
                claim=claim,
                calculation=calculation,
                city=actor.city,
                insurer=claim.insurer,
                to_label=label,
                fen=sum(line["fen"] for line in lines),
                lines=lines,
                ordered_at=clock.now(),
            )
            for label, lines in _owed(calculation, claim).items()
        ]
        if rows:
            insert(*rows)
        else:
            move(claim, Claim.Status.PAID)
            claim.save()
        step.record(
            Ordered(claim_id=str(claim.pk), insurer=claim.insurer, payouts={str(r.pk): r.fen for r in rows})
        )
    return rows


@dataclass(frozen=True)
class Reordered(Fact, name="claims.payout_reordered"):
    """A rejected payout was ordered again, to another account and under a new key."""

    payout_id: str


def reorder(actor: Actor, payout_id: UUID, *, named_at: datetime | None = None) -> Payout:
    """Order a rejected payout again; once until it is rejected again.

    An account that was named (`named_at`) before the rejection is the one the bank has rejected.
    """
    known = Payout.objects.get(pk=payout_id)
    with act(actor, "claims.reorder_payout", known.case_id) as step:
        payout = Payout.objects.get(pk=payout_id)
        stale = named_at is not None and named_at <= _rejected_at(payout)
        if payout.status != Payout.Status.REJECTED or stale:
            step.already()
            return payout
        move(payout, Payout.Status.ORDERED)
        payout.attempt += 1
        payout.save()
        step.record(Reordered(payout_id=str(payout.pk)))
    return payout


def _rejected_at(payout: Payout) -> datetime:
    """When the bank last rejected this payout; the beginning of time when it never did."""
    entries = Entry.objects.filter(stream=payout.case_id, kind=Rejected.name).order_by("-seq")
    own = (e.at for e in entries if (e.payload or {}).get("payout_id") == str(payout.pk))
    return next(own, datetime.min.replace(tzinfo=UTC))


def _owed(calculation: Calculation, claim: Claim) -> dict[str, list[dict[str, Any]]]:
    """What is still owed to each recipient: where liability was decided anew, less what it has got."""
    found = _by_recipient(calculation, claim.insurer)
    for row in Payout.objects.filter(claim=claim, status=Payout.Status.PAID):
        lines = found.pop(row.to_label, [])
        rest = sum(line["fen"] for line in lines) - row.fen
        if rest > 0:
            found[row.to_label] = [{**lines[0], "fen": rest, "rule": "anew"}]
    return found


def _by_recipient(calculation: Calculation, insurer: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for line in calculation.lines:
        if line["payer"] == "insurer" and line["insurer"] == insurer:
            found.setdefault(line["to"], []).append(line)
    return dict(sorted(found.items()))


def call(payout: Payout, payee: dict[str, Any], reference: str) -> PaymentState | None:
    """Ask the rail to pay, with our key; None when it is stopped or its claim is held and the rail was not
    asked before.

    No transaction may be open. Raises Upstream.
    """
    rail: PayoutRail = adapter("payout", city(payout.city).connector("payout"))
    key = _key(payout)
    known = rail.look(key)
    if known is not None:  # also while it settles: a key is never told twice what may differ
        return known
    if payout.status == Payout.Status.STOPPED or find_one(Claim, pk=payout.claim_id, held_for="") is None:
        return None
    return rail.pay(key, payout.fen, payee, payout.insurer, reference)


def _key(payout: Payout) -> str:
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
        if state.key != _key(payout):
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
        payout.save()
        _book(payout)
        _finish_claim(payout.claim)
        step.record(
            Paid(
                payout_id=str(payout.pk),
                claim_id=str(payout.claim_id),
                insurer=payout.insurer,
                to=payout.to_label,
                fen=payout.fen,
            )
        )
    return payout


def _book(payout: Payout) -> None:
    now = clock.now()
    rows = [
        LedgerEntry(
            payout=payout,
            city=payout.city,
            account=f"insurer:{payout.insurer}:{line['cover']}",
            fen=-line["fen"],
            cover=line["cover"],
            at=now,
        )
        for line in payout.lines
    ]
    recipient = f"case:{payout.case_id}:{payout.to_label}"
    rows.append(LedgerEntry(payout=payout, city=payout.city, account=recipient, fen=payout.fen, at=now))
    LedgerEntry.objects.bulk_create(rows)


def _finish_claim(claim: Claim) -> None:
    done = (Payout.Status.PAID, Payout.Status.STOPPED)
    left = any(one.status not in done for one in find(Payout, claim_id=claim.pk))
    if claim.status == Claim.Status.APPROVED and not left:
        move(claim, Claim.Status.PAID)
        claim.save()


def all_paid(case_id: UUID) -> bool:
    """Whether every claim of the case has ended in payment (or owes nothing)."""
    claims = find(Claim, case_id=case_id)
    return bool(claims) and all(claim.status == Claim.Status.PAID for claim in claims)
