"""Handing the phone over: who it is for now, and back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kuaichu.portals.citizen.holding import Held, held_part
from kuaichu.portals.citizen.together import shared


@held_part("GET", "POST")
def hand(request: HttpRequest, held: Held) -> HttpResponse:
    """Ask to give the phone to this party; with its tap the phone is in its hands."""
    if request.method == "POST":
        shared.share(request, held.party)
        return redirect(held.url("home"))
    if not shared.together(request, held.party):
        return redirect(held.url("home"))
    context = {"held": held, "plate": held.vehicle.plate}
    return render(request, "citizen/together/hand.html", context)
