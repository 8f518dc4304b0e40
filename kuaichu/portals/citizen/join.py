"""A link from a message or a code: what it is, proof of the phone, and into the part."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kuaichu.cases import helping, phones
from kuaichu.cases.models import Party
from kuaichu.kernel.refusals import Invalid, NotFound, WrongState
from kuaichu.people.masks import mask_phone
from kuaichu.portals import sessions
from kuaichu.portals.citizen.roads import holder
from kuaichu.portals.citizen.steps.behalf import HelperForm, cards
from kuaichu.portals.citizen.steps.phone import NumberForm, asked_number
from kuaichu.portals.citizen.steps.plan import blame
from kuaichu.portals.citizen.together import shared

OPEN = (Party.Status.INVITED, Party.Status.ABSENT)


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the link sees only what kind of link it is; the code on the phone opens the part.

    `?here` is the hand-over of a phone that both use, `?helper` names who enters for the invited one.
    """
    try:
        party = phones.follow_link(token)
    except NotFound as refusal:
        context = {"expired": refusal.code == "link_expired"}
        return render(request, "citizen/link_gone.html", context, status=404)
    if any(part.pk == party.pk for part in sessions.own_parts(request)):
        return redirect(_inside(party))
    if (page := holder.asked(request, party, token)) is not None:
        return page
    if "helper" in request.GET and party.status in OPEN:
        return _help(request, party, token)
    if request.method != "POST":
        return _hand_over(request, party) if "here" in request.GET else _show(request, party)
    return _enter(request, party) if "code" in request.POST else _send(request, party, token)


def _hand_over(request: HttpRequest, party: Party) -> HttpResponse:
    """The moment at which the phone changes hands."""
    giver = next(iter(shared.together(request, party)), None)
    back = reverse("citizen:other", args=[giver.pk]) if giver else reverse("citizen:mine")
    return render(request, "citizen/together/hand_over.html", {"back": back})


def _help(request: HttpRequest, party: Party, token: str) -> HttpResponse:
    """Name who helps the invited party; then the phone that answers for it is proven."""
    form = HelperForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            helping.help_party(phones.actor_of(party), party.case_id, party.pk, form.helper())
            return redirect("citizen:join", token)
        except Invalid as refusal:
            blame(form, refusal)
    context: dict[str, Any] = {"form": form, "number": party.case.number, **cards()}
    return render(request, "citizen/together/join_help.html", context, status=422 if form.is_bound else 200)


def _send(request: HttpRequest, party: Party, token: str) -> HttpResponse:
    form = NumberForm(request.POST)
    try:
        phones.ask_code(phones.actor_of(party), party.case_id, request.POST.get("phone", "").strip())
    except Invalid as refusal:
        form.is_valid()
        blame(form, refusal)
        return _show(request, party, form=form, send_error=str(refusal.message), status=422)
    except WrongState as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("A code is on its way. It arrives within a minute."))
    return redirect("citizen:join", token)


def _enter(request: HttpRequest, party: Party) -> HttpResponse:
    try:
        proven = phones.prove(phones.actor_of(party), party.case_id, request.POST["code"])
    except Invalid as refusal:
        return _show(request, party, code_error=str(refusal.fields.get("code", refusal.message)), status=422)
    response = redirect(_inside(proven))
    shared.share(request, proven)
    sessions.remember(response, request, proven)
    return response


def _inside(party: Party) -> str:
    fresh = party.label != "A" and party.status == Party.Status.JOINED and not party.statement
    return f"/p/{party.pk}/seen" if fresh else f"/p/{party.pk}"


def _show(
    request: HttpRequest,
    party: Party,
    *,
    form: NumberForm | None = None,
    send_error: str = "",
    code_error: str = "",
    status: int = 200,
) -> HttpResponse:
    wanted = "" if request.GET.get("number") else asked_number(party)
    context = {
        "number": party.case.number,
        "invited": party.label != "A" and party.status in OPEN,
        "masked": _masked(party),
        "sent_to": mask_phone(wanted) if wanted else "",
        "form": form or NumberForm(),
        "send_error": send_error,
        "code_error": code_error,
        "helper": helping.has_own_phone(party) is False,
        "helped": party.helper is not None,
    }
    return render(request, "citizen/join.html", context, status=status)


def _masked(party: Party) -> str:
    """The number a code goes to without being asked for, masked."""
    if not helping.has_own_phone(party):
        return mask_phone(helping.reach(party)) if helping.reach(party) else ""
    known = party.phone and (party.phone_proven_at or party.status == Party.Status.INVITED)
    return mask_phone(party.phone) if known else ""
