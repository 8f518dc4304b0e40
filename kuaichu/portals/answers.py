"""Refusals become answers once: a designed page, an htmx fragment, or `application/problem+json`.

What somebody tried who has no right to it is written down for who watches over the work.
"""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kuaichu.cases.models import Case, Party
from kuaichu.cases.phones import actor_of
from kuaichu.desks.claims.models import Claim
from kuaichu.desks.dispatch.models import Task
from kuaichu.desks.oversight import attempts
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import NotAllowed, NotFound, Refusal
from kuaichu.portals import sessions

logger = logging.getLogger(__name__)
OWNED: dict[str, Any] = {"case_id": Case, "party_id": Party, "task_id": Task, "claim_id": Claim}
"""Arguments of addresses that name something which belongs to somebody."""


def problem(refusal: Refusal) -> JsonResponse:
    """RFC 9457 problem document."""
    body: dict[str, Any] = {
        "type": f"about:blank#{refusal.code}",
        "title": str(refusal.message),
        "status": refusal.status,
        "code": refusal.code,
    }
    if refusal.fields:
        body["fields"] = {name: str(text) for name, text in refusal.fields.items()}
    return JsonResponse(body, status=refusal.status, content_type="application/problem+json")


def page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal as a page with a way on, or as a fragment for htmx."""
    if refusal.code == "sign_in":
        return redirect(f"/accounts/login/?next={request.path}")
    said = " ".join(str(text) for text in refusal.fields.values())
    context = {
        "refusal": refusal,
        "status": refusal.status,
        "title": refusal.message,
        "text": said or _("Go back to the page before, or call a person."),
    }
    template = "look/refusal_fragment.html" if request.headers.get("HX-Request") else "look/refusal.html"
    return render(request, template, context, status=refusal.status)


def answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The right kind of answer for this request."""
    program = request.path.startswith(("/api/", "/oauth/")) or request.content_type == "application/json"
    wants_json = program or "json" in request.headers.get("Accept", "")
    return problem(refusal) if wants_json else page(request, refusal)


def note_attempt(request: HttpRequest, refusal: Refusal) -> None:
    """Write down a refusal that means a wrong role, part, task or case. Never stands in the answer's way."""
    match = request.resolver_match
    code = refusal.code if isinstance(refusal, NotAllowed) else ""
    if isinstance(refusal, NotFound) and match is not None and _belongs(match.kwargs):
        code = attempts.FOREIGN
    if match is None or code not in attempts.WATCHED:
        return
    try:
        who = _who(request)
        if who is not None:
            attempts.note(who, door=match.view_name, code=code)
    except (Refusal, DatabaseError) as problem_of_noting:
        logger.warning("an attempt was not noted: %s", type(problem_of_noting).__name__)


def _belongs(named: dict[str, Any]) -> bool:
    """Whether the address names something that exists (so it is somebody else's)."""
    found = [(OWNED[key], UUID(str(value))) for key, value in named.items() if key in OWNED]
    return bool(found) and all(model.objects.filter(pk=value).exists() for model, value in found)


def _who(request: HttpRequest) -> Actor | None:
    """Who knocked: by token, by sign-in, or by the part this browser holds; None for a stranger."""
    shown: Any = getattr(request, "auth", None)
    actor = getattr(shown, "actor", shown)
    if isinstance(actor, Actor):
        return actor
    if request.path.startswith("/api/"):
        return None
    if request.user.is_authenticated:
        return sessions.staff_here(request)
    parts = sessions.own_parts(request)
    return actor_of(parts[0]) if parts else None
