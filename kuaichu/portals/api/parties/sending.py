"""Uploads in pieces by the token of a part: tus 1.0 beside the interface of JSON."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kuaichu.cases.models import Evidence
from kuaichu.kernel.refusals import NotFound
from kuaichu.portals import tus
from kuaichu.portals.api.contract import plain
from kuaichu.portals.api.guards import Holder, PartyToken

_token = PartyToken()


def _known(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask for the token before anything else; what the server can do may be asked by anybody."""

    @wraps(view)
    def know(request: HttpRequest, case_id: UUID, **more: UUID) -> HttpResponse:
        if tus.method_of(request) == "OPTIONS":
            return tus.options()
        holder = _token(request)
        if not isinstance(holder, Holder):
            return _unknown()
        if holder.party.case_id != case_id:
            raise NotFound(_("There is no such case, or it is not yours."))
        return view(request, _desk(holder), **more)

    return know


@_known
@tus.spoken
def uploads(request: HttpRequest, desk: tus.Desk) -> HttpResponse:
    """Begin an upload."""
    return tus.begin(request, desk)


@_known
@tus.spoken
def upload(request: HttpRequest, desk: tus.Desk, upload_id: UUID) -> HttpResponse:
    """One upload: how far it is, the next piece, its end."""
    return tus.go_on(request, desk, upload_id)


def _desk(holder: Holder) -> tus.Desk:
    case_id = holder.party.case_id

    def address(upload_id: UUID) -> str:
        return reverse("api:upload", args=[case_id, upload_id])

    return tus.Desk(holder.actor, case_id, address, _said)


def _said(kept: Evidence) -> dict[str, Any]:
    return {
        "id": str(kept.pk),
        "client_id": str(kept.client_id),
        "shot": kept.shot,
        "sha256": kept.sha256,
        "sm3": kept.sm3,
        "size": kept.size,
        "received_at": kept.received_at.isoformat(),
        "remarks": kept.remarks,
    }


def _unknown() -> HttpResponse:
    answer = plain(401, "not_authenticated", _("Show a valid token: Authorization: Bearer …"))
    answer["WWW-Authenticate"] = "Bearer"
    answer["Tus-Resumable"] = tus.VERSION
    return answer
