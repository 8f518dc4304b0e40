"""Printing at the scene: the sealed paper on A4, a slip for a receipt printer, or the link by SMS instead."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kuaichu.kernel.actors import Actor
from kuaichu.kernel.objects import read
from kuaichu.people.masks import mask_phone
from kuaichu.portals.field.door import field, surroundings
from kuaichu.queries.field import printing


@require_safe
@field()
def papers(request: HttpRequest, actor: Actor, task_id: UUID) -> HttpResponse:
    """What can be printed, and whom a link can be sent."""
    case, rows, reachable = printing.printable(actor, task_id)
    context = surroundings(request, actor, "tasks") | {
        "case": case,
        "task_id": task_id,
        "papers": rows,
        "parties": [(p.label, mask_phone(p.phone)) for p in reachable],
    }
    return render(request, "field/papers.html", context)


@require_safe
@field()
def paper(_request: HttpRequest, actor: Actor, task_id: UUID, paper_id: UUID) -> HttpResponse:
    """The sealed file, shown by the phone, which prints it on A4."""
    row = printing.paper_of(actor, task_id, paper_id)
    headers = {
        "Content-Disposition": f'inline; filename="{row.code}.pdf"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(read(row.file_sha256), content_type="application/pdf", headers=headers)


@require_safe
@field()
def slip(request: HttpRequest, actor: Actor, task_id: UUID, paper_id: UUID) -> HttpResponse:
    """A page for receipt printers of 80 mm (58 mm fits too), and for A4."""
    found = printing.slip_of(actor, task_id, paper_id)
    context = {"slip": found, "check": f"{settings.BASE_URL}/v/"}
    return render(request, "field/slip.html", context)
