"""The officer's queue: what waits, and the one way to a case: to be free, and the lot."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kuaichu.desks.centre import items
from kuaichu.desks.liability.rules import rules
from kuaichu.kernel.actors import Actor
from kuaichu.portals.police.door import desk, surroundings
from kuaichu.process import allotting
from kuaichu.queries.queue import SEES_QUEUE, queue


@require_safe
@desk(*SEES_QUEUE)
def queue_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The queue with the key that takes the next case."""
    return render(request, "police/queue.html", surroundings(request, actor, "queue") | _content(actor))


@require_safe
@desk(*SEES_QUEUE, touch=False)
def queue_fragment(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Only the part that changes, for the live page."""
    return render(request, "police/queue_fragment.html", _content(actor))


def _content(actor: Actor) -> dict[str, object]:
    return {"queue": queue(actor), "total": rules(actor.city).answer_minutes * 60}


@require_POST
@desk("liability.take")
def take(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Say that one is free, and open what the lot gives; or return to the case already held."""
    return open_next(request, actor)


def open_next(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Open the next case, or the queue when nothing is left."""
    if not actor.may("liability.take"):  # decided at the scene: back to the own desk
        return redirect("home:desk")
    work = allotting.next_for(actor)
    if work is not None:
        if work.kind in items.REQUESTS:
            return redirect("police:ruling", case_id=work.case_id)
        return redirect("police:second", recheck_id=work.subject_id)
    messages.info(request, _("You are free now. The lot gives you the next case; it appears here by itself."))
    return redirect("police:queue")
