"""Protecting a scene: the list, kept line by line, and handing it over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kuaichu.desks.dispatch import scenes, tasks
from kuaichu.desks.dispatch.models import SceneRecord
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Invalid, WrongState
from kuaichu.portals.field.door import field, surroundings
from kuaichu.portals.posting import form_of
from kuaichu.queries.field.scenes import reasons, rows


@require_safe
@field()
def scene(request: HttpRequest, actor: Actor, task_id: UUID) -> HttpResponse:
    """The whole list."""
    return _page(request, actor, task_id, {}, "")


def _page(
    request: HttpRequest, actor: Actor, task_id: UUID, errors: dict[str, str], wrong: str
) -> HttpResponse:
    found = tasks.held(actor, task_id)
    record = scenes.record_of(found)
    context = surroundings(request, actor, "tasks") | {
        "task": found,
        "record": record,
        "rows": rows(record),
        "missing": len(scenes.missing_of(record)),
        "open": found.status in tasks.IN_HAND and not _frozen(record),
        "errors": errors,
        "wrong": wrong,
    }
    return render(request, "field/scene.html", context, status=422 if errors else 200)


def _frozen(record: SceneRecord | None) -> bool:
    return record is not None and record.status == SceneRecord.Status.FROZEN


@form_of("field:scene", "task_id")
@field()
def note(request: HttpRequest, actor: Actor, task_id: UUID, item: str) -> HttpResponse:
    """Keep one line; sent twice it stands once."""
    told = request.POST
    try:
        scenes.note_item(actor, task_id, item, state=told.get("state", ""), words=told.get("words", ""))
    except Invalid as refusal:
        return _page(request, actor, task_id, {n: str(t) for n, t in refusal.fields.items()}, item)
    except WrongState as refusal:
        messages.warning(request, str(refusal.message))
    response = redirect("field:scene", task_id)
    response["Location"] += f"#item-{item}"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@field()
def hand_over(request: HttpRequest, actor: Actor, task_id: UUID) -> HttpResponse:
    """Freeze the record and hand the scene over."""
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            return _handed(request, actor, task_id)
        except Invalid as refusal:
            errors = {name: str(text) for name, text in refusal.fields.items()}
        except WrongState as refusal:
            messages.warning(request, str(refusal.message))
            return redirect("field:task", task_id)
    found = tasks.held(actor, task_id)
    record = scenes.record_of(found)
    context: dict[str, Any] = surroundings(request, actor, "tasks") | {
        "task": found,
        "missing": [row for row in rows(record) if row.lacks],
        "reasons": reasons(),
        "receivers": _receivers(actor),
        "told": request.POST,
        "chosen": request.POST.getlist("reasons"),
        "errors": errors,
    }
    return render(request, "field/hand_over.html", context, status=422 if errors else 200)


def _handed(request: HttpRequest, actor: Actor, task_id: UUID) -> HttpResponse:
    told = request.POST
    scenes.hand_over(
        actor,
        task_id,
        to=told.get("to", ""),
        reasons=tuple(told.getlist("reasons")),
        why_missing=told.get("why_missing", ""),
    )
    text = _("Handed over, with the record. The parties are told. Stay until you are relieved.")
    messages.success(request, text)
    return redirect("field:task", task_id)


def _receivers(actor: Actor) -> list[tuple[str, str, str]]:
    """To whom this role may hand over."""
    if not actor.may("dispatch.hand_over"):
        return [("police_on_site", _("police officers come here"), "police")]
    return [
        ("general", _("the general procedure"), "document"),
        ("criminal", _("the criminal police"), "police"),
    ]
