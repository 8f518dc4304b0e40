"""The front door of reporting, and the cases this browser holds."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kuaichu.cases import intake
from kuaichu.kernel.ids import new_id
from kuaichu.people import roles
from kuaichu.portals import sessions

SALT = "kuaichu.start"
HOURS = 24


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Show what to expect and the rights of a party; open the case when asked to.

    The hidden number makes a double tap one case. It is signed by us: a made-up one opens nothing of others.
    """
    if request.method == "POST":
        case_id = _case_id(request.POST.get("number", ""))
        if case_id is not None:
            _case, party = intake.open_case(roles.visitor(settings.DEFAULT_CITY), client_id=case_id)
            response = redirect("citizen:safety", party.pk)
            sessions.remember(response, request, party)
            return response
    number = signing.dumps(new_id().hex, salt=SALT)
    context = {"number": number, "again": request.method == "POST", "parts": sessions.own_parts(request)[:1]}
    return render(request, "citizen/start.html", context, status=422 if context["again"] else 200)


def _case_id(number: str) -> UUID | None:
    try:
        return UUID(signing.loads(number, salt=SALT, max_age=HOURS * 3600))
    except (signing.BadSignature, ValueError):
        return None


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The cases of this browser, newest first."""
    return render(request, "citizen/mine.html", {"parts": sessions.own_parts(request)})
