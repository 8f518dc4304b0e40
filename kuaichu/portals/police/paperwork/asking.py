"""The papers of a case for its officer: open one, read a copy, or ask for one more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kuaichu.desks.documents.models import Paper
from kuaichu.desks.documents.ordering.catalogue import OFFICER, forms_of
from kuaichu.desks.documents.ordering.forms import Field, Sort
from kuaichu.desks.documents.ordering.orders import Asked
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.ids import new_id
from kuaichu.kernel.objects import read
from kuaichu.kernel.refusals import Invalid, NotFound
from kuaichu.people import factors
from kuaichu.portals.police import ruling, signing
from kuaichu.portals.police.door import READS, desk, surroundings
from kuaichu.portals.posting import form_of
from kuaichu.process.papering.asking import ask
from kuaichu.queries.officer_case import OfficerCase, officer_case
from kuaichu.queries.papering.copies import reading_pdf

ORDERS = "documents.order"


@require_safe
@desk(ORDERS)
def papers_page(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    """All papers of the case, and the form of the kind chosen (`?kind=`)."""
    return _page(request, actor, case_id, request.GET, {})


def _page(
    request: HttpRequest, actor: Actor, case_id: UUID, typed: Mapping[str, Any], errors: Mapping[str, str]
) -> HttpResponse:
    found = officer_case(actor, case_id)
    forms, kind = forms_of(OFFICER), str(typed.get("kind", ""))
    rows = _papers(found)
    form = forms.get(kind)
    context = surroundings(request, actor, "queue") | {
        "found": found,
        "papers": rows,
        "kinds": [(one, Paper.Kind(one).label) for one in forms],
        "kind": kind if form else "",
        "kind_name": Paper.Kind(kind).label if form else "",
        "notes": form.notes if form else "",
        "fields": [_field(one, found, rows, typed, errors) for one in form.fields] if form else [],
        "client_id": typed.get("client_id") or str(new_id()),
        "errors": errors,
        "which": "order",
        "factor_fresh": ruling.factor_fresh(request, actor.city),
        "has_codes": factors.has_codes(request.user.pk),
    }
    return render(request, "police/paperwork/asking.html", context, status=422 if errors else 200)


def _papers(found: OfficerCase) -> list[Paper]:
    return list(Paper.objects.filter(case=found.case).defer("facts").order_by("-numbered_at"))


def _field(
    one: Field, found: OfficerCase, papers: list[Paper], typed: Mapping[str, Any], errors: Mapping[str, str]
) -> dict[str, Any]:
    choices = {
        Sort.PARTY: [(p.label, _("Party %(label)s") % {"label": p.label}) for p in found.parties],
        Sort.PAPER: [(str(p.pk), f"{p.get_kind_display()} {p.number}") for p in papers if p.file_sha256],
        Sort.CHOICE: list(one.options),
    }
    return {
        "name": one.name,
        "label": one.words,
        "value": typed.get(one.name, ""),
        "error": errors.get(one.name, ""),
        "needed": one.needed,
        "hint": one.hint,
        "options": choices.get(one.sort),
        "long": one.sort in (Sort.LONG, Sort.LINES, Sort.AMOUNTS, Sort.PROMISES),
        "type": "datetime-local" if one.sort is Sort.MOMENT else "text",
    }


@form_of("police:paperwork", "case_id")
@desk(ORDERS)
def order(request: HttpRequest, actor: Actor, case_id: UUID) -> HttpResponse:
    """Ask for the paper; what cannot be made comes back with its fields marked."""
    typed = {name: str(value) for name, value in request.POST.items()}
    try:
        signing.prove(request, actor, typed.get("code", ""))
        ask(
            actor,
            case_id,
            Asked(typed.get("kind", ""), typed, _id(typed.get("client_id", ""))),
            factor_fresh=True,
        )
    except Invalid as refusal:
        errors = {name: str(text) for name, text in refusal.fields.items()}
        return _page(request, actor, case_id, typed, errors)
    messages.success(request, _("Asked for. The paper is made, sealed and stands here in a moment."))
    return redirect("police:paperwork", case_id=case_id)


def _id(text: str) -> UUID:
    """What makes a repeated tap the same order; a form without it is an order of its own."""
    try:
        return UUID(text)
    except ValueError:
        return new_id()


@require_safe
@desk(*READS)
def file(request: HttpRequest, actor: Actor, case_id: UUID, paper_id: UUID) -> HttpResponse:
    """The sealed file of a paper, or with `?copy=` a reading copy (bilingual, large)."""
    found = officer_case(actor, case_id)
    paper = Paper.objects.filter(pk=paper_id, case=found.case).first()
    if paper is None or not paper.file_sha256:
        raise NotFound(_("There is no such paper in this case."))
    style = request.GET.get("copy", "")
    data = reading_pdf(paper, style) if style else read(paper.file_sha256)
    name = f"{paper.code}-{style}.pdf" if style else f"{paper.code}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type="application/pdf", headers=headers)
