"""The company's claims by the clock, kept fresh; finding one by case number, report number or plate."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from kuaichu.kernel.actors import Actor
from kuaichu.portals.insurer.door import adjusters, frame
from kuaichu.queries.worklist import figures, finished, search, worklist


@require_safe
@adjusters
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Everything that is open, the most urgent first, and what was paid last."""
    listed = _listed(actor)
    return render(
        request, "insurer/worklist.html", frame(request, open_count=listed["figures"].open, **listed)
    )


@require_safe
@adjusters
def rows(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The list alone, fetched again when the bell rings."""
    return render(request, "insurer/rows.html", _listed(actor))


@require_POST
@adjusters
def find(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Search. Sent as a form, so that no plate stands in an address or a log."""
    text = request.POST.get("text", "")[:60]
    return render(request, "insurer/found.html", frame(request, text=text, found=search(actor, text)))


def _listed(actor: Actor) -> dict[str, Any]:
    open_rows = worklist(actor)
    return {"rows": open_rows, "figures": figures(actor, open_rows), "finished": finished(actor)}
