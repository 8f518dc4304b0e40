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
from kuaichu.portals.police.door import SECONDS, desk, surroundings
from kuaichu.process import allotting, relisting

VERBS = SECONDS
DRAWN = tuple(kind for kind in Recheck.Kind if taking.verb_of(kind) == "liability.recheck")
"""Kinds that the centre's lot gives: nobody takes one that was drawn for another."""


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
    """Go on with the own one; else what is due first of what no lot gives, else what the lot gave."""
    rows = taking.open_to(actor)
    own = rows.filter(officer_id=UUID(actor.id), status=Recheck.Status.TAKEN).first()
    for row in [own] if own is not None else rows.exclude(kind__in=DRAWN)[:20]:
        try:
            taken = taking.take(actor, row.pk)
        except (NotAllowed, NotFound, WrongState):  # recused, or another was faster
            continue
        return redirect("police:second", recheck_id=taken.pk)
    work = allotting.next_for(actor, only=relisting.KINDS) if actor.may("liability.recheck") else None
    if work is not None and work.kind in relisting.KINDS:
        return redirect("police:second", recheck_id=work.subject_id)
    if work is not None:
        return redirect("police:ruling", case_id=work.case_id)
    messages.info(request, _("Nothing waits for a second look by you."))
    return redirect("police:seconds")


@require_POST
@desk(*VERBS)
def leave(_request: HttpRequest, actor: Actor, recheck_id: UUID) -> HttpResponse:
    """Let go of it, for another officer."""
    taking.leave(actor, recheck_id)
    return redirect("police:seconds")
