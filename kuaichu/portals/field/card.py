"""The identity card of who goes to the scene: shown on the own phone, with a code that changes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kuaichu.desks.dispatch.rules import rules
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import NotFound
from kuaichu.people import cards
from kuaichu.portals.field.door import field, surroundings
from kuaichu.queries.field.cards import card_of


@require_safe
@field()
def card(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The card."""
    context = surroundings(request, actor, "card") | _context(request, actor)
    return render(request, "field/card.html", context)


@require_safe
@field(touch=False)
def code(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Only the code, made anew."""
    return render(request, "field/card_code.html", _context(request, actor))


def _context(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    found = card_of(UUID(actor.id))
    if found is None:
        raise NotFound(_("You have no card."))
    token = cards.make(found.account_id)
    return {
        "card": found,
        "link": request.build_absolute_uri(reverse("public:identity", args=[token])),
        "minutes": rules(actor.city).card_minutes,
        "refresh": max(20, rules(actor.city).card_minutes * 60 // 3),
    }
