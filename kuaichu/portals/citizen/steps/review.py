"""Reading what was entered: the other party's part before the own one, and everything before confirming."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kuaichu.cases import parties
from kuaichu.cases.models import Party
from kuaichu.kernel.refusals import Invalid
from kuaichu.portals.citizen import words
from kuaichu.portals.citizen.holding import Held, held_part
from kuaichu.portals.citizen.steps.plan import closed, onward, show
from kuaichu.queries.both_sides import both_sides, entered_by
from kuaichu.queries.fact_words import site_words, told_struck
from kuaichu.queries.own_case import Told, told_by
from kuaichu.queries.sight import reading


@held_part("GET")
def seen(request: HttpRequest, held: Held) -> HttpResponse:
    """Everything the other parties have entered, masked, before one's own part."""
    others = [
        told_by(held.party, party, held.vehicles[party.label], held.parties)
        for party in held.parties
        if party.pk != held.party.pk
    ]
    context = {"others": others, "onward": onward(held, ""), **_common(held)}
    return render(request, "citizen/steps/seen.html", context)


def _common(held: Held) -> dict[str, Any]:
    case = held.case
    return {
        "held": held,
        "home_url": held.url("home"),
        "case": case,
        "injury": {v: label for v, label, _i, _h in words.INJURIES}.get(case.injury, ""),
        "weather": {v: label for v, label, _i in words.WEATHER}.get(case.weather, ""),
        "light": {v: label for v, label, _i in words.LIGHT}.get(case.light, ""),
        "site": "" if case.site == "road" else site_words(case.site),
        "struck": told_struck(case.struck),
        "checks": [label for key, label, _i in words.CHECKS if case.triage.get(key)],
        "photos": [
            (
                held.url("photo", evidence_id=p.pk, size="large"),
                held.url("photo", evidence_id=p.pk, size="small"),
                p,
            )
            for p in held.photos
        ],
    }


@held_part("GET", "POST")
def review(request: HttpRequest, held: Held) -> HttpResponse:
    """Check everything, declare it true, confirm."""
    if elsewhere := closed(request, held):
        return elsewhere
    error = ""
    if request.method == "POST":
        if "true" not in request.POST:
            error = _("Please tick that what you entered is true.")
        else:
            try:
                parties.confirm(held.actor, held.case.pk)
                return redirect(held.url("home"))
            except Invalid as refusal:
                error = str(refusal.message)
    missing = parties.missing_of(held.case, held.party, held.vehicle)
    mine: Told = told_by(held.party, held.party, held.vehicle, held.parties)
    other = held.other
    waits = held.first and other is None and not held.case.triage.get("single_vehicle")
    context = {
        **_common(held),
        "mine": mine,
        "differences": reading.differences_for(held.party, held.parties, held.vehicles, held.photos),
        "sides": both_sides(held.party, held.parties, held.vehicles) if other is not None else None,
        "entered_by": entered_by(held.party) if held.party.helper else "",
        "missing": [(text, held.url(_step_of(step))) for step, text in missing.items()],
        "waits": waits,
        "refused": other is not None and other.status == Party.Status.REFUSED,
        "error": error,
        "wrong": bool(error),
    }
    return show(request, held, "review", "review", context)


def _step_of(missing: str) -> str:
    return "owner" if missing == "driver" else missing
