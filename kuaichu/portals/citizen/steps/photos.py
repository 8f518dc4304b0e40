"""Photographs: the page, the raw upload that can be repeated, and looking at copies."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kuaichu.cases import evidence
from kuaichu.cases.evidence import Capture
from kuaichu.cases.models import Evidence
from kuaichu.cases.viewing import SIZES, viewing_copy
from kuaichu.kernel import clock
from kuaichu.kernel.refusals import Invalid, NotFound, Refusal
from kuaichu.portals.answers import problem
from kuaichu.portals.citizen import words
from kuaichu.portals.citizen.holding import Held, held_part
from kuaichu.portals.citizen.steps.plan import onward, show
from kuaichu.portals.citizen.steps.scene import position
from kuaichu.queries.fact_words import shot_name


@held_part("GET", "POST")
def photos(request: HttpRequest, held: Held) -> HttpResponse:
    """The slots of the city's rules and some more; without JavaScript each one is a plain form."""
    if request.method == "POST":
        return _take_form(request, held)
    wanted = held.rules.shots if held.first else ()
    newest = _newest(held)
    optional = [shot for shot in (*held.rules.shots, *words.MORE_SHOTS) if shot not in wanted]
    shown = {newest[shot].pk for shot in (*wanted, *optional) if shot in newest}
    context = {
        "slots": [_slot(held, shot, newest.get(shot)) for shot in wanted],
        "more": [_slot(held, shot, newest.get(shot)) for shot in optional],
        "missing": sum(1 for shot in wanted if shot not in newest),
        "onward": onward(held, "photos"),
        "gallery": [_tile(held, photo) for photo in held.photos if photo.pk not in shown],
    }
    return show(request, held, "photos", "photos", context)


def _tile(held: Held, photo: Evidence) -> dict[str, Any]:
    return {
        "large": held.url("photo", evidence_id=photo.pk, size="large"),
        "small": held.url("photo", evidence_id=photo.pk, size="small"),
        "title": shot_name(photo.shot),
        "at": photo.received_at,
        "source": photo.source,
    }


def _newest(held: Held) -> dict[str, Evidence]:
    """The newest photograph of each slot; the first party's slots also show what others sent."""
    return {p.shot: p for p in held.photos if p.party_id == held.party.pk or held.first}


def _slot(held: Held, shot: str, kept: Evidence | None) -> dict[str, Any]:
    guide, hint = words.GUIDES.get(shot, words.GUIDES["damage"])
    return {
        "shot": shot,
        "title": shot_name(shot),
        "guide": guide,
        "hint": hint,
        "state": _state(kept) if kept else "todo",
        "message": _message(kept) if kept else "",
        "thumb": held.url("photo", evidence_id=kept.pk, size="small") if kept else "",
        "upload": f"{held.url('photos')}/{shot}",
    }


def _state(kept: Evidence) -> str:
    return "warn" if {"taken_before_accident", "taken_in_future"} & set(kept.remarks) else "sent"


def _message(kept: Evidence) -> str:
    if "taken_before_accident" in kept.remarks:
        return _(
            "Received. It seems to have been taken before the accident; please take a new one if you can."
        )
    if "taken_in_future" in kept.remarks:
        return _("Received. The clock of your phone seems to be wrong.")
    return _("Received at %(time)s") % {"time": f"{kept.received_at.astimezone(clock.CHINA):%H:%M:%S}"}


def _take_form(request: HttpRequest, held: Held) -> HttpResponse:
    """The plain form: the same file for the same slot is the same photograph, however often it is sent."""
    file = request.FILES.get("photo")
    if file is None:
        messages.error(request, _("Choose a photograph first."))
        return redirect(held.url("photos"))
    data, shot = file.read(), request.POST.get("slot", "other")
    name = f"{held.party.pk}/{shot}/{hashlib.sha256(data).hexdigest()}"
    try:
        evidence.photograph(
            held.actor, held.case.pk, Capture(client_id=uuid5(NAMESPACE_OID, name), shot=shot), data
        )
    except Invalid as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Photograph received: %(shot)s.") % {"shot": shot_name(shot)})
    return redirect(held.url("photos"))


@held_part("PUT")
def upload(request: HttpRequest, held: Held, client_id: UUID, shot: str = "") -> HttpResponse:
    """Take the bytes of one photograph. The same `client_id` may be sent any number of times.

    What arrived incomplete is answered by 408, so that the phone sends it again by itself.
    """
    try:
        capture = _capture(request, client_id, shot or request.GET.get("shot", ""))
        kept = evidence.photograph(held.actor, held.case.pk, capture, _whole_body(request))
    except Refusal as refusal:
        answer = problem(refusal)
        answer.status_code = 408 if refusal.code in {"cut_off", "hash_differs"} else refusal.status
        return answer
    return JsonResponse(
        {
            "evidence_id": str(kept.pk),
            "sha256": kept.sha256,
            "sm3": kept.sm3,
            "shot": kept.shot,
            "received_at": kept.received_at.isoformat(),
            "state": _state(kept),
            "message": _message(kept),
            "thumb": held.url("photo", evidence_id=kept.pk, size="small"),
        }
    )


def _whole_body(request: HttpRequest) -> bytes:
    """The body; raises Invalid (cut_off, hash_differs) when it is not what the phone meant to send."""
    try:
        body = request.body
    except UnreadablePostError:
        body = b""
    meant = request.headers.get("X-Content-SHA256", "").lower()
    short = not body or len(body) != int(request.META.get("CONTENT_LENGTH") or "0")
    if short or (meant and meant != hashlib.sha256(body).hexdigest()):
        text = _("The photograph did not arrive whole. It is still on your phone; it is sent again.")
        raise Invalid(text, code="cut_off" if short else "hash_differs")
    return body


def _capture(request: HttpRequest, client_id: UUID, shot: str) -> Capture:
    latitude, longitude, accuracy = ([*request.headers.get("X-Position", "").split(","), "", "", ""])[:3]
    where = position({"lat": latitude, "lon": longitude, "accuracy": accuracy})
    return Capture(
        client_id=client_id,
        shot=shot,
        sha256=request.headers.get("X-Content-SHA256", ""),
        source=request.headers.get("X-Source", "gallery"),
        captured_at=_moment(request.headers.get("X-Captured-At", "")),
        **where,
    )


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.CHINA)


@held_part("GET")
def picture(_request: HttpRequest, held: Held, evidence_id: UUID, size: str) -> HttpResponse:
    """A copy of a photograph of this case; the original is never shown."""
    kept = next((p for p in held.photos if p.pk == evidence_id), None)
    if kept is None or size not in SIZES:
        raise NotFound(_("There is no such photograph in your case."))
    response = HttpResponse(viewing_copy(kept, size), content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=3600"
    return response
