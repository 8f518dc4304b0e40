"""The big screen of the centre: a few live numbers, each with how many cases stand behind it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kuaichu.kernel.actors import Actor
from kuaichu.portals.police.door import desk, surroundings
from kuaichu.queries.centre import wall
from kuaichu.queries.queue import SEES_QUEUE


@require_safe
@desk(*SEES_QUEUE)
def wall_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The page."""
    return render(request, "police/wall.html", surroundings(request, actor, "wall") | {"wall": wall(actor)})


@require_safe
@desk(*SEES_QUEUE, touch=False)
def wall_fragment(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Only the numbers."""
    return render(request, "police/wall_fragment.html", {"wall": wall(actor)})
