"""The front page: report, find one's case again, verify a paper, and what is open now."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kuaichu.desks.documents import qr
from kuaichu.kernel import clock
from kuaichu.portals import sessions
from kuaichu.queries.open_now import opening

_LINK = re.compile(r"/([a-z])/([A-Za-z0-9_-]{16,64})(?:[/?#\s]|$)")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{24}")


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The first page anyone sees."""
    context = {
        "parts": len(sessions.own_parts(request)),
        "opening": opening(settings.DEFAULT_CITY, clock.now()),
        "menu": _menu(),
    }
    return render(request, "public/front.html", context)


def _menu() -> list[dict[str, str]]:
    entries = [
        (reverse("public:verify"), _("Verify a paper")),
        (reverse("public:library"), _("Rules of liability")),
        (reverse("account_login"), _("Staff sign-in")),
    ]
    if settings.DEMO:
        entries.append(("/parts", _("All parts of the look")))
    return [{"url": url, "label": label} for url, label in entries]


@require_POST
def follow(request: HttpRequest) -> HttpResponse:
    """Where a pasted link or a typed code leads: one's own case, or the verification of a paper."""
    given = request.POST.get("link", "").strip()[:600]
    if found := _LINK.search(given):
        return redirect(f"/{found[1]}/{found[2]}")
    if _TOKEN.fullmatch(given):
        return redirect(f"/j/{given}")
    if "/V/" in given.upper() or qr.read_code(given) is not None:
        return redirect(f"{reverse('public:verify')}?{urlencode({'q': given})}")
    told = _("This is neither a link from our message nor a code. Copy the whole link, or scan the QR code.")
    messages.warning(request, told)
    return redirect("public:front")
