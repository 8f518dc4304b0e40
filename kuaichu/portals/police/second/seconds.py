"""Second looks that wait for this officer, and taking the one that is due first."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kuaichu.desks.liability.models import Recheck
from kuaichu.desks.liability.rechecks import taking
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import NotAllowed, NotFound, WrongState
from kuaichu.portals.police.door import desk, surroundings

VERBS = ("liability.recheck", "liability.review")


@require_safe
@desk(*VERBS)
def seconds_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What waits, what is due first on top; nobody picks."""
    rows = list(taking.open_to(actor)[:50])
    own = [row for row in rows if str(row.officer_id) == actor.id and row.status == Recheck.Status.TAKEN]
    context = surroundings(request, actor, "seconds") | {"rows": rows, "own": own}
    return render(request, "police/second/seconds.html", context)


@require_POST
@desk(*VERBS)
def take_second(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take what is due first and may be taken by this officer."""
    for row in taking.open_to(actor)[:20]:
        try:
            taken = taking.take(actor, row.pk)
        except (NotAllowed, NotFound, WrongState):  # recused, or another was faster
            continue
        return redirect("police:second", recheck_id=taken.pk)
    messages.info(request, _("Nothing waits for a second look by you."))
    return redirect("police:seconds")


@require_POST
@desk(*VERBS)
def leave(_request: HttpRequest, actor: Actor, recheck_id: UUID) -> HttpResponse:
    """Let go of it, for another officer."""
    taking.leave(actor, recheck_id)
    return redirect("police:seconds")
