"""The draft of a repair: lines, days, what the teardown showed; by the owner's link, without an account."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kuaichu.desks.claims.models import Claim
from kuaichu.desks.claims.repair import estimates, shops
from kuaichu.desks.claims.repair.rows import RepairChoice
from kuaichu.desks.claims.zones import TYPICAL
from kuaichu.kernel.prepared import find
from kuaichu.kernel.refusals import Invalid
from kuaichu.portals.look.loss_lines import Lines, rows_of, rows_sent
from kuaichu.queries.packet import zones_of


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, token: str) -> HttpResponse:
    """The form; sent, the insurer reads it."""
    choice = shops.choice_of(token)
    if request.method != "POST":
        return _show(request, choice, _known(choice))
    told = request.POST
    form = _form(choice, rows_sent(told), told.get("repair", "")[:24], told.get("supplement", "")[:400])
    if told.get("do") != "enter":
        return _show(request, choice, form, days=told.get("days", "")[:4])
    try:
        days = int(told.get("days", "")) if told.get("days", "").isdecimal() and len(told["days"]) < 5 else 0
        estimates.draft(shops.actor_of(choice), choice, form.loss(), days=days, found=form.supplement)
    except Invalid as wrong:
        text = " ".join(str(words) for words in wrong.fields.values()) or str(wrong.message)
        return _show(request, choice, form, error=text, days=told.get("days", "")[:4])
    messages.success(request, _("Sent to the insurer."))
    return redirect("shop:draft", token)


def _known(choice: RepairChoice) -> Lines:
    newest = estimates.newest(choice.vehicle_id)
    return _form(choice, rows_of(newest.lines if newest else []), "", newest.found if newest else "")


def _form(choice: RepairChoice, rows: list[Any], repair: str, found: str) -> Lines:
    parts = [part for zone in zones_of(choice.vehicle) for part in TYPICAL.get(zone, ())]
    return Lines(rows=rows, assessor=choice.name, repair=repair, supplement=found, parts=parts)


def _show(
    request: HttpRequest, choice: RepairChoice, form: Lines, *, error: str = "", days: str = ""
) -> HttpResponse:
    newest = estimates.newest(choice.vehicle_id)
    final = (Claim.Status.APPROVED, Claim.Status.PAID)
    shown = {
        "choice": choice,
        "sheet": form,
        "newest": newest,
        "error": error,
        "days": days or (str(newest.days) if newest else ""),
        "late": any(claim.status in final for claim in find(Claim, case_id=choice.case_id)),
    }
    return render(request, "shop/draft.html", shown, status=422 if error else 200)
