"""One's own evidence: what was read in photographs, the evidence receipt, own words as sound."""

from __future__ import annotations

import math
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Router, Status
from ninja.params.functions import Header

from kuaichu.cases import files, readings, voices
from kuaichu.cases.models import Evidence, Recording
from kuaichu.cases.voices import Voice
from kuaichu.kernel.objects import read
from kuaichu.kernel.prepared import find, find_one
from kuaichu.kernel.refusals import Invalid, NotFound
from kuaichu.portals.api.guards import Holder, PartyToken
from kuaichu.portals.api.parties.evidence_schemas import EvidenceReceipt, Readings, Spoken
from kuaichu.portals.api.parties.part import SHA, holder_of
from kuaichu.portals.ranges import ranged
from kuaichu.queries import receipts
from kuaichu.queries.sight import reading

SECONDS = "how long it lasts, as the phone measured it"
AUDIO = ("audio/ogg", "audio/webm", "audio/mp4")
_SOUND = {mime: {"schema": {"type": "string", "format": "binary"}} for mime in AUDIO}
_TEXT = {"content": {"text/plain": {"schema": {"type": "string"}}}, "description": "The receipt as a file"}
router = Router(tags=["Evidence"], auth=PartyToken())


@router.get("/cases/{uuid:case_id}/readings", response=Readings, url_name="readings", summary="What was read")
def see_readings(request: HttpRequest, case_id: UUID) -> Any:
    """Plates and papers that a machine has read in one's own photographs, and what does not go together.

    Reading happens a moment after a photograph has arrived. Nothing is filled in by itself.
    """
    party = holder_of(request, case_id).party
    party.case = files.case(case_id)
    photos = find(Evidence, "received_at", case_id=case_id)
    mine = [one for one in photos if one.party_id == party.pk]
    parties, vehicles = files.parties(case_id), files.vehicles(case_id)
    rows = readings.readings_of(mine)
    return {
        "photos": [_read(one, rows.get(one.pk)) for one in mine],
        "plates": reading.offers(party, vehicles, photos),
        "driver": reading.driver_read(party, photos),
        "differences": reading.differences_for(party, parties, vehicles, photos),
    }


def _read(photo: Evidence, row: Any) -> dict[str, Any]:
    return {
        "client_id": photo.client_id,
        "shot": photo.shot,
        "kind": row.kind if row else "",
        "read_at": row.read_at if row else None,
    }


@router.get(
    "/cases/{uuid:case_id}/evidence-receipt",
    response=EvidenceReceipt,
    url_name="evidence-receipt",
    summary="See the evidence receipt",
)
def see_receipt(request: HttpRequest, case_id: UUID) -> Any:
    """The signed receipt that names every photograph by hash, or what is missing before it is sealed.

    Show `frames` as QR codes in turn: another phone has the receipt then, without network.
    """
    holder = holder_of(request, case_id)
    found = receipts.shown(holder.actor, case_id)
    check = request.build_absolute_uri(reverse("public:receipt"))
    if found is None:
        shots = {one.shot for one in find(Evidence, "received_at", case_id=case_id)}
        missing = receipts.waited_for(files.case(case_id), shots)
        return {"state": "open", "missing": missing, "check": check}
    return {
        "state": "sealed",
        "missing": [],
        "number": found.row.number,
        "issued_at": found.row.issued_at,
        "text": found.row.sealed,
        "frames": list(found.frames),
        "check": check,
        "unsealed": found.unsealed,
        "photos": [_sealed(one) for one in found.lines],
    }


def _sealed(line: receipts.Line) -> dict[str, Any]:
    photo = line.photo
    done = [{"at": x.at, "what": x.what, "who": x.who, "purpose": x.purpose} for x in line.done]
    return {
        "id": photo.pk if photo else None,
        "name": line.name,
        "sha256": line.sha256,
        "sm3": line.sm3,
        "done": done,
    }


@router.get(
    "/cases/{uuid:case_id}/evidence-receipt.txt",
    url_name="evidence-receipt-file",
    summary="Fetch the evidence receipt as a file",
    openapi_extra={"responses": {200: _TEXT}},
)
def fetch_receipt(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A small text file to keep or to send on; whoever has it can check it. 404 while nothing is sealed."""
    found = receipts.shown(holder_of(request, case_id).actor, case_id)
    if found is None:
        raise NotFound(_("Nothing is sealed yet."))
    answer = HttpResponse(f"{found.text}\n", content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="receipt-{found.row.number}.txt"'
    return answer


@router.get(
    "/cases/{uuid:case_id}/voices", response=list[Spoken], url_name="voices", summary="List own recordings"
)
def list_voices(request: HttpRequest, case_id: UUID) -> Any:
    """What one has said in one's own words, oldest first. Nobody but the officer hears it besides."""
    return voices.recordings_of(holder_of(request, case_id).party)


@router.put(
    "/cases/{uuid:case_id}/voices/{uuid:client_id}",
    response=Spoken,
    url_name="voice",
    summary="Send a recording",
    openapi_extra={"requestBody": {"required": True, "content": _SOUND}},
)
def speak(
    request: HttpRequest,
    case_id: UUID,
    client_id: UUID,
    x_content_sha256: Annotated[str, Header(description=SHA)] = "",
    x_seconds: Annotated[float | None, Header(description=SECONDS)] = None,
) -> Any:
    """The raw bytes of one recording of at most two minutes. The same `client_id` is kept once."""
    holder = holder_of(request, case_id)
    if x_seconds is not None and not math.isfinite(x_seconds):
        text = _("A recording may last two minutes at most.")
        raise Invalid(text, fields={"X-Seconds": text})
    told = Voice(client_id=client_id, sha256=x_content_sha256, seconds=x_seconds)
    return voices.speak(holder.actor, case_id, told, request.body)


@router.get(
    "/cases/{uuid:case_id}/voices/{uuid:client_id}",
    url_name="voice",
    summary="Hear a recording",
    openapi_extra={"responses": {200: {"description": "The recording", "content": _SOUND}}},
)
def hear(request: HttpRequest, case_id: UUID, client_id: UUID) -> Any:
    """One's own recording, byte for byte; parts of it by `Range`."""
    row = _own(holder_of(request, case_id), client_id)
    return ranged(request, read(row.sha256), row.mime)


@router.delete(
    "/cases/{uuid:case_id}/voices/{uuid:client_id}",
    response={204: None},
    url_name="voice",
    summary="Take a recording back",
)
def unspeak(request: HttpRequest, case_id: UUID, client_id: UUID) -> Any:
    """Possible until one's part is confirmed; the journal keeps that there was one, and its hash."""
    holder = holder_of(request, case_id)
    voices.unspeak(holder.actor, case_id, _own(holder, client_id).pk)
    return Status(204, None)


def _own(holder: Holder, client_id: UUID) -> Recording:
    row = find_one(Recording, party_id=holder.party.pk, client_id=client_id)
    if row is None:
        raise NotFound(_("There is no such recording in your part."))
    return row
