"""Insurers' systems: their claims, the packet, and the three steps of a claim."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Router
from ninja.params.functions import Query

from kuaichu.desks.claims import calculations, delays, filings, holds
from kuaichu.desks.claims.filings import own_claim
from kuaichu.desks.claims.models import Claim
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.models import Entry
from kuaichu.portals.api.cursors import LONGEST, id_of, sealed
from kuaichu.portals.api.guards import ClaimsToken
from kuaichu.portals.api.insurers.notice import notices
from kuaichu.portals.api.insurers.schemas import (
    Acknowledgement,
    Approval,
    AssessedLoss,
    AssessedState,
    ClaimList,
    ClaimState,
    Delayed,
    Notice,
    PacketOut,
    Release,
)
from kuaichu.portals.api.moments import Moment
from kuaichu.portals.api.repeated import repeatable
from kuaichu.portals.api.tags import claim_tag, unchanged
from kuaichu.queries import looks
from kuaichu.queries.claim_money import calculation
from kuaichu.queries.losses import to_assess
from kuaichu.queries.packet import packet
from kuaichu.queries.worklist import own_claims

STATUSES = "registered, acknowledged, calculated, approved or paid"
CURSOR = "claims"
router = Router(tags=["Insurers"], auth=ClaimsToken())


def insurer_of(request: HttpRequest) -> Actor:
    """The insurer whose token was shown."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    return actor


