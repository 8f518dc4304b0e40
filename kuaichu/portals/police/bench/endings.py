"""What an officer may do with a case besides signing or handing it over, one form each on one page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kuaichu.cases.evidence import SHOTS
from kuaichu.desks.centre import errands
from kuaichu.desks.liability.bench import endings, removals, returns
from kuaichu.desks.liability.bench.returns import Missing
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Invalid
from kuaichu.people import factors
from kuaichu.people.posts import POSTS
from kuaichu.portals.police import drafting, ruling, signing
from kuaichu.portals.police.door import desk, surroundings
from kuaichu.portals.police.queue import open_next
from kuaichu.portals.posting import form_of
from kuaichu.queries.fact_words import shot_name
from kuaichu.queries.officer_case import officer_case

ASKED = ("front", "rear", "contact", "plate", "damage", "sign", "wheels", "licence", "object", "other")
"""Kinds that an officer may ask for, in the order of the page; each has a drawing on the phone."""


@require_safe
@desk("liability.ask_evidence")
def endings_page(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    """All forms, filled with the facts of the draft where there are any."""
    return _page(request, actor, case_id, {})


def _page(request: HttpRequest, actor: Actor, case_id: UUID, errors: Mapping[str, str]) -> HttpResponse:
    found = officer_case(actor, case_id)
    kept, typed = drafting.draft_of(found), request.POST
    context = surroundings(request, actor, "queue") | {
        "found": found,
        "errors": errors,
        "which": typed.get("which", ""),
        "typed": typed,
        "facts_found": typed.get("facts_found", kept.get("facts_found", "")),
        "labels": [(p.label, _("Party %(label)s") % {"label": p.label}) for p in found.parties if p.phone],
        "shots": [(shot, shot_name(shot)) for shot in ASKED],
        "posts": [(post, POSTS[post].name) for post in errands.POSTS],
        "grounds": [(code, words()) for code, words in endings.GROUNDS.items()],
        "units": [(str(unit.pk), unit.name) for unit in endings.units(actor)],
        "factor_fresh": ruling.factor_fresh(request, actor.city),
        "has_codes": factors.has_codes(request.user.pk),
    }
    return render(request, "police/bench/endings.html", context, status=422 if errors else 200)


@form_of("police:endings", "case_id")
@desk("liability.ask_evidence")
def end(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    """Do what the form says (`which`) and open the next case; what cannot be done comes back marked."""
    officer_case(actor, case_id)
    doing = _DOING.get(request.POST.get("which", ""))
    if doing is None:
        return _page(request, actor, case_id, {})
    try:
        told = doing(request, actor, case_id)
    except Invalid as refusal:
        return _page(request, actor, case_id, {name: str(text) for name, text in refusal.fields.items()})
    messages.success(request, told)
    if request.POST["which"] == "call_in":
        return redirect("police:ruling", case_id=case_id)
    return open_next(request, actor)


def _ask(request: HttpRequest, actor: Actor, case_id: UUID) -> str:
    form = request.POST
    missing = Missing(form.get("label", ""), form.get("shot", ""), form.get("words", ""))
    if missing.shot not in SHOTS:
        raise Invalid(_("Choose one of the kinds."), fields={"shot": _("Choose one of the kinds.")})
    returns.ask(actor, case_id, missing)
    return _("Asked for. The case comes back to you when the photograph is there.")


def _certify(request: HttpRequest, actor: Actor, case_id: UUID) -> str:
    signing.prove(request, actor, request.POST.get("code", ""))
    endings.certify_facts(
        actor, case_id, facts_found=request.POST.get("facts_found", ""),
        reasons=request.POST.get("unclear", ""), factor_fresh=True,
    )  # fmt: skip
    return _("The certificate of facts goes out by itself.")


def _refuse(request: HttpRequest, actor: Actor, case_id: UUID) -> str:
    signing.prove(request, actor, request.POST.get("code", ""))
    ground, reasons = request.POST.get("ground", ""), request.POST.get("reasons", "")
    endings.refuse(actor, case_id, ground=ground, reasons=reasons, factor_fresh=True)
    return _("The written notice goes out by itself.")


def _transfer(request: HttpRequest, actor: Actor, case_id: UUID) -> str:
    given = request.POST.get("unit_id", "")
    known = {str(unit.pk) for unit in endings.units(actor)}
    if given not in known:
        text = _("Choose another unit of the traffic police.")
        raise Invalid(text, fields={"unit_id": text})
    endings.transfer(actor, case_id, unit_id=UUID(given))
    return _("The other unit has the case now, with its whole file.")


def _call_in(request: HttpRequest, actor: Actor, case_id: UUID) -> str:
    told = request.POST
    errands.call_in(actor, case_id, told.get("post", ""), why="asked", words=told.get("errand", ""))
    return _("The post sees to it. The case stays with you.")


def _remove(request: HttpRequest, actor: Actor, case_id: UUID) -> str:
    told = request.POST
    try:
        removals.remove(actor, case_id, unit=told.get("unit", ""), words=told.get("away", ""))
    except Invalid as refusal:
        fields = {{"words": "away"}.get(name, name): text for name, text in refusal.fields.items()}
        raise Invalid(refusal.message, fields=fields) from refusal
    return _("The case has left. Send the file from “Sent away”, and note its receipt there.")


_DOING: dict[str, Any] = {
    "remove": _remove,
    "call_in": _call_in,
    "evidence": _ask,
    "facts": _certify,
    "refuse": _refuse,
    "transfer": _transfer,
}
