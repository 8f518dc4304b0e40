"""Uploads in pieces from the browser: tus 1.0, by the part this browser holds."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kuaichu.cases.models import Evidence
from kuaichu.kernel.refusals import NotAllowed, NotFound
from kuaichu.portals import sessions, tus
from kuaichu.portals.citizen.steps.telling import answer_of


@tus.spoken
def uploads(request: HttpRequest, party_id: UUID) -> HttpResponse:
    """Begin an upload."""
    return tus.begin(request, _desk(request, party_id))


@tus.spoken
def upload(request: HttpRequest, party_id: UUID, upload_id: UUID) -> HttpResponse:
    """One upload: how far it is, the next piece, its end."""
    return tus.go_on(request, _desk(request, party_id), upload_id)


def _desk(request: HttpRequest, party_id: UUID) -> tus.Desk:
    """Whose uploads these are. Raises NotAllowed, not NotFound: here 404 says that an upload is gone."""
    try:
        party, actor = sessions.party_here(request, party_id)
    except NotFound as refusal:
        raise NotAllowed(_("Open the link in your message again."), code="token_invalid") from refusal

    def address(upload_id: UUID) -> str:
        return reverse("citizen:sending_one", args=[party_id, upload_id])

    def said(kept: Evidence) -> dict[str, Any]:
        return answer_of(kept, party_id)

    return tus.Desk(actor, party.case_id, address, said)
