"""An insurer's feed of what happened to its claims, read from the journal: at least once, without gaps.

Every event has a number in the feed of its receiver (`desks/notify/numbering.py`), given when it can be seen
first. A cursor is the last number read; transactions may end in another order than their entries' ids, and
who comes late gets a later number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from kuaichu.desks.claims.models import Claim, Payout
from kuaichu.desks.notify import numbering
from kuaichu.desks.notify.models import Numbered
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.models import Entry

LONGEST = timedelta(seconds=60)
"""No transaction of this house stays open for so long: older entries need not be looked at again."""
AT_ONCE = 500
START = UUID(int=0)
_HEADS = {"claims": "claim", "documents": "paper", "cases": "case"}
_OWN = frozenset(
    {
        "claims.acknowledged", "claims.approved", "claims.payouts_ordered", "claims.paid", "claims.delayed",
        "claims.released", "claims.refused", "claims.stepped_in", "claims.estimate_answered",
        "claims.recovered", "claims.written_off",
    }
)  # fmt: skip
_SHARED = frozenset(
    {
        "claims.registered", "claims.assessed", "claims.calculated", "claims.payout_rejected",
        "documents.issued", "documents.revoked", "documents.superseded", "cases.payee_named", "cases.closed",
        "cases.injury_reported", "claims.held", "claims.estimate_drafted",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClaimEvent:
    """One event about one claim; `data` holds ids and amounts only."""

    sequence: int
    id: UUID
    type: str
    at: datetime
    claim_id: UUID
    case_number: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """Events after a number, the last number among them, the newest of all, and whether more is there."""

    events: list[ClaimEvent]
    last: int
    newest: int
    more: bool


def claim_events(viewer: Actor, after: int, limit: int = 100) -> Page:
    """The next events of the viewer's claims, in the order of their numbers."""
    _number_new(viewer)
    found = numbering.numbered(viewer.city, viewer.insurer, after, limit + 1)
    more, found = len(found) > limit, found[:limit]
    entries = Entry.objects.in_bulk([entry_id for _sequence, entry_id in found])
    claims = _claims_of(viewer, [entries[entry_id].case_id for _sequence, entry_id in found])
    events = [_event(sequence, entries[entry], claims) for sequence, entry in found]
    newest = numbering.newest(viewer.city, viewer.insurer)[0]
    return Page(events, found[-1][0] if found else after, newest, more)


def sequence_of(viewer: Actor, entry_id: UUID) -> int | None:
    """The number of this journal entry in the viewer's feed; None where it is no event of the feed."""
    known = numbering.number_of(viewer.city, viewer.insurer, entry_id)
    if known is None:
        _number_new(viewer)
        known = numbering.number_of(viewer.city, viewer.insurer, entry_id)
    return known


def type_of(kind: str) -> str:
    """The event type that a fact of this name has in the feed."""
    head, _, tail = kind.partition(".")
    return f"{_HEADS.get(head, head)}.{tail}"


def _number_new(viewer: Actor) -> None:
    """Number what has become visible since."""
    youngest = numbering.newest(viewer.city, viewer.insurer)[1]
    after = _before(youngest) if youngest else START
    while True:
        scanned = list(_unnumbered(viewer, after).order_by("id")[:AT_ONCE])
        claims = _claims_of(viewer, [entry.case_id for entry in scanned])
        payouts = _payouts(viewer, scanned)
        fresh = [e.id for e in scanned if e.case_id and _concerns(e, claims[e.case_id], payouts)]
        if fresh:
            numbering.number(viewer.city, viewer.insurer, fresh)
        if len(scanned) < AT_ONCE:
            return
        after = scanned[-1].id


def _unnumbered(viewer: Actor, after: UUID) -> QuerySet[Entry]:
    claims = Claim.objects.filter(city=viewer.city, insurer=viewer.insurer)
    known = Numbered.objects.filter(city=viewer.city, receiver=viewer.insurer, entry_id=OuterRef("id"))
    return Entry.objects.filter(
        ~Exists(known),
        city=viewer.city,
        kind__in=_OWN | _SHARED,
        id__gt=after,
        case_id__in=claims.values("case_id"),
        payload__isnull=False,
    )


def _before(entry_id: UUID) -> UUID:
    """An id so much older that no transaction open then is still open (ids are UUIDv7: 48 bits of time)."""
    milliseconds = (entry_id.int >> 80) - int(LONGEST.total_seconds() * 1000)
    return UUID(int=max(0, milliseconds) << 80)


def _claims_of(viewer: Actor, cases: Iterable[UUID | None]) -> dict[UUID, Claim]:
    rows = Claim.objects.filter(city=viewer.city, insurer=viewer.insurer, case_id__in=set(cases))
    return {claim.case_id: claim for claim in rows.select_related("case")}


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


def _event(sequence: int, entry: Entry, claims: dict[UUID, Claim]) -> ClaimEvent:
    assert entry.case_id is not None
    claim = claims[entry.case_id]
    kind, data = type_of(entry.kind), _data(entry, claim)
    return ClaimEvent(sequence, entry.id, kind, entry.at, claim.pk, claim.case.number, data)


def _data(entry: Entry, claim: Claim) -> dict[str, Any]:
    """The fact's values, of other companies' figures only what concerns the claim."""
    fact = _told(entry)
    told = {k: v for k, v in fact.items() if k not in ("claims", "by_insurer", "to_approve", "payouts")}
    if entry.kind == "claims.calculated" and fact:
        told["payable_fen"] = fact["by_insurer"].get(claim.insurer, 0)
        told["approval_needed"] = claim.insurer in fact["to_approve"]
    return told
