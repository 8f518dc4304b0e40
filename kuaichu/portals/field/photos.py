"""Photographs that a helper takes at the scene, and looking at those of the case."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from uuid import UUID, uuid5

from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kuaichu.cases import evidence
from kuaichu.cases.capturing import SOURCES, device_of, quality_of
from kuaichu.cases.evidence import Capture
from kuaichu.cases.models import Evidence
from kuaichu.cases.shared_copies import shared_copy
from kuaichu.cases.viewing import SIZES, viewing_copy
from kuaichu.desks.dispatch import scenes, tasks
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Invalid, NotFound, Refusal
from kuaichu.portals.announcing import moment
from kuaichu.portals.answers import problem
from kuaichu.portals.field.door import field
from kuaichu.queries.field import tasks as field_tasks

AGAIN = frozenset({"cut_off", "hash_differs"})
"""What is answered by 408, so that the phone sends it again by itself."""


@require_http_methods(["PUT"])
@field()
def upload(request: HttpRequest, actor: Actor, task_id: UUID, shot: str, client_id: UUID) -> HttpResponse:
    """Take the bytes of one photograph; the same `client_id` may come any number of times."""
    return _answer(task_id, lambda: keep(actor, task_id, *_taken(request, client_id, shot)))


@require_http_methods(["PUT"])
@field()
def upload_item(
    request: HttpRequest, actor: Actor, task_id: UUID, item: str, client_id: UUID
) -> HttpResponse:
    """The same for a line of the scene record."""
    return _answer(task_id, lambda: keep(actor, task_id, *_taken(request, client_id, "other"), item))


def _answer(task_id: UUID, take: Callable[[], Evidence]) -> HttpResponse:
    try:
        kept = take()
    except Refusal as refusal:
        answer = problem(refusal)
        answer.status_code = 408 if refusal.code in AGAIN else refusal.status
        return answer
    thumb = reverse("field:photo", args=[task_id, kept.pk, "small"])
    return JsonResponse({"state": "sent", "sha256": kept.sha256, "thumb": thumb})


def _taken(request: HttpRequest, client_id: UUID, shot: str) -> tuple[Capture, bytes]:
    return _capture(request, client_id, shot), _body(request)


def keep(actor: Actor, task_id: UUID, capture: Capture, data: bytes, item: str = "") -> Evidence:
    """Keep a photograph of the case of this task, and note it in the scene record where `item` says so."""
    task = tasks.held(actor, task_id)
    kept = evidence.photograph(tasks.at_scene(actor, task.case_id), task.case_id, capture, data)
    if item:
        record = scenes.record_of(task)
        before = record.items.get(item, {}) if record is not None else {}
        state = before.get("state", "open")
        scenes.note_item(
            actor,
            task_id,
            item,
            state="done" if state == "open" else state,
            words=before.get("words", ""),
            photos=[kept.pk],
        )
    return kept


def _body(request: HttpRequest) -> bytes:
    """The body; raises Invalid (cut_off) when it is not whole."""
    try:
        body = request.body
    except UnreadablePostError:
        body = b""
    meant = request.headers.get("X-Content-SHA256", "").lower()
    if not body or (meant and meant != hashlib.sha256(body).hexdigest()):
        text = _("The photograph did not arrive whole. It is still on your phone; it is sent again.")
        raise Invalid(text, code="cut_off")
    return body


def _capture(request: HttpRequest, client_id: UUID, shot: str) -> Capture:
    said = request.headers
    latitude, longitude, accuracy = _numbers(said.get("X-Position", ""))
    source = said.get("X-Source", "gallery")
    return Capture(
        client_id=client_id,
        shot=shot,
        sha256=said.get("X-Content-SHA256", ""),
        source=source if source in SOURCES else "gallery",
        captured_at=moment(said.get("X-Captured-At", "")),
        lat=latitude,
        lon=longitude,
        accuracy_m=accuracy,
        device=device_of(said.get("X-Device-Info", "")),
        quality=quality_of(said.get("X-Quality", "")),
    )


def _numbers(text: str) -> tuple[float | None, float | None, float | None]:
    """Latitude, longitude and accuracy of `lat,lon,accuracy`; None for what is no number."""
    found: list[float | None] = []
    for part in [*text.split(","), "", "", ""][:3]:
        try:
            found.append(float(part))
        except ValueError:
            found.append(None)
    return found[0], found[1], found[2]


@require_POST
@field()
def send(request: HttpRequest, actor: Actor, task_id: UUID) -> HttpResponse:
    """A photograph by a plain form, without JavaScript: `slot` is a shot, or `item.<code>`."""
    slot, file = request.POST.get("slot", "other"), request.FILES.get("photo")
    if file is None:
        raise Invalid(_("Choose a photograph."), fields={"photo": _("Choose a photograph.")})
    shot, _dot, item = ("other", ".", slot[5:]) if slot.startswith("item.") else (slot, "", "")
    data = file.read()
    client_id = uuid5(task_id, f"{slot} {hashlib.sha256(data).hexdigest()}")  # the same form twice: one row
    keep(actor, task_id, Capture(client_id=client_id, shot=shot, source="gallery"), data, item)
    return redirect("field:scene" if item else "field:task", task_id)


@require_safe
@field(touch=False)
def photo(request: HttpRequest, actor: Actor, task_id: UUID, evidence_id: UUID, size: str) -> HttpResponse:
    """A copy of a photograph of the case; the original is never shown, the whole picture to police only."""
    if size not in SIZES:
        raise NotFound(_("There is no such photograph."))
    kept = field_tasks.photo(actor, task_id, evidence_id)
    copy = viewing_copy if kept.whole else shared_copy
    data = copy(kept.row, size)
    tag = f'"{hashlib.sha256(data).hexdigest()}"'
    known = request.headers.get("If-None-Match") == tag
    response = HttpResponse(status=304) if known else HttpResponse(data, content_type="image/jpeg")
    response["ETag"], response["Cache-Control"] = (
        tag,
        "private, no-cache",
    )  # asked again: who signed out sees nothing
    return response
