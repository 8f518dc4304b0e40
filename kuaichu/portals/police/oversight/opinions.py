"""Supervision: how often blind opinions agree, and the cases in which they do not."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kuaichu.kernel.actors import Actor
from kuaichu.portals.police.door import desk, surroundings
from kuaichu.queries.bench.opinions import DAYS, compared


@require_safe
@desk("oversight.answer")
def opinions_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Both comparisons with their figures and differences."""
    context = surroundings(request, actor, "opinions") | {"compared": compared(actor), "days": DAYS}
    return render(request, "police/oversight/opinions.html", context)
