"""Payouts are ordered once: what a claim owes its recipients by the calculation that was approved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from kuaichu.desks.claims.models import Calculation, Claim, Payout
from kuaichu.desks.claims.payouts import Rejected, finish
from kuaichu.desks.claims.positions import net_paid
from kuaichu.desks.claims.recourse import liens
from kuaichu.desks.claims.rules import rules
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.models import Entry
from kuaichu.kernel.moves import move
from kuaichu.kernel.prepared import find, find_one, find_sure, insert

Lines = list[dict[str, Any]]


@dataclass(frozen=True)
class Ordered(Fact, name="claims.payouts_ordered"):
    """An insurer's payouts were ordered."""

    claim_id: str
    insurer: str
    payouts: dict[str, int]


@dataclass(frozen=True)
class Reordered(Fact, name="claims.payout_reordered"):
    """A rejected payout was ordered again, to another account and under a new key."""

    payout_id: str


def order(
    actor: Actor,
    case_id: UUID,
    claim_id: UUID,
    *,
    calculation_id: UUID | None = None,
    homes: Mapping[str, str] | None = None,
) -> list[Payout]:
    """Order what this claim's insurer pays by the calculation it approved (or the newest), once.

    `homes`: the insurer of each recipient's own vehicle, which pays it where the city clears between
    insurers.
    """
    with act(actor, "claims.order_payouts", case_id) as step:
        claim = find_sure(Claim, pk=claim_id)
        calculation = _calculation(case_id, calculation_id)
        if calculation is None or claim.held_for or claim.status != Claim.Status.APPROVED:
            step.already()
            return _existing(claim, calculation)
        known = _existing(claim, calculation)
        labels = {one.to_label for one in known if one.kind != Payout.Kind.ADVANCE}
        owed = {label: lines for label, lines in _owed(calculation, claim).items() if label not in labels}
        rows = [_payout(claim, calculation, one, homes or {}) for one in liens.divided(case_id, owed)]
        if rows:
            insert(*rows)
        elif not finish(claim):
            step.already()
            return known
        step.record(
            Ordered(claim_id=str(claim.pk), insurer=claim.insurer, payouts={str(r.pk): r.fen for r in rows})
        )
    return [*known, *rows]


def _calculation(case_id: UUID, calculation_id: UUID | None) -> Calculation | None:
    if calculation_id:
        return find_one(Calculation, pk=calculation_id, case_id=case_id)
    return find_one(Calculation, "-version", case_id=case_id)


def _existing(claim: Claim, calculation: Calculation | None) -> list[Payout]:
    here = calculation.pk if calculation else None
    return [one for one in find(Payout, claim_id=claim.pk) if one.calculation_id == here]


def _payout(claim: Claim, calculation: Calculation, share: liens.Share, homes: Mapping[str, str]) -> Payout:
    """One payout; the recipient's own insurer pays it where the city clears between insurers."""
    label, lien, lines = share
    home = homes.get(label, "") if rules(claim.city).own_insurer_pays and not lien else ""
    return Payout(
        case_id=claim.case_id,
        claim=claim,
        calculation=calculation,
        city=claim.city,
        insurer=claim.insurer,
        kind=Payout.Kind.LIEN if lien else Payout.Kind.CLAIM,
        for_lien=lien,
        paid_by=home if home != claim.insurer else "",
        to_label=label,
        fen=sum(line["fen"] for line in lines),
        lines=lines,
        ordered_at=clock.now(),
    )


def _owed(calculation: Calculation, claim: Claim) -> dict[str, Lines]:
    """What is still owed to each recipient: where liability was decided anew, less what it has got."""
    found = by_recipient(calculation, claim.insurer)
    for (insurer, label), fen in net_paid(claim.case_id).items():
        lines = found.pop(label, []) if insurer == claim.insurer and fen else []
        rest = sum(line["fen"] for line in lines) - fen
        if rest > 0:
            found[label] = [{**lines[0], "fen": rest, "rule": "anew"}]
    return found


def by_recipient(calculation: Calculation, insurer: str) -> dict[str, Lines]:
    """The lines this insurer pays, by the label of who gets them."""
    found: dict[str, Lines] = {}
    for line in calculation.lines:
        if line["payer"] == "insurer" and line["insurer"] == insurer:
            found.setdefault(line["to"], []).append(line)
    return dict(sorted(found.items()))


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
