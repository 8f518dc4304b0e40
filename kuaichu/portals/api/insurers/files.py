"""The files of a packet and the feed of events, for the insurers concerned."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router
from ninja.params.functions import Query

from kuaichu.cases import custody
from kuaichu.cases.shared_copies import shared_copy
from kuaichu.desks.claims.filings import own_claim
from kuaichu.desks.claims.models import Claim
from kuaichu.desks.documents.models import INSURERS, Paper
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.objects import read
from kuaichu.kernel.prepared import find_one
from kuaichu.kernel.refusals import NotFound
from kuaichu.portals.api.cursors import LONGEST, number_of, sealed
from kuaichu.portals.api.guards import ClaimsToken
from kuaichu.portals.api.insurers.claims import insurer_of
from kuaichu.portals.api.insurers.hook_schemas import EventOut, EventPage
from kuaichu.queries import looks
from kuaichu.queries.claim_events import claim_events
from kuaichu.queries.claim_evidence import photo_of

CURSOR = "events"
router = Router(tags=["Insurers"], auth=ClaimsToken())


@router.get(
    "/claims/{uuid:claim_id}/files/{kind}/{uuid:file_id}",
    url_name="claim-file",
    summary="Fetch a file of the packet",
    openapi_extra={
        "responses": {
            200: {
                "description": "A paper's bytes, whose hashes the packet states; of a photograph a copy",
                "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
            }
        }
    },
)
def fetch_file(request: HttpRequest, claim_id: UUID, kind: str, file_id: UUID) -> HttpResponse:
    """A copy of a photograph (`photo`), a sealed paper (`paper`) or its frozen facts (`facts`)."""
    viewer = insurer_of(request)
    claim = own_claim(viewer, claim_id)
    data, mime, name, digest = file_of(viewer, claim, kind, file_id)
    looks.note(viewer, claim.case_id, f"file_{kind}")
    answer = HttpResponse(data, content_type=mime)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["X-Content-SHA256"] = digest
    return answer


def file_of(viewer: Actor, claim: Claim, kind: str, file_id: UUID) -> tuple[bytes, str, str, str]:
    """Bytes, type, name and SHA-256; raises NotFound."""
    if kind == "photo":
        photo = photo_of(claim, file_id)
        if photo is not None:
            data = shared_copy(photo, "large")
            custody.note_once(viewer, photo, custody.EXPORTED, purpose="claim")
            return data, "image/jpeg", f"{photo.pk}.jpg", hashlib.sha256(data).hexdigest()
    paper = find_one(Paper, pk=file_id, case_id=claim.case_id)
    if paper is None or paper.status == Paper.Status.NUMBERED or not paper.read_by(INSURERS):
        raise NotFound(_("There is no such file in this claim."))
    if kind == "paper":
        return read(paper.file_sha256), "application/pdf", f"{paper.code}.pdf", paper.file_sha256
    if kind == "facts":
        return bytes(paper.facts), "application/json", f"{paper.code}.json", paper.facts_sha256
    raise NotFound(_("There is no such file in this claim."))


@router.get("/events", response=EventPage, url_name="claim-events", summary="What happened to one's claims")
def list_events(
    request: HttpRequest,
    after: Annotated[str, Query(description="the `cursor` of the answer before", max_length=LONGEST)] = "",
    after_sequence: Annotated[
        int | None, Query(ge=0, lt=10**9, description="instead: the last number taken; closes a gap")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Any:
    """The feed behind the webhooks, at least once. `sequence` counts 1, 2, 3 … for each company without a
    gap: a number left out was lost on the way. Keep `cursor`, forget an `id` that was seen.
    """
    start = number_of(CURSOR, after) if after_sequence is None else after_sequence
    page = claim_events(insurer_of(request), start, limit)
    events = [{name: getattr(event, name) for name in EventOut.model_fields} for event in page.events]
    return {"events": events, "cursor": sealed(CURSOR, page.last), "newest": page.newest, "more": page.more}
