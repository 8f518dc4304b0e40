"""The reasons of the proposal in full, for a party that is asked to sign it; made to be printed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kuaichu.desks.liability import agreements
from kuaichu.kernel.clock import CHINA
from kuaichu.portals.citizen.holding import Held, held_part
from kuaichu.queries.proposals import explanation_of
from kuaichu.queries.reasons import sheet


@held_part("GET")
def reasons(request: HttpRequest, held: Held) -> HttpResponse:
    """Every reason of the proposal that lies before the parties."""
    row = agreements.alive_agreement(held.case.pk)
    if row is None:
        return redirect(held.url("ways"))
    day = held.case.happened_at.astimezone(CHINA).date()
    made = sheet(row.proposal, explanation_of(held.case.pk), day, held.party.label)
    context = {"case": held.case, "sheet": made, "back": held.url("agreement")}
    return render(request, "citizen/reasons.html", context)
