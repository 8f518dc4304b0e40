"""Liability was decided anew: what was ordered stops, what was too much is to come back, the rest is due.

Nothing is taken back by the machine: a recovery is an open demand of the insurer that paid, shown to it and
booked in its ledger.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from kuaichu.desks.claims import holds
from kuaichu.desks.claims.calculations import newest_calculation
from kuaichu.desks.claims.ledger import postings
from kuaichu.desks.claims.ledger.accounts import Account
from kuaichu.desks.claims.ledger.postings import Transfer
from kuaichu.desks.claims.models import Claim, Payout, Recovery
from kuaichu.desks.claims.positions import Pair, net_paid
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move

ANEW, REVOKED = "anew", "revoked"
OPEN = (Payout.Status.ORDERED, Payout.Status.REJECTED)


@dataclass(frozen=True)
class Readjusted(Fact, name="claims.readjusted"):
    """The money follows a new decision: by insurer what is to come back and what is due besides, in fen."""

    why: str
    recover: dict[str, int]
    due: dict[str, int]
    stopped: tuple[str, ...]
    posting: str = ""


@dataclass(frozen=True, slots=True)
class Covered:
    """Fen by insurer and recipient: paid, and ordered by the newest calculation but not paid yet."""

    paid: Mapping[Pair, int]
    ordered: Mapping[Pair, int]

    def of(self, pair: Pair) -> int:
        """Both together."""
        return self.paid.get(pair, 0) + self.ordered.get(pair, 0)


def readjust(actor: Actor, case_id: UUID, *, why: str = ANEW) -> dict[Pair, int]:
    """Let the money follow the newest calculation, or nothing at all when the decision was `revoked`.

    Ordered payouts of older calculations stop; what a recipient got too much becomes an open recovery; claims
    that owe more wait for approval again; a hold for this reason ends. Once for each state of things. Answers
    the surplus by insurer and recipient in fen.
    """
    with act(actor, "claims.readjust", case_id) as step:
        newest = newest_calculation(case_id) if why == ANEW else None
        due = _due(newest.lines if newest else [])
        stopped = _stop(case_id, newest.pk if newest else None)
        paid = net_paid(case_id)
        surplus = {pair: fen - due.get(pair, 0) for pair, fen in paid.items() if fen > due.get(pair, 0)}
        opened = _open(case_id, actor.city, surplus, why)
        moved = _move_claims(case_id, due, _sums(case_id, paid, newest.pk if newest else None), why)
        if not (stopped or opened or moved):
            step.already()
            return surplus
        more = {pair: fen - paid.get(pair, 0) for pair, fen in due.items() if fen > paid.get(pair, 0)}
        fact = Readjusted(
            why=why, recover=_by_insurer(surplus), due=_by_insurer(more), stopped=tuple(stopped)
        )
        postings.record(step, lambda digest: replace(fact, posting=digest), opened)
    return surplus


def _due(lines: list[dict[str, object]]) -> dict[Pair, int]:
    sums: dict[Pair, int] = defaultdict(int)
    for line in lines:
        if line["payer"] == "insurer":
            sums[str(line["insurer"]), str(line["to"])] += int(str(line["fen"]))
    return dict(sums)


def _sums(case_id: UUID, paid: Mapping[Pair, int], newest: UUID | None) -> Covered:
    """What is paid, and what is ordered by the newest calculation."""
    ordered: dict[Pair, int] = defaultdict(int)
    rows = Payout.objects.filter(case_id=case_id, status__in=OPEN).exclude(kind=Payout.Kind.ADVANCE)
    for row in rows.filter(calculation_id=newest) if newest else ():
        ordered[row.insurer, row.to_label] += row.fen
    return Covered(paid, ordered)


def _stop(case_id: UUID, newest: UUID | None) -> list[str]:
    """Payouts of older calculations that have not left; one under way is counted when the bank says so."""
    rows = Payout.objects.filter(case_id=case_id, status__in=OPEN)
    rows = rows.exclude(calculation_id=newest) if newest else rows
    for row in rows:
        move(row, Payout.Status.STOPPED)
        row.save()
    return [str(row.pk) for row in rows]


def _open(case_id: UUID, city: str, surplus: Mapping[Pair, int], why: str) -> list[Transfer]:
    """One open recovery for each surplus, of its present amount; what that books."""
    rows = Recovery.objects.filter(case_id=case_id, status=Recovery.Status.OPEN, why__in=(ANEW, REVOKED))
    known = {(r.insurer, r.from_label): r for r in rows}
    made: list[Transfer] = []
    for pair, fen in surplus.items():
        row = known.pop(pair, None) or Recovery(
            case_id=case_id, city=city, insurer=pair[0], from_label=pair[1], why=why, fen=0, at=clock.now()
        )
        made += _change(row, fen)
        row.fen = fen
        row.save()
    for row in known.values():
        made += _change(row, 0)
        move(row, Recovery.Status.DROPPED)
        row.save()
    return made


def _change(row: Recovery, fen: int) -> list[Transfer]:
    """What is booked when the demand becomes `fen`."""
    more, side = fen - row.fen, f"party:{row.from_label}"
    if not more:
        return []
    grown = Transfer(row.insurer, Account.RECOVERABLE, Account.CLAIMS, abs(more), side)
    return [grown if more > 0 else grown.reversed()]


def _move_claims(case_id: UUID, due: Mapping[Pair, int], covered: Covered, why: str) -> bool:
    changed = False
    for claim in Claim.objects.filter(case_id=case_id):
        before = (claim.status, claim.held_for)
        owes = any(fen > covered.of(pair) for pair, fen in due.items() if pair[0] == claim.insurer)
        under_way = any(insurer == claim.insurer for insurer, _label in covered.ordered)
        if claim.status in (Claim.Status.APPROVED, Claim.Status.PAID) and owes:
            move(claim, Claim.Status.CALCULATED)
        elif claim.status == Claim.Status.APPROVED and not under_way:
            move(claim, Claim.Status.PAID)
        if why == ANEW and claim.held_for == ANEW:
            claim.held_for, claim.held_at = holds.remaining(claim)
        if (claim.status, claim.held_for) != before:
            claim.save()
            changed = True
    return changed


def _by_insurer(sums: Mapping[Pair, int]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for (insurer, _label), fen in sums.items():
        found[insurer] += fen
    return dict(found)
