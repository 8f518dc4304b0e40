"""Cases that left for a unit outside the city: the file to send, and the receipt to note."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kuaichu.desks.liability.bench import removals
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Invalid
from kuaichu.portals.police.door import desk, surroundings
from kuaichu.queries.bench.removed_file import removed_file


@require_safe
@desk("liability.transfer")
def removals_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What left, what is not confirmed first."""
    return _page(request, actor, {})


def _page(request: HttpRequest, actor: Actor, errors: Mapping[str, str], which: str = "") -> HttpResponse:
    context = surroundings(request, actor, "removals") | {
        "rows": removals.of_city(actor),
        "errors": errors,
        "which": which,
        "typed": request.POST.get("receipt", ""),
    }
    return render(request, "police/bench/removals.html", context, status=422 if errors else 200)


@require_POST
@desk("liability.transfer")
def removal_file(_request: HttpRequest, actor: Actor, removal_id: UUID) -> HttpResponse:
    """The whole file as one archive. By POST, because taking it is noted under a name."""
    removal, data = removed_file(actor, removal_id)
    headers = {"Content-Disposition": f'attachment; filename="{removal.case.number}.zip"'}
    return HttpResponse(data, content_type="application/zip", headers=headers)


@require_POST
@desk("liability.transfer")
def receive(request: HttpRequest, actor: Actor, removal_id: UUID) -> HttpResponse:
    """Note the receipt of the other unit."""
    try:
        removals.note_receipt(actor, removal_id, receipt=request.POST.get("receipt", ""))
    except Invalid as refusal:
        errors = {name: str(text) for name, text in refusal.fields.items()}
        return _page(request, actor, errors, str(removal_id))
    messages.success(request, _("Noted. The other unit has the case."))
    return redirect("police:removals")
