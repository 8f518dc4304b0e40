"""Accidents that somebody looks at: the list by its clock, one inquiry, and how it is decided."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kuaichu.desks.risk import inquiries
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Invalid, WrongState
from kuaichu.portals.police.door import desk, surroundings
from kuaichu.queries.risk import showing

VERB = "risk.clear"


@require_safe
@desk(VERB)
def risk_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Open inquiries, the most urgent first, and what ended last."""
    context = {"waiting": showing.waiting(actor), "ended": showing.lately(actor)}
    return render(request, "police/risk/inquiries.html", surroundings(request, actor, "risk") | context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(VERB)
def inquiry_page(request: HttpRequest, actor: Actor, inquiry_id: UUID) -> HttpResponse:
    """One inquiry with its signs, earlier accidents and answers; decided in writing."""
    error, typed = "", request.POST.get("reasons", "")
    if request.method == "POST":
        decide = inquiries.refer if request.POST.get("do") == "refer" else inquiries.clear
        try:
            decide(actor, inquiry_id, reasons=typed)
        except (Invalid, WrongState) as refusal:
            error = str(refusal.message)
        else:
            messages.success(request, _("Decided. The parties and insurers hear of it."))
            return redirect("police:risk")
    context = {"shown": showing.inquiry(actor, inquiry_id), "error": error, "typed": typed}
    page = surroundings(request, actor, "risk") | context
    return render(request, "police/risk/inquiry.html", page, status=422 if error else 200)
