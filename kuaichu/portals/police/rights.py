"""Requests of parties about their data, by their dates, and the answers."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kuaichu.desks.oversight import rights
from kuaichu.desks.oversight.models import RightsRequest
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Invalid, NotFound, WrongState
from kuaichu.portals.police.door import desk, surroundings
from kuaichu.queries.retention import kept

VERB = "oversight.answer"


@require_safe
@desk(VERB)
def rights_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Open requests, the most urgent first, and the last answers."""
    return render(request, "police/rights.html", _context(request, actor))


def _context(request: HttpRequest, actor: Actor) -> dict[str, object]:
    rows = RightsRequest.objects.filter(city=actor.city).select_related("case", "party")
    waiting = rows.filter(status=RightsRequest.Status.OPEN).order_by("due_at")[:100]
    return surroundings(request, actor, "rights") | {
        "waiting": [(row, kept(row.case)) for row in waiting],
        "answered": rows.exclude(status=RightsRequest.Status.OPEN).order_by("-answered_at")[:20],
    }


@require_POST
@desk(VERB)
def answer(request: HttpRequest, actor: Actor, request_id: UUID) -> HttpResponse:
    """Grant or refuse in writing."""
    row = RightsRequest.objects.filter(pk=request_id, city=actor.city).select_related("case").first()
    if row is None:
        raise NotFound(_("There is no such request."))
    until, granted = kept(row.case).until, request.POST.get("do") == "grant"
    try:
        rights.answer(
            actor, request_id, granted=granted, words=request.POST.get("words", ""),
            kept_until=f"{until:%Y-%m-%d}" if until else "",
        )  # fmt: skip
    except (Invalid, WrongState) as refusal:
        context = _context(request, actor) | {"wrong": row.pk, "error": str(refusal.message)}
        return render(
            request, "police/rights.html", context | {"typed": request.POST.get("words", "")}, status=422
        )
    messages.success(request, _("The answer is on its way."))
    return redirect("police:rights")
