"""The posts of mediation, injuries and rescue: their work list by clock, and one errand with its case."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kuaichu.desks.centre import errands
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Invalid
from kuaichu.people.posts import POSTS
from kuaichu.portals.police.door import desk, surroundings
from kuaichu.portals.posting import form_of
from kuaichu.queries.bench.errand_case import errand_case, why_words


@require_safe
@desk(*errands.WORK)
def errands_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What is open at this post, what is due first on top."""
    rows = [(row, why_words(row.why)) for row in errands.worklist(actor)]
    return render(
        request, "police/centre/errands.html", surroundings(request, actor, "errands") | {"rows": rows}
    )


@require_safe
@desk(*errands.WORK)
def errand_page(request: HttpRequest, actor: Actor, errand_id: UUID) -> HttpResponse:
    """One errand: who is concerned and how to reach them, what ends when, what was done."""
    return _page(request, actor, errand_id, {})


def _page(request: HttpRequest, actor: Actor, errand_id: UUID, errors: Mapping[str, str]) -> HttpResponse:
    found = errand_case(actor, errand_id)
    context = surroundings(request, actor, "errands") | {
        "found": found,
        "errors": errors,
        "typed": request.POST,
        "posts": [(post, POSTS[post].name) for post in errands.POSTS if post != found.errand.post],
    }
    return render(request, "police/centre/errand.html", context, status=422 if errors else 200)


@form_of("police:errand", "errand_id")
@desk(*errands.WORK)
def work(request: HttpRequest, actor: Actor, errand_id: UUID) -> HttpResponse:
    """Note what was done (`which` note), finish, or hand on to the post `to`."""
    told, which = request.POST, request.POST.get("which", "note")
    try:
        if which == "note":
            errands.note(actor, errand_id, words=told.get("words", ""))
            messages.success(request, _("Noted."))
            return redirect("police:errand", errand_id=errand_id)
        to = told.get("to", "") if which == "hand_on" else ""
        if which == "hand_on" and not to:
            raise Invalid(_("Choose another post."), fields={"to": _("Choose another post.")})
        errands.finish(actor, errand_id, words=told.get("words", ""), to=to)
    except Invalid as refusal:
        return _page(request, actor, errand_id, {name: str(text) for name, text in refusal.fields.items()})
    messages.success(request, _("Handed on.") if to else _("Finished."))
    return redirect("police:errands")
