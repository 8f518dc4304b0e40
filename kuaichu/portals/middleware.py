"""Refusals become answers; headers that keep browsers honest."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from kuaichu.kernel.refusals import Refusal
from kuaichu.portals.answers import answer

Next = Callable[[HttpRequest], HttpResponse]


class Refusals:
    """Turns a refusal raised by a verb or query into its answer."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The answer to a refusal; other exceptions are defects and go on."""
        return answer(request, exception) if isinstance(exception, Refusal) else None


class SafeHeaders:
    """Headers for every answer: no personal page is cached, camera and position only for ourselves."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then add headers."""
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", "camera=(self), geolocation=(self), microphone=()")
        if not request.path.startswith("/static/"):
            response.setdefault("Cache-Control", "no-store")
        return response
