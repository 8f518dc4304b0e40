"""Designed answers to what goes wrong outside the verbs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from kuaichu.portals.look.views import refusal_page

CODES = {400: "unreadable", 403: "not_allowed", 404: "not_found", 500: "broken"}


def _answer(request: HttpRequest, status: int, text: str) -> HttpResponse:
    if request.path.startswith(("/api/", "/oauth/")):
        code = CODES[status]
        body = {"type": f"about:blank#{code}", "title": text, "status": status, "code": code}
        return JsonResponse(body, status=status, content_type="application/problem+json")
    return refusal_page(request, status, text=text)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """400."""
    return _answer(request, 400, _("This request could not be understood. Go back and try again."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """403."""
    return _answer(request, 403, _("You are not allowed to see this."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403 of the form protection: an old page was sent."""
    return _answer(request, 403, _("This page was open too long. Go back, reload it and send it again."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """404."""
    return _answer(request, 404, _("There is nothing here, or it is not yours."))


def broken(request: HttpRequest) -> HttpResponse:
    """500."""
    return _answer(
        request, 500, _("Something broke on our side. What you entered before is kept. Try again.")
    )
