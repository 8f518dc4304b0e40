"""The rehearsal: the real pages for nobody's part, on one's own phone, sent nowhere (R8)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from kuaichu.portals.citizen.holding import NOBODY

FIRST = "safety"


@require_safe
@gzip_page
def rehearse(request: HttpRequest) -> HttpResponse:
    """What a report is like, step by step in words and pictures, and the way into the rehearsal."""
    context = {"steps": _steps(), "first": reverse(f"citizen:{FIRST}", args=[NOBODY])}
    return render(request, "citizen/offline/try.html", context)


def _steps() -> list[tuple[str, str, str]]:
    """Pictogram, title and what is asked there."""
    return [
        ("ambulance", _("Is anybody hurt?"), _("If so, you call for help first. Everything else waits.")),
        ("pin", _("Where and when"), _("The phone finds the place; weather and light are one tap each.")),
        ("alert", _("A quick check"), _("Things an officer must look at, such as alcohol. Mostly none.")),
        ("vehicle-car", _("Your vehicle"), _("The plate is enough: it brings vehicle, owner and insurance.")),
        ("message", _("Your phone number"), _("A code by message shows that it is yours.")),
        (
            "camera",
            _("Three photographs"),
            _("From the front, from behind, and close. Then you clear the road."),
        ),
        ("users", _("What happened"), _("Four taps: what each of you was doing, and where you were hit.")),
        ("sign", _("The other side"), _("They tell their part on their own phone. Nobody has to sign.")),
    ]


@require_safe
@gzip_page
def ended(request: HttpRequest) -> HttpResponse:
    """The end of the rehearsal: how long it took, and what would come now."""
    return render(request, "citizen/offline/try_end.html")
