"""Opening a case, joining one, and 110's calls: the doors that need no part of an accident yet."""

from __future__ import annotations

from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Status
from ninja.params.functions import Header

from kuaichu.cases import intake, phones
from kuaichu.cases.models import Case
from kuaichu.kernel.prepared import find_one
from kuaichu.people.roles import visitor
from kuaichu.portals.api.guards import CallsToken, joiner_token, token_for
from kuaichu.portals.api.parties.schemas import Call, Called, Join, Joined, NewCase, OpenedCase
from kuaichu.portals.api.repeated import repeatable
from kuaichu.portals.reports import case_id_of, count_report

DEVICE = "a random token the app keeps, so that devices behind one address are told apart"
router = Router(tags=["Report"])


@router.post("/cases", response={201: OpenedCase}, url_name="cases", summary="Report an accident")
def open_case(
    request: HttpRequest, told: NewCase, x_device: Annotated[str, Header(description=DEVICE)] = ""
) -> Any:
    """Open a case. The `client_id` (or an `Idempotency-Key`) is this app's secret: sent again, it finds the
    same case. Once the phone is proven, the token answered then opens only the proof of the phone.

    New reports are counted by device and address; too many in an hour are refused with 429 and `Retry-After`.
    """
    seed = str(told.client_id or request.headers.get("Idempotency-Key", ""))
    case_id = case_id_of(seed) if seed else None
    if case_id is None or find_one(Case, pk=case_id) is None:
        count_report(request, x_device[:64])
    case, party = intake.open_case(
        visitor(settings.DEFAULT_CITY), source=told.source, client_id=case_id, tapped_at=told.tapped_at
    )
    token = joiner_token(party) if party.phone_proven_at else token_for(party)
    opened = {"case_id": case.pk, "number": case.number, "party_id": party.pk, "token": token}
    return Status(201, opened)


@router.post("/joins", response={201: Joined}, url_name="joins", summary="Follow an invitation")
def join(request: HttpRequest, told: Join) -> Any:  # noqa: ARG001 - the framework passes it by this name
    """Follow a link or code. The token answered opens only the proof of the phone, nothing of the case."""
    party = phones.follow_link(told.token)
    joined = {
        "case_id": party.case_id,
        "party_id": party.pk,
        "label": party.label,
        "number": party.case.number,
        "token": joiner_token(party),
    }
    return Status(201, joined)


@router.post(
    "/calls",
    response={201: Called},
    auth=CallsToken(),
    url_name="calls",
    tags=["110 call centre"],
    summary="Report a call to 110",
)
@repeatable
def report_call(request: HttpRequest, told: Call) -> Any:
    """Open a case for a caller, who gets the link by message. Scope `calls`."""
    actor = request.auth  # type: ignore[attr-defined]
    case, _party = intake.open_case(actor, source="call", phone=told.phone, place=told.place)
    return Status(201, {"case_id": case.pk, "number": case.number})
