"""An insurer's feed of what happened to its claims, read from the journal: at least once, without gaps.

A cursor is the id of a journal entry (UUIDv7, ordered by time). Transactions may end in another order than
their entries' ids, so the cursor handed out never passes `SETTLED`: younger events are told at once and told
again until they are older than that. A receiver forgets what it has seen by the event's id.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from kuaichu.desks.claims.models import Claim, Payout
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.models import Entry

SETTLED = timedelta(seconds=10)
"""No transaction of this house stays open for so long: its outside calls stand alone."""
START = UUID(int=0)
_HEADS = {"claims": "claim", "documents": "paper", "cases": "case"}
_OWN = frozenset(
    {
        "claims.acknowledged", "claims.approved", "claims.payouts_ordered", "claims.paid", "claims.delayed",
        "claims.released",
    }
)  # fmt: skip
_SHARED = frozenset(
    {
        "claims.registered", "claims.assessed", "claims.calculated", "claims.payout_rejected",
        "documents.issued", "documents.revoked", "documents.superseded", "cases.payee_named", "cases.closed",
        "cases.injury_reported", "claims.held",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClaimEvent:
    """One event about one claim; `data` holds ids and amounts only."""

    id: UUID
    type: str
    at: datetime
    claim_id: UUID
    case_number: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """Events after a cursor, the cursor to go on from, and whether more is there already."""

    events: list[ClaimEvent]
    cursor: UUID
    more: bool


def claim_events(viewer: Actor, after: UUID, limit: int = 100) -> Page:
    """The next events of the viewer's claims, oldest first."""
    claims = Claim.objects.filter(city=viewer.city, insurer=viewer.insurer)
    scanned = list(
        Entry.objects.filter(
            city=viewer.city,
            kind__in=_OWN | _SHARED,
            id__gt=after,
            case_id__in=claims.values("case_id"),
            payload__isnull=False,
        ).order_by("id")[: limit + 1]
    )
    more, scanned = len(scanned) > limit, scanned[:limit]
    by_case = {
        c.case_id: c for c in claims.filter(case_id__in={e.case_id for e in scanned}).select_related("case")
    }
    payouts = _payouts(viewer, scanned)
    events = [
        _event(entry, by_case[entry.case_id])
        for entry in scanned
        if entry.case_id is not None and _concerns(entry, by_case[entry.case_id], payouts)
    ]
    return Page(events, _cursor(after, scanned), more)


def _told(entry: Entry) -> dict[str, Any]:
    """The fact's values; none where they were lawfully erased."""
    return dict(entry.payload or {})


def _payouts(viewer: Actor, entries: list[Entry]) -> set[str]:
    """Of the payouts these entries name, those of the viewer's company."""
    named = [_told(e)["payout_id"] for e in entries if "payout_id" in _told(e)]
    own = Payout.objects.filter(pk__in=named, insurer=viewer.insurer) if named else Payout.objects.none()
    return {str(pk) for pk in own.values_list("pk", flat=True)}


def _concerns(entry: Entry, claim: Claim, payouts: set[str]) -> bool:
    """Whether the company is told: its own steps, and what changes its claim since it has one."""
    if entry.kind in _OWN:
        return bool(_told(entry).get("insurer") == claim.insurer)
    if entry.kind in ("claims.registered", "claims.held"):
        return claim.insurer in _told(entry).get("claims", {})
    if entry.kind == "claims.payout_rejected":
        return _told(entry).get("payout_id") in payouts
    return entry.at >= claim.registered_at


def _event(entry: Entry, claim: Claim) -> ClaimEvent:
    head, _, tail = entry.kind.partition(".")
    kind = f"{_HEADS[head]}.{tail}"
    return ClaimEvent(entry.id, kind, entry.at, claim.pk, claim.case.number, _data(entry, claim))


def _data(entry: Entry, claim: Claim) -> dict[str, Any]:
    """The fact's values, of other companies' figures only what concerns the claim."""
    fact = _told(entry)
    told = {k: v for k, v in fact.items() if k not in ("claims", "by_insurer", "to_approve", "payouts")}
    if entry.kind == "claims.calculated" and fact:
        told["payable_fen"] = fact["by_insurer"].get(claim.insurer, 0)
        told["approval_needed"] = claim.insurer in fact["to_approve"]
    return told


def _cursor(after: UUID, scanned: list[Entry]) -> UUID:
    """The last entry old enough that nothing older can still appear, else the cursor that was given."""
    horizon = int((time.time() - SETTLED.total_seconds()) * 1000)
    settled = [entry.id for entry in scanned if entry.id.int >> 80 <= horizon]
    return settled[-1] if settled else after
