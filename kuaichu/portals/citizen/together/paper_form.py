"""The paper twin: the agreement as an empty form, to be filled in by hand and photographed into a case."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kuaichu.desks.documents.papers.blank_agreement import blank_agreement
from kuaichu.kernel.city import city


@require_safe
def paper_form(request: HttpRequest) -> HttpResponse:
    """What the form is for, who may use it, and how it comes back."""
    return render(request, "citizen/together/paper_form.html", {"home_url": "/"})


@require_safe
def paper_file(_request: HttpRequest) -> HttpResponse:
    """The form itself, one A4 page."""
    address = f"{settings.BASE_URL}{reverse('citizen:start')}?paper=1"
    pdf = blank_agreement(city(settings.DEFAULT_CITY).profile.name, address)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="agreement-form.pdf"'
    response["Cache-Control"] = "public, max-age=86400"
    return response
