"""Check an evidence receipt: on the reader's own phone, also offline; without scripts, by the server."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from kuaichu.cases.receipt_text import CELLS, LONGEST_TEXT, SHOTS
from kuaichu.desks.documents import certificates
from kuaichu.portals import limits
from kuaichu.portals.public import rates
from kuaichu.queries.fact_words import shot_name
from kuaichu.queries.receipt_check import Answer, Checked, check

MOST_FILES = 12
MOST_BYTES = 40 * 2**20
TONES = {Answer.GENUINE: "ok", Answer.SIGNED: "warn"}


@csrf_exempt  # nothing is written; the page is kept on phones for weeks, so a form token in it would be stale
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponseBase:
    """The page; a form sent without scripts is checked here. It shows nothing of anybody: phones keep it."""
    if request.method != "POST":
        return _page(request)
    try:
        limits.take(rates.UPLOADS, request)
    except limits.TooMany as many:
        answer = _page(request, refused=_many(many.wait), status=429)
        answer["Retry-After"] = str(many.wait)
        return answer
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return _page(request, refused=_("Together the files are too large. Choose fewer."), status=413)
    return _page(request, found=_posted(request))


@require_safe
def scanned(request: HttpRequest, text: str) -> HttpResponseBase:
    """The address in a receipt's code, opened by any phone's camera."""
    try:
        limits.take(rates.LOOKUPS, request)
    except limits.TooMany as many:
        return _page(request, refused=_many(many.wait), status=429)
    return _page(request, found=check([text]), typed=text.upper())


def _posted(request: HttpRequest) -> Checked:
    words = request.POST.get("q", "")[: 2 * LONGEST_TEXT]
    given = request.FILES.get("file")
    if not words.strip() and given is not None:
        words = given.read(2 * LONGEST_TEXT).decode("utf-8", "replace")
    lines = [line for line in words.splitlines() if not line.strip().startswith("#")]
    photos = request.FILES.getlist("photos")[:MOST_FILES]
    return check(lines, [(one.name or "", one.read()) for one in photos])


def _many(wait: int) -> str:
    minutes = -(-wait // 60)
    return ngettext(
        "Too many tries from this network. Try again in %(n)d minute.",
        "Too many tries from this network. Try again in %(n)d minutes.",
        minutes,
    ) % {"n": minutes}


def _page(
    request: HttpRequest,
    *,
    found: Checked | None = None,
    typed: str = "",
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {"page": _data(), "typed": typed, "refused": refused, "shown": _shown(found) if found else None}
    return render(request, "public/receipt.html", context, status=status)


def _data() -> dict[str, Any]:
    """What the page needs to check by itself: published keys and words."""
    return {
        "keys": json.loads(certificates.keyset().jwks())["keys"],
        "shots": {shot: shot_name(shot) for shot in SHOTS.values()},
        "words": {**{answer: list(_words(answer)) for answer in _ANSWERS}, **_labels()},
    }


_ANSWERS = ("signed", "altered", "not_ours", "unreadable", "unable")


def _words(answer: str) -> tuple[str, str]:
    """What an answer is called and what it means."""
    return {
        "genuine": (
            _("Genuine and unchanged"),
            _("These photographs existed when it was sealed, and not one byte of the receipt has changed."),
        ),
        "signed": (
            _("Genuine and unchanged"),
            _(
                "Signed by the key of this installation: these photographs existed when it was sealed. "
                "Checked on this device, without asking anybody."
            ),
        ),
        "altered": (
            _("Changed or forged"),
            _("The signature does not fit what is written here. Do not rely on it."),
        ),
        "not_ours": (
            _("Not from here"),
            _("It was not signed by this installation. Check it on the page of the city that issued it."),
        ),
        "unreadable": (
            _("No receipt"),
            _("This is no evidence receipt, or a part of it is missing. Scan it again."),
        ),
        "unable": (
            _("This browser cannot check signatures"),
            _("Use a newer browser, or open the link in the code: then the server checks."),
        ),
    }[answer]


def _labels() -> dict[str, str]:
    return {
        "case": _("Case"),
        "number": _("Receipt no."),
        "sealed": _("Sealed"),
        "place": _("Place"),
        "cell": _("within about 1 km of %s° N, %s° E"),
        "photos": _("Photographs: %s"),
        "received": _("received %s"),
        "files": _("Your files"),
        "is": _("is the sealed photograph “%s”, unchanged"),
        "is_not": _("is none of the sealed photographs, or was changed (also by sending it through a chat)"),
        "scan": _("Scan with the camera"),
        "stop": _("Stop the camera"),
        "scanning": _("Hold the camera over the code."),
        "pieces": _("%s of %s codes read. Hold still."),
        "other_code": _("This code is no evidence receipt."),
        "no_camera": _("No camera here. Paste the text, or choose a file or a picture of the code."),
        "keep": _("Keep as a file"),
    }


def _shown(found: Checked) -> dict[str, Any]:
    """What the server's answer looks like."""
    title, meaning = _registered(found)
    tone = TONES.get(found.answer, "bad")
    if tone == "ok" and any(one.photo is None for one in found.files):
        tone = "warn"
    said = found.said
    cell = said.cell if said else None
    return {
        "answer": found.answer.value,
        "tone": tone,
        "mark": {"ok": "check", "warn": "alert", "bad": "stop"}[tone],
        "title": title,
        "meaning": meaning,
        "said": said,
        "photos": [(shot_name(SHOTS[p.letter]), p) for p in said.photos] if said else [],
        "cell": _labels()["cell"] % tuple(f"{one / CELLS:.2f}" for one in cell) if cell else "",
        "files": [(one, shot_name(SHOTS[one.photo.letter]) if one.photo else "") for one in found.files],
    }


def _registered(found: Checked) -> tuple[str, str]:
    if found.answer is Answer.SIGNED:
        return _("Signed by us, but not in our register"), _(
            "The signature is right, yet this installation has no such receipt. Ask the traffic police (122)."
        )
    return _words(found.answer.value)