@router.get("/claims", response=ClaimList, url_name="claims", summary="List one's claims")
def list_claims(
    request: HttpRequest,
    status: Annotated[str, Query(description=STATUSES, max_length=16)] = "",
    updated_since: Annotated[Moment | None, Query(description="only what changed since")] = None,
    after: Annotated[str, Query(description="the `next` of the page before", max_length=LONGEST)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    """The company's claims in the order of their registration; those added meanwhile come at the end."""
    rows = own_claims(insurer_of(request)).order_by("id")
    rows = rows.filter(status=status) if status else rows
    rows = rows.filter(id__gt=id_of(CURSOR, after)) if after else rows
    rows = rows.filter(case_id__in=_changed(updated_since)) if updated_since else rows
    found = list(rows[: limit + 1])
    shown = [_row(claim) for claim in found[:limit]]
    return {"claims": shown, "next": sealed(CURSOR, found[limit - 1].pk) if len(found) > limit else None}


def _changed(since: datetime) -> Any:
    return Entry.objects.filter(at__gte=since, case_id__isnull=False).values("case_id")


def _row(claim: Claim) -> dict[str, Any]:
    return {
        "claim_id": claim.pk,
        "case_id": claim.case_id,
        "case_number": claim.case.number,
        "status": claim.status,
        "report_number": claim.report_number,
        "registered_at": claim.registered_at,
        "due_at": claim.due_at,
    }


@router.get(
    "/claims/{uuid:claim_id}",
    response={200: PacketOut, 304: None},
    url_name="claim",
    summary="Read the packet",
)
def read_packet(request: HttpRequest, response: HttpResponse, claim_id: UUID) -> Any:
    """Everything needed to assess and pay. With `If-None-Match` an unchanged packet is answered by 304."""
    viewer = insurer_of(request)
    claim = own_claim(viewer, claim_id)
    tag = claim_tag(request, claim.pk, claim.case_id)
    if (answer := unchanged(request, tag)) is not None:
        return answer
    response["ETag"] = tag
    return packet(viewer, claim_id, lambda kind, key: address(request, claim_id, kind, key))


def address(request: HttpRequest, claim_id: UUID, kind: str, key: UUID) -> str:
    """Where a file of the packet is fetched."""
    return request.build_absolute_uri(reverse("api:claim-file", args=[claim_id, kind, key]))


@router.get(
    "/claims/{uuid:claim_id}/notice", response=Notice, url_name="claim-notice", summary="First notice of loss"
)
def notice(request: HttpRequest, claim_id: UUID) -> Any:
    """The claim in the field names insurers' claim systems take (orgCode, carMark, avoidRepeatData …)."""
    viewer = insurer_of(request)
    claim = own_claim(viewer, claim_id)
    looks.note(viewer, claim.case_id, "notice")
    return {"notices": notices(claim)}


@router.put(
    "/claims/{uuid:claim_id}/acknowledgement",
    response=ClaimState,
    url_name="claim-acknowledgement",
    summary="Accept the claim",
)
@repeatable
def acknowledge(request: HttpRequest, claim_id: UUID, told: Acknowledgement) -> Any:
    """Accept under one's own report number. The same number again: the same answer; another: 409."""
    viewer = insurer_of(request)
    return claim_state(viewer, filings.acknowledge(viewer, claim_id, told.report_number))


@router.put(
    "/claims/{uuid:claim_id}/assessments/{uuid:vehicle_id}",
    response=AssessedState,
    url_name="claim-assessment",
    summary="Assess a vehicle",
)
@repeatable
def assess(request: HttpRequest, claim_id: UUID, vehicle_id: UUID, told: AssessedLoss) -> Any:
    """Enter a loss, before or after the acknowledgement. The same figures again change nothing, others are
    a new version, until somebody's payout was approved on it (409 `already_approved`).
    """
    viewer = insurer_of(request)
    claim = own_claim(viewer, claim_id)
    loss = filings.Loss(
        lines=[filings.Line(**line.dict()) for line in told.lines],
        total_fen=told.total_fen,
        assessor=told.assessor,
        assessed_at=told.assessed_at,
        repair_fen=told.repair_fen,
        supplement=told.supplement,
    )
    may = {vehicle.pk for vehicle in to_assess(claim.case_id, viewer.insurer)}
    row = filings.assess(viewer, claim_id, vehicle_id, loss, may=may)
    kept = {name: getattr(row, name) for name in ("vehicle_id", "version", "total_fen", "remarks")}
    return {**claim_state(viewer, own_claim(viewer, claim_id)), **kept}


@router.post(
    "/claims/{uuid:claim_id}/approval",
    response=ClaimState,
    url_name="claim-approval",
    summary="Approve the payout",
)
@repeatable
def approve(request: HttpRequest, claim_id: UUID, told: Approval) -> Any:
    """Approve one's own payouts of the calculation that was read. 409 `not_calculated` before there is one,
    409 `newer_calculation` when it is no longer the one in force; approving again changes nothing.
    """
    viewer = insurer_of(request)
    return claim_state(viewer, calculations.approve(viewer, claim_id, told.calculation_id))


@router.put(
    "/claims/{uuid:claim_id}/delay", response=ClaimState, url_name="claim-delay", summary="Explain a delay"
)
@repeatable
def explain_delay(request: HttpRequest, claim_id: UUID, told: Delayed) -> Any:
    """It takes longer than promised: the reason and a new date go to all parties at once."""
    viewer = insurer_of(request)
    delays.explain(viewer, claim_id, reason=told.reason, until=told.until)
    return claim_state(viewer, own_claim(viewer, claim_id))


@router.post(
    "/claims/{uuid:claim_id}/release", response=ClaimState, url_name="claim-release", summary="Release a hold"
)
@repeatable
def release(request: HttpRequest, claim_id: UUID, told: Release) -> Any:
    """Let a claim go on that was held because an injury was reported; a person's reason is kept."""
    viewer = insurer_of(request)
    return claim_state(viewer, holds.release(viewer, claim_id, told.reason))


def claim_state(viewer: Actor, claim: Claim) -> dict[str, Any]:
    """How a claim stands and what the company has still to do."""
    found = calculation(claim)
    left = [] if claim.report_number else ["acknowledge"]
    assessed = filings.newest_assessments(claim.case_id)
    if any(v.pk not in assessed for v in to_assess(claim.case_id, viewer.insurer)):
        left.append("assess")
    if found is not None and found["approval_needed"]:
        left.append("approve")
    return {
        "claim_id": claim.pk,
        "status": claim.status,
        "report_number": claim.report_number,
        "next": left,
        "calculation_id": found["id"] if found else None,
    }
