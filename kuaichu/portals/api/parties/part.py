"""One's own part of an accident: telling, proving, photographing, inviting, confirming."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Router, Status
from ninja.params.functions import Header

from kuaichu.cases import capturing, evidence, intake, invitations, parties, phones, pictures, statements
from kuaichu.cases.models import Party
from kuaichu.kernel.prepared import Prepared
from kuaichu.kernel.refusals import Invalid, NotFound
from kuaichu.portals.api.guards import AnyPartyToken, Holder, PartyToken, token_for
from kuaichu.portals.api.moments import Moment
from kuaichu.portals.api.parties.schemas import (
    Code,
    Description,
    Done,
    Identity,
    Invitation,
    Invited,
    Kept,
    OwnView,
    Phone,
    Proven,
    Refused,
    Statement,
)
from kuaichu.portals.api.parties.view import own_view
from kuaichu.portals.api.repeated import once_by_key, repeatable
from kuaichu.queries.timeline import newest_seq

SHA = "SHA-256 of the body in hex: a damaged upload is refused"
DEVICE = "JSON: agent, app, via (words), width, height (pixels), original (SHA-256), original_size (bytes)"
QUALITY = "JSON: sharpness, light, glare, tilt, tries (numbers), auto (true, false), flag (word)"
router = Router(tags=["Own part"], auth=PartyToken())


def holder_of(request: HttpRequest, case_id: UUID) -> Holder:
    """Who shows the token of a part of this case; raises NotFound for another case."""
    holder: Holder = request.auth  # type: ignore[attr-defined]
    if holder.party.case_id != case_id:
        raise NotFound(_("There is no such case, or it is not yours."))
    return holder


def done(holder: Holder) -> dict[str, Any]:
    """How the part and the case stand now."""
    party, case = _STANDING.row(holder.party.pk) or ("", "")
    return {"party_id": holder.party.pk, "party_status": party, "case_status": case}


_STANDING = Prepared(lambda pk: Party.objects.filter(pk=pk).values_list("status", "case__status"), UUID)


@router.get(
    "/cases/{uuid:case_id}", response={200: OwnView, 304: None}, url_name="case", summary="See the case"
)
def see_case(request: HttpRequest, response: HttpResponse, case_id: UUID) -> Any:
    """The whole case as this party may see it: what is missing, what comes next, who acts, by when.

    With `If-None-Match` an unchanged case is answered by 304, so that looking again costs little.
    """
    party = holder_of(request, case_id).party
    tag = f'"{party.label}-{newest_seq(case_id)}-{get_language()}"'
    if request.headers.get("If-None-Match") == tag:
        unchanged = HttpResponse(status=304)
        unchanged["ETag"] = tag
        return unchanged
    response["ETag"] = tag
    return own_view(party)


@router.patch("/cases/{uuid:case_id}", response=Done, url_name="case", summary="Describe the accident")
@repeatable
def describe(request: HttpRequest, case_id: UUID, told: Description) -> Any:
    """Place, time, weather, light, injuries and the safety list."""
    holder = holder_of(request, case_id)
    values = told.dict(exclude_none=True)
    intake.describe(holder.actor, case_id, intake.Description(**values))
    return done(holder)


@router.put(
    "/cases/{uuid:case_id}/parties/me", response=Done, url_name="me", summary="Name vehicle and driver"
)
@repeatable
def identify(request: HttpRequest, case_id: UUID, told: Identity) -> Any:
    """The plate fetches the rest from the registers of vehicles, drivers and policies."""
    holder = holder_of(request, case_id)
    parties.identify(holder.actor, case_id, parties.Identity(**told.dict(exclude_none=True)))
    return done(holder)


@router.put(
    "/cases/{uuid:case_id}/statement", response=Done, url_name="statement", summary="Say what happened"
)
@repeatable
def state(request: HttpRequest, case_id: UUID, told: Statement) -> Any:
    """Movement and zone of both vehicles at the moment of impact, answers to the questions, own words."""
    holder = holder_of(request, case_id)
    statements.state(holder.actor, case_id, statements.Statement(**told.dict(exclude_none=True)))
    return done(holder)


@router.post(
    "/cases/{uuid:case_id}/phone-codes",
    response={202: Done},
    auth=AnyPartyToken(),
    url_name="phone-codes",
    summary="Ask for a code by message",
)
@repeatable
def ask_code(request: HttpRequest, case_id: UUID, told: Phone) -> Any:
    """A one-time code is sent to the phone. A joiner's token may do this."""
    holder = holder_of(request, case_id)
    phones.ask_code(holder.actor, case_id, told.phone)
    return Status(202, done(holder))


