"""Choosing the way, signing, receiving papers, naming the account, saying how it went."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from kuaichu.cases import outcome, payees
from kuaichu.desks.documents.models import Paper
from kuaichu.desks.liability import agreements, serving, signing, wishes
from kuaichu.kernel.objects import read
from kuaichu.kernel.refusals import NotFound
from kuaichu.portals.api.guards import PartyToken
from kuaichu.portals.api.parties.part import done, holder_of
from kuaichu.portals.api.parties.schemas import Done, Payee, Rating, Signature, Way
from kuaichu.portals.api.repeated import repeatable

router = Router(tags=["Decision and money"], auth=PartyToken())


@router.put("/cases/{uuid:case_id}/way", response=Done, url_name="way", summary="Choose the way")
@repeatable
def choose(request: HttpRequest, case_id: UUID, told: Way) -> Any:
    """Settle by agreement, ask jointly for an officer online, or call one to the place."""
    holder = holder_of(request, case_id)
    wishes.choose(holder.actor, case_id, told.way)
    return done(holder)


@router.post(
    "/cases/{uuid:case_id}/agreement/signature",
    response=Done,
    url_name="signature",
    summary="Sign the agreement",
)
@repeatable
def sign(request: HttpRequest, case_id: UUID, told: Signature) -> Any:
    """Sign with a drawn signature after reading. The last signature makes the agreement stand."""
    holder = holder_of(request, case_id)
    agreements.sign(holder.actor, case_id, path=told.path, read=told.read, code=told.code, terms=told.terms)
    return done(holder)


@router.post(
    "/cases/{uuid:case_id}/agreement/code",
    response=Done,
    url_name="signature-code",
    summary="Ask for a code to sign",
)
@repeatable
def ask_signature_code(request: HttpRequest, case_id: UUID) -> Any:
    """Send a code to the party's own phone that signs the agreement as it stands now, and nothing else."""
    holder = holder_of(request, case_id)
    row = agreements.alive_agreement(case_id)
    if row is None:
        raise NotFound(_("There is no agreement to sign."))
    signing.ask_code(holder.actor, case_id, row)
    return done(holder)


@router.post(
    "/cases/{uuid:case_id}/agreement/refusal",
    response=Done,
    url_name="agreement-refusal",
    summary="Not sign the agreement",
)
@repeatable
def decline(request: HttpRequest, case_id: UUID) -> Any:
    """Nobody has to sign; the parties may still ask for an officer."""
    holder = holder_of(request, case_id)
    agreements.decline(holder.actor, case_id, offered="officer")
    return done(holder)


@router.get(
    "/cases/{uuid:case_id}/papers/{uuid:paper_id}.pdf",
    url_name="paper",
    summary="Fetch a paper",
    openapi_extra={
        "responses": {
            200: {
                "description": "The sealed paper",
                "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
            }
        }
    },
)
def fetch_paper(request: HttpRequest, case_id: UUID, paper_id: UUID) -> HttpResponse:
    """The sealed file, unchanged."""
    holder = holder_of(request, case_id)
    row = Paper.objects.filter(pk=paper_id, case_id=case_id).exclude(status=Paper.Status.NUMBERED).first()
    if row is None or not row.read_by(holder.party.label):
        raise NotFound(_("There is no such paper in this case."))
    return as_file(read(row.file_sha256), "application/pdf", f"{row.code}.pdf")


def as_file(data: bytes, mime: str, name: str) -> HttpResponse:
    """Bytes to be kept, never shown inside a page."""
    answer = HttpResponse(data, content_type=mime)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@router.post(
    "/cases/{uuid:case_id}/receipt", response=Done, url_name="receipt", summary="Receive the certificate"
)
@repeatable
def receive(request: HttpRequest, case_id: UUID) -> Any:
    """Say that the certificate was received."""
    holder = holder_of(request, case_id)
    serving.receive(holder.actor, case_id)
    return done(holder)


@router.put("/cases/{uuid:case_id}/payee", response=Done, url_name="payee", summary="Name the account")
@repeatable
def name_payee(request: HttpRequest, case_id: UUID, told: Payee) -> Any:
    """Where money due to this party shall go."""
    holder = holder_of(request, case_id)
    payees.name_payee(holder.actor, case_id, holder=told.holder, account=told.account)
    return done(holder)


@router.post("/cases/{uuid:case_id}/rating", response=Done, url_name="rating", summary="Say how it went")
@repeatable
def rate(request: HttpRequest, case_id: UUID, told: Rating) -> Any:
    """One to five, once."""
    holder = holder_of(request, case_id)
    outcome.rate(holder.actor, case_id, score=told.score, words=told.words)
    return done(holder)
