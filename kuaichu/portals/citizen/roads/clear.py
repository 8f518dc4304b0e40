"""Clear the road: both are told to move the cars and how, with the clock; then who may leave."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kuaichu.cases import clearing
from kuaichu.cases.gates import table
from kuaichu.cases.helping import answered_for
from kuaichu.cases.models import Party
from kuaichu.kernel import clock
from kuaichu.portals.citizen.holding import Held, again, held_part
from kuaichu.portals.citizen.law import articles
from kuaichu.portals.citizen.steps.plan import onward, show
from kuaichu.queries.timeline import newest_seq

REMIND = timedelta(minutes=10)
"""After so long without a word the page asks whether the road is clear and nobody said so."""


@held_part("GET", "POST")
def clear(request: HttpRequest, held: Held) -> HttpResponse:
    """Move the cars: now, how, why; and what must be there before somebody leaves."""
    if request.method == "POST":
        clearing.clear(held.actor, held.case.pk)
        messages.success(request, _("Thank you. The road is clear."))
        return redirect(held.url("clear"))
    return show(request, held, "photos", "roads/clear", _context(held), back=held.url("photos"))


@held_part("GET")
def clear_live(request: HttpRequest, held: Held) -> HttpResponse:
    """The part of the page that changes, as a fragment."""
    return render(request, "citizen/roads/clear_live.html", _context(held))


@held_part("GET")
def clear_line(request: HttpRequest, held: Held) -> HttpResponse:
    """One line for other pages: move the cars now, or leave them; empty when there is nothing to say."""
    return render(request, "citizen/roads/clear_line.html", {"held": held})


def _context(held: Held) -> dict[str, Any]:
    advice = held.clearing
    keep = clearing.keep_for(held.case, list(held.parties), held.vehicles) if advice == "keep" else []
    gates = [gate for gate in table().gate if gate.code in keep]
    law = clearing.KEEP_LAW if advice == "keep" else clearing.LAW
    begun = held.case.tapped_at or held.case.opened_at
    sealed = held.case.sealed_at
    return {
        "held": held,
        "advice": advice,
        "gates": gates,
        "begun": begun,
        "took": _minutes(held),
        "late": bool(sealed and advice == "clear" and clock.now() - sealed > REMIND),
        "articles": articles(law, held.case),
        "before": _before_leaving(held),
        "home_by": held.case.opened_at + timedelta(hours=held.rules.home_hours),
        "seq": newest_seq(held.case.pk),
        "onward": onward(again(held), "photos"),
    }


def _minutes(held: Held) -> str:
    """How long it took from the first tap to the clear road, as minutes and seconds."""
    if held.case.cleared_at is None:
        return ""
    spent = held.case.cleared_at - (held.case.tapped_at or held.case.opened_at)
    minutes, seconds = divmod(max(0, int(spent.total_seconds())), 60)
    return f"{minutes}:{seconds:02d}"


def _before_leaving(held: Held) -> list[tuple[str, bool, str]]:
    """What must be there before anybody leaves: text, whether it is, and where to do it.

    With these the police know who was there and how it looked; everything else can follow at home.
    """
    here = held.party
    named = bool(held.vehicle.plate) or held.vehicle.kind != "MV"
    rows = [
        (_("Your plate and kind of vehicle"), named, held.url("vehicle")),
        (_("Your phone number, confirmed by a code"), answered_for(here), held.url("phone")),
        (_("The photographs"), held.clearing in ("clear", "cleared"), held.url("photos")),
    ]
    if held.case.triage.get("single_vehicle"):
        return rows
    there = (Party.Status.JOINED, Party.Status.CONFIRMED, Party.Status.ABSENT)
    others = bool(held.others) and all(p.status in there or p.phone for p in held.others)
    where = held.url("others" if held.many else "other") if held.first else ""
    return [*rows, (_("The others have joined, or left their number or plate"), others, where)]
