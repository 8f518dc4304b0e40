"""Refusals become answers once: a designed page, an htmx fragment, or `application/problem+json`."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kuaichu.kernel.refusals import Refusal


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
    wants_json = request.path.startswith(("/api/", "/oauth/")) or "json" in request.headers.get("Accept", "")
    return problem(refusal) if wants_json else page(request, refusal)