@router.post(
    "/cases/{uuid:case_id}/phone-proof",
    response=Proven,
    auth=AnyPartyToken(),
    url_name="phone-proof",
    summary="Prove the phone",
)
def prove(request: HttpRequest, case_id: UUID, told: Code) -> Any:
    """Show the code. The token answered is the part's own from now on."""
    holder = holder_of(request, case_id)

    def produce() -> dict[str, Any]:
        party = phones.prove(holder.actor, case_id, told.code)
        return {"party_id": party.pk, "status": party.status}

    _status, body = once_by_key(request, holder.actor, produce, together=False)  # wrong codes are counted
    return {**body, "token": token_for(holder.party)}


@router.put(
    "/cases/{uuid:case_id}/photos/{uuid:client_id}",
    response=Kept,
    url_name="photo",
    summary="Send a photograph",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                mime: {"schema": {"type": "string", "format": "binary"}} for mime in pictures.MIMES.values()
            },
        }
    },
)
def photograph(  # noqa: PLR0917 - one parameter a header
    request: HttpRequest,
    case_id: UUID,
    client_id: UUID,
    shot: str,
    x_content_sha256: Annotated[str, Header(description=SHA)] = "",
    x_captured_at: Annotated[Moment | None, Header(description="when it was taken")] = None,
    x_position: Annotated[str, Header(description="longitude,latitude[,accuracy in metres], WGS-84")] = "",
    x_source: Annotated[str, Header(description="in_app, camera or gallery")] = "gallery",
    x_device_info: Annotated[str, Header(description=DEVICE)] = "",
    x_quality: Annotated[str, Header(description=QUALITY)] = "",
) -> Any:
    """The raw bytes of one JPEG, PNG or WebP. The same `client_id` is kept once, so it may be sent again."""
    holder = holder_of(request, case_id)
    lon, lat, accuracy = _position(x_position)
    capture = evidence.Capture(
        client_id=client_id, shot=shot, sha256=x_content_sha256, source=x_source,
        captured_at=x_captured_at, lon=lon, lat=lat, accuracy_m=accuracy,
        device=capturing.device_of(x_device_info), quality=capturing.quality_of(x_quality),
    )  # fmt: skip
    return evidence.photograph(holder.actor, case_id, capture, request.body)


def _position(text: str) -> tuple[float | None, float | None, float | None]:
    if not text:
        return None, None, None
    wrong = _("Write the position as longitude,latitude or longitude,latitude,accuracy.")
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        raise Invalid(wrong, fields={"X-Position": wrong}) from None
    if len(numbers) not in (2, 3) or not _on_earth(*numbers):
        raise Invalid(wrong, fields={"X-Position": wrong})
    return numbers[0], numbers[1], numbers[2] if len(numbers) == 3 else None


def _on_earth(lon: float, lat: float, accuracy: float = 0) -> bool:
    return -180 <= lon <= 180 and -90 <= lat <= 90 and 0 <= accuracy < 1e7


@router.post(
    "/cases/{uuid:case_id}/invitations",
    response={201: Invited},
    url_name="invitations",
    summary="Invite the other party",
)
def invite(request: HttpRequest, case_id: UUID, told: Invitation) -> Any:
    """By message to a number, or by a token to show as a QR code."""
    holder = holder_of(request, case_id)

    def produce() -> dict[str, Any]:
        other = invitations.invite_other(holder.actor, case_id, told.label, told.phone)
        return {"party_id": other.pk, "label": other.label}

    _status, body = once_by_key(request, holder.actor, produce)
    token = None if told.phone else phones.make_link(parties.find(case_id, body["label"]))
    return Status(201, {**body, "join_token": token})


@router.post(
    "/cases/{uuid:case_id}/confirmation", response=Done, url_name="confirmation", summary="Confirm one's part"
)
@repeatable
def confirm(request: HttpRequest, case_id: UUID) -> Any:
    """Declare one's own part complete and true; what is still missing is named."""
    holder = holder_of(request, case_id)
    parties.confirm(holder.actor, case_id)
    return done(holder)


@router.post("/cases/{uuid:case_id}/refusal", response=Done, url_name="refusal", summary="Not take part")
@repeatable
def refuse(request: HttpRequest, case_id: UUID, told: Refused) -> Any:
    """Say that one will not take part, or (`label`) that the other party says so."""
    holder = holder_of(request, case_id)
    parties.refuse_part(holder.actor, case_id, told.label)
    return done(holder)
