"""Photographs: the page, the raw upload that can be repeated, and looking at copies."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kuaichu.cases import evidence
from kuaichu.cases.capturing import device_of, quality_of
from kuaichu.cases.evidence import Capture
from kuaichu.cases.models import Evidence
from kuaichu.cases.shared_copies import may_see, shared_copy
from kuaichu.cases.viewing import SIZES, viewing_copy
from kuaichu.kernel.refusals import Invalid, NotFound, Refusal
from kuaichu.portals.announcing import moment
from kuaichu.portals.answers import problem
from kuaichu.portals.citizen import words
from kuaichu.portals.citizen.holding import Held, held_part
from kuaichu.portals.citizen.steps.plan import onward, show
from kuaichu.portals.citizen.steps.scene import position
from kuaichu.portals.citizen.steps.telling import answer_of, message_of, state_of, thumb_of
from kuaichu.queries.fact_words import shot_name


@held_part("GET", "POST", blank=True)
def photos(request: HttpRequest, held: Held) -> HttpResponse:
    """The slots of the city's rules and some more; without JavaScript each one is a plain form."""
    if request.method == "POST":
        return _take_form(request, held)
    wanted = held.rules.shots if held.first else ()
    newest = _newest(held)
    paper = ("form",) if held.case.source == "paper" else ()
    optional = [shot for shot in (*paper, *held.rules.shots, *words.MORE_SHOTS) if shot not in wanted]
    shown = {newest[shot].pk for shot in (*wanted, *optional) if shot in newest}
    context = {
        "slots": [_slot(held, shot, newest.get(shot)) for shot in wanted],
        "more": [_slot(held, shot, newest.get(shot)) for shot in optional],
        "missing": sum(1 for shot in wanted if shot not in newest),
        "onward": held.url("clear") if held.clearing == "clear" else onward(held, "photos"),
        "gallery": [_tile(held, p) for p in held.photos if p.pk not in shown and may_see(p, held.party)],
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
    return {
        p.shot: p
        for p in held.photos
        if p.party_id == held.party.pk or (held.first and may_see(p, held.party))
    }


def _slot(held: Held, shot: str, kept: Evidence | None) -> dict[str, Any]:
    guide, hint = words.GUIDES.get(shot, words.GUIDES["damage"])
    return {
        "shot": shot,
        "title": shot_name(shot),
        "guide": guide,
        "hint": hint,
        "state": state_of(kept) if kept else "todo",
        "message": message_of(kept) if kept else "",
        "thumb": thumb_of(kept, held.party.pk) if kept else "",
        "upload": f"{held.url('photos')}/{shot}",
    }


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
    return JsonResponse(answer_of(kept, held.party.pk))


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
        captured_at=moment(request.headers.get("X-Captured-At", "")),
        device=device_of(request.headers.get("X-Device-Info", "")),
        quality=quality_of(request.headers.get("X-Quality", "")),
        **where,
    )


@held_part("GET")
def picture(_request: HttpRequest, held: Held, evidence_id: UUID, size: str) -> HttpResponse:
    """A copy of a photograph of this case; never the original, of others what they share."""
    kept = next((p for p in held.photos if p.pk == evidence_id), None)
    if kept is None or size not in SIZES or not may_see(kept, held.party):
        raise NotFound(_("There is no such photograph in your case."))
    own = kept.party_id == held.party.pk
    response = HttpResponse((viewing_copy if own else shared_copy)(kept, size), content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=3600"
    return response
