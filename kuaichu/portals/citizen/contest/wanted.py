"""An officer needs one more photograph of this party: what is missing, drawn, and the slot that takes it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kuaichu.desks.liability.bench import returns
from kuaichu.portals.citizen import words
from kuaichu.portals.citizen.holding import Held, held_part
from kuaichu.queries.fact_words import shot_name


@held_part("GET")
def wanted(request: HttpRequest, held: Held) -> HttpResponse:
    """The one photograph; without one the case's own page."""
    asked = returns.open_request(held.case.pk, held.party.pk)
    if asked is None:
        return redirect(held.url("home"))
    guide, hint = words.GUIDES.get(asked.shot, words.GUIDES["damage"])
    context = {
        "held": held,
        "home_url": held.url("home"),
        "asked": asked,
        "title": shot_name(asked.shot),
        "guide": guide,
        "hint": hint,
        "upload": f"{held.url('photos')}/{asked.shot}",
    }
    return render(request, "citizen/contest/wanted.html", context)
