"""The stop switch, for the money administrators of an insurer and of the operator."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kuaichu.desks.claims.models import Reconciliation
from kuaichu.desks.claims.rail import switches
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Invalid, NotAllowed
from kuaichu.people import factors
from kuaichu.portals.insurer.door import frame
from kuaichu.portals.posting import form_of
from kuaichu.portals.sessions import staff_here

View = Callable[[HttpRequest, Actor], HttpResponse]


def money_admins(view: View) -> Callable[[HttpRequest], HttpResponse]:
    """Open the page to who may switch payouts off."""

    @wraps(view)
    def inner(request: HttpRequest) -> HttpResponse:
        actor = staff_here(request)
        if not actor.may("claims.stop_payouts"):
            raise NotAllowed(_("This page is for those who may stop payouts."), code="no_money_admin")
        if not factors.enrolled(actor.id):
            return redirect("mfa_activate_totp")
        return view(request, actor)

    return inner


@require_safe
@money_admins
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What is switched off, the switch, and for the operator what the daily comparison found."""
    return _show(request, actor)


def _show(request: HttpRequest, actor: Actor, *, error: str = "", reason: str = "") -> HttpResponse:
    stops = switches.stops(actor)
    compared: list[Any] = []
    if not actor.insurer:
        compared = list(Reconciliation.objects.filter(city=actor.city).order_by("-day")[:14])
    shown = {
        "stops": stops,
        "own_stop": next((one for one in stops if one.insurer == actor.insurer), None),
        "whole_city": not actor.insurer,
        "compared": compared,
        "error": error,
        "reason": reason,
    }
    status = 422 if error else 200
    return render(request, "insurer/money/stop.html", frame(request, **shown), status=status)


@form_of("insurer:stop")
@money_admins
def stop(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Switch off."""
    return _switch(request, actor, switches.stop, _("Payouts are stopped. Nothing new leaves."))


@form_of("insurer:stop")
@money_admins
def resume(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Switch on again."""
    return _switch(request, actor, switches.resume, _("Payouts go on."))


def _switch(
    request: HttpRequest, actor: Actor, verb: Callable[[Actor, str], object], told: str
) -> HttpResponse:
    reason = request.POST.get("reason", "")[:400]
    try:
        verb(actor, reason)
    except Invalid as wrong:
        return _show(request, actor, error=str(wrong.message), reason=reason)
    messages.success(request, told)
    return redirect("insurer:stop")
