"""Photographs as fresh copies for looking, papers as they were sealed, for the insurer concerned."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kuaichu.cases import custody
from kuaichu.cases.shared_copies import shared_copy
from kuaichu.cases.viewing import SIZES
from kuaichu.desks.claims.filings import own_claim
from kuaichu.desks.documents.models import INSURERS, Paper
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.objects import read
from kuaichu.kernel.refusals import NotFound
from kuaichu.portals.insurer.door import adjusters
from kuaichu.queries import looks
from kuaichu.queries.claim_evidence import photo_of


@require_safe
@adjusters
def photo(
    _request: HttpRequest, actor: Actor, claim_id: UUID, evidence_id: UUID, size: str = "large"
) -> HttpResponse:
    """A copy for looking: smaller, without metadata, bystanders blurred."""
    claim = own_claim(actor, claim_id)
    row = photo_of(claim, evidence_id)
    if row is None or size not in SIZES:
        raise NotFound(_("There is no such file in this claim."))
    looks.note(actor, claim.case_id, "photo")
    answer = HttpResponse(shared_copy(row, size), content_type="image/jpeg")
    if size != "small":
        custody.note_once(actor, row, custody.LOOKED, purpose="claim")
    answer["Cache-Control"] = "private, max-age=600"
    return answer


@require_safe
@adjusters
def paper(_request: HttpRequest, actor: Actor, claim_id: UUID, paper_id: UUID) -> HttpResponse:
    """The sealed file, unchanged."""
    row = _paper(actor, claim_id, paper_id)
    return _file(read(row.file_sha256), "application/pdf", f"{row.code}.pdf")


@require_safe
@adjusters
def facts(_request: HttpRequest, actor: Actor, claim_id: UUID, paper_id: UUID) -> HttpResponse:
    """The frozen facts of a paper, the bytes its hash is of."""
    row = _paper(actor, claim_id, paper_id)
    return _file(bytes(row.facts), "application/json", f"{row.code}.json")


def _paper(actor: Actor, claim_id: UUID, paper_id: UUID) -> Paper:
    claim = own_claim(actor, claim_id)
    row = (
        Paper.objects.filter(pk=paper_id, case_id=claim.case_id).exclude(status=Paper.Status.NUMBERED).first()
    )
    if row is None or not row.read_by(INSURERS):
        raise NotFound(_("There is no such file in this claim."))
    looks.note(actor, claim.case_id, "paper")
    return row


def _file(data: bytes, mime: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=mime)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
