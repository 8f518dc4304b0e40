"""Papers: looking and keeping, acknowledging receipt, and who has looked at the file."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kuaichu.desks.documents.models import Paper
from kuaichu.desks.documents.service import consents, receipts
from kuaichu.desks.liability import serving
from kuaichu.kernel.objects import store
from kuaichu.kernel.refusals import NotFound
from kuaichu.portals.citizen.holding import Held, held_part
from kuaichu.queries.own_case import looks_at
from kuaichu.queries.papering.copies import reading_pdf


@held_part("GET")
def paper_copy(_request: HttpRequest, held: Held, paper_id: UUID, style: str) -> HttpResponse:
    """A reading copy: `style` bilingual or large."""
    headers = {"Content-Disposition": f'inline; filename="{held.case.number}-{style}.pdf"'}
    data = reading_pdf(_paper(held, paper_id), style)
    return HttpResponse(data, content_type="application/pdf", headers=headers)


@held_part("GET")
def paper(request: HttpRequest, held: Held, paper_id: UUID) -> HttpResponseBase:
    """The sealed PDF of one's own case; `?download` keeps it on the phone."""
    found = _paper(held, paper_id)
    return FileResponse(
        store().open(found.file_sha256),
        as_attachment="download" in request.GET,
        filename=f"{held.case.number}-{found.code}.pdf",
        content_type="application/pdf",
    )


def _paper(held: Held, paper_id: UUID) -> Paper:
    found = Paper.objects.filter(pk=paper_id, case=held.case).exclude(status=Paper.Status.NUMBERED).first()
    if found is None or not found.file_sha256 or not found.read_by(held.party.label):
        raise NotFound(_("There is no such paper in your case."))
    return found


@held_part("POST")
def received(request: HttpRequest, held: Held) -> HttpResponse:
    """Acknowledge receipt of the certificate; the working days of review begin."""
    serving.receive(held.actor, held.case.pk)
    messages.success(request, _("Receipt noted. Your right of review runs from today."))
    return redirect(held.url("home"))


@held_part("POST")
def paper_received(request: HttpRequest, held: Held, paper_id: UUID) -> HttpResponse:
    """Confirm that another paper than the certificate arrived."""
    receipts.receive(held.actor, _paper(held, paper_id).pk)
    messages.success(request, _("Receipt noted."))
    return redirect(held.url("home"))


@held_part("POST")
def service(request: HttpRequest, held: Held) -> HttpResponse:
    """Agree to electronic service, or take that back."""
    if request.POST.get("agree") == "yes":
        consents.agree(held.actor, held.case.pk)
        messages.success(request, _("From now on papers come to you electronically."))
    else:
        consents.decline(held.actor, held.case.pk)
        messages.success(request, _("From now on papers wait for you in print."))
    return redirect(held.url("home"))


@held_part("GET")
def looks(request: HttpRequest, held: Held) -> HttpResponse:
    """Who looked at the personal data of this case: role and unit, when, and for what."""
    context = {"held": held, "home_url": held.url("home"), "looks": looks_at(held.actor)}
    return render(request, "citizen/looks.html", context)
