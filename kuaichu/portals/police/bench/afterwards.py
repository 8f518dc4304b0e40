"""After signing: a slip of the pen put right, or the officer steps aside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kuaichu.desks.liability.bench import corrections
from kuaichu.desks.liability.rechecks import anew
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Invalid, NotFound
from kuaichu.people import factors
from kuaichu.portals.police import ruling, signing
from kuaichu.portals.police.door import desk, surroundings
from kuaichu.portals.posting import form_of
from kuaichu.queries.officer_case import OfficerCase, officer_case


@require_safe
@desk("liability.correct")
def after_page(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    """The words of the certificate to be corrected, and the way out of an own ruling."""
    return _page(request, actor, case_id, {})


def _page(request: HttpRequest, actor: Actor, case_id: UUID, errors: Mapping[str, str]) -> HttpResponse:
    found = officer_case(actor, case_id)
    if found.row.status != found.row.Status.SIGNED or str(found.row.officer_id) != actor.id:
        raise NotFound(_("This is no ruling of yours."))
    context = surroundings(request, actor, "signed") | {
        "found": found,
        "fields": _fields(request, found, errors),
        "errors": errors,
        "which": request.POST.get("which", ""),
        "typed": request.POST,
        "factor_fresh": ruling.factor_fresh(request, actor.city),
        "has_codes": factors.has_codes(request.user.pk),
    }
    return render(request, "police/bench/afterwards.html", context, status=422 if errors else 200)


def _fields(request: HttpRequest, found: OfficerCase, errors: Mapping[str, str]) -> list[dict[str, Any]]:
    names = {"place": _("Place"), "facts_found": _("Facts found"), "reasons": _("Reasons")}
    names |= {f"name.{p.label}": _("Name of party %(label)s") % {"label": p.label} for p in found.parties}
    standing = corrections.standing(found.row)
    return [
        {
            "name": name,
            "label": label,
            "value": request.POST.get(name, standing[name]),
            "error": errors.get(name, ""),
            "long": name in ("facts_found", "reasons"),
        }
        for name, label in names.items()
    ]


@form_of("police:after", "case_id")
@desk("liability.correct")
def correct(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    """Put slips right; the new version goes to everybody."""
    try:
        signing.prove(request, actor, request.POST.get("code", ""))
        changes = {k: str(text).replace("\r\n", "\n") for k, text in request.POST.items()}
        corrections.correct(
            actor, case_id, changes=changes, why=request.POST.get("why", ""), factor_fresh=True
        )
    except Invalid as refusal:
        return _page(request, actor, case_id, {name: str(text) for name, text in refusal.fields.items()})
    messages.success(request, _("Corrected. The new version takes the place of the old one."))
    return redirect("police:done", case_id=case_id)


@form_of("police:after", "case_id")
@desk("liability.recuse")
def recuse(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    """Step aside: somebody else decides anew."""
    try:
        anew.recuse(actor, case_id, words=request.POST.get("words", ""))
    except Invalid as refusal:
        return _page(request, actor, case_id, {name: str(text) for name, text in refusal.fields.items()})
    messages.success(request, _("Another officer decides this case anew. The money waits."))
    return redirect("police:signed")
