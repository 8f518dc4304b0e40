"""Own words as sound: sending, hearing and taking back a recording of one's own part."""

from __future__ import annotations

import math
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kuaichu.cases import voices
from kuaichu.cases.models import Recording
from kuaichu.cases.voices import Voice
from kuaichu.kernel.objects import read
from kuaichu.kernel.prepared import find_one
from kuaichu.kernel.refusals import Invalid, NotFound, Refusal
from kuaichu.portals.answers import problem
from kuaichu.portals.citizen.holding import Held, held_part
from kuaichu.portals.ranges import ranged


def context(held: Held) -> dict[str, Any]:
    """What the recorder on a page needs; nothing for the blank part, which has no address to send to."""
    if held.blank:
        return {}
    own = voices.recordings_of(held.party)
    return {
        "recordings": own,
        "recorder": held.url("voices") if len(own) < voices.MOST_RECORDINGS else "",
        "most_seconds": voices.MOST_SECONDS,
    }


@held_part("GET")
def all_voices(_request: HttpRequest, held: Held) -> HttpResponse:
    """The page on which one speaks."""
    return redirect(held.url("question", ask="words"))


@held_part("GET", "PUT", "POST")
def voice(request: HttpRequest, held: Held, client_id: UUID) -> HttpResponse:
    """PUT keeps a recording (any number of times the same), GET plays it, POST takes it back."""
    if request.method == "PUT":
        return _keep(request, held, client_id)
    row = find_one(Recording, party_id=held.party.pk, client_id=client_id)
    if row is None:
        raise NotFound(_("There is no such recording in your part."))
    if request.method == "POST":
        voices.unspeak(held.actor, held.case.pk, row.pk)
        return redirect(held.url("question", ask="words"))
    return ranged(request, read(row.sha256), row.mime)


def _keep(request: HttpRequest, held: Held, client_id: UUID) -> HttpResponse:
    """What arrived incomplete is answered by 408, so that the page sends it again by itself."""
    told = Voice(
        client_id=client_id,
        sha256=request.headers.get("X-Content-SHA256", ""),
        seconds=_seconds(request.headers.get("X-Seconds", "")),
    )
    try:
        row = voices.speak(held.actor, held.case.pk, told, _body(request))
    except Refusal as refusal:
        answer = problem(refusal)
        answer.status_code = 408 if refusal.code in {"cut_off", "hash_differs"} else refusal.status
        return answer
    return JsonResponse({"sha256": row.sha256, "sm3": row.sm3, "received_at": row.received_at.isoformat()})


def _body(request: HttpRequest) -> bytes:
    """The body; raises Invalid when it broke off or is too large to be read at all."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > voices.MOST_BYTES:
        raise Invalid(_("This recording is too large. Two minutes are enough."), code="too_large")
    try:
        body = request.body
    except UnreadablePostError:
        body = b""
    if not body or len(body) != int(request.META.get("CONTENT_LENGTH") or 0):
        raise Invalid(_("The recording did not arrive whole. Send it again."), code="cut_off")
    return body


def _seconds(text: str) -> float | None:
    try:
        seconds = float(text)
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) else None
