"""Refusals become answers; headers that keep browsers honest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.request import RawPostDataException
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from kuaichu.kernel.refusals import Invalid, Refusal
from kuaichu.portals.answers import answer, note_attempt

Next = Callable[[HttpRequest], HttpResponse]


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


NOTHING = "default-src 'none'; frame-ancestors 'none'"
"""The content policy of answers to programs: there is nothing in them to load."""


class _PagesOnly:
    """A middleware that the interface for programs does not need: it has tokens, no sessions and no forms."""

    inner = ""

    def __init__(self, get_response: Next) -> None:
        self._next = get_response
        self._inner: Any = import_string(self.inner)(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Through the middleware, or past it."""
        answered: HttpResponse = (self._next if _is_api(request) else self._inner)(request)
        return answered


class Contents(_PagesOnly):
    """What a page may load. The reference of the interface is a page too."""

    inner = "csp.middleware.CSPMiddleware"

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Through the middleware, or a policy that forbids all."""
        if not _is_api(request) or request.path.endswith("/docs"):
            whole: HttpResponse = self._inner(request)
            return whole
        answered = self._next(request)
        answered.setdefault("Content-Security-Policy", NOTHING)
        return answered


class Sessions(_PagesOnly):
    """Sessions of pages."""

    inner = "django.contrib.sessions.middleware.SessionMiddleware"


class Forms(_PagesOnly):
    """Protection of forms against other sites."""

    inner = "django.middleware.csrf.CsrfViewMiddleware"

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Refuse a form without its token."""
        if _is_api(request):
            return None
        refused: HttpResponse | None = self._inner.process_view(request, view, args, kwargs)
        return refused


class Users(_PagesOnly):
    """Who is signed in."""

    inner = "django.contrib.auth.middleware.AuthenticationMiddleware"


class Notices(_PagesOnly):
    """Messages for the next page."""

    inner = "django.contrib.messages.middleware.MessageMiddleware"


class Texts:
    """Refuses the one character that no text of the database may have (NUL), wherever it comes from.

    Nobody types it; programs that try doors send it. Bodies of the interface for programs are looked at by
    `api/contract.py::guarded`, after their size.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on, or say what was wrong with the address."""
        if "\0" in request.path_info or _holds_nul(request.GET):
            return _unreadable(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """The same for the form; one with files only when it was read before, because views may stream."""
        if request.method != "POST" or _is_api(request):
            return None
        wrong = False
        if request.content_type == "application/json":
            wrong = b"\\u0000" in request.body
        elif request.content_type == "application/x-www-form-urlencoded" or hasattr(request, "_files"):
            wrong = _holds_nul(request.POST)
        return _unreadable(request) if wrong else None


def _holds_nul(told: QueryDict) -> bool:
    return any("\0" in text for name, texts in told.lists() for text in (name, *texts))


def _unreadable(request: HttpRequest) -> HttpResponse:
    text = _("What was sent holds a character that no text may have. Enter it again by hand.")
    return answer(request, Invalid(text, code="unreadable"))


class Refusals:
    """Turns a refusal raised by a verb or query into its answer."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The answer to a refusal; other exceptions are defects and go on."""
        if isinstance(exception, RawPostDataException):  # a form where the body itself is read
            exception = Invalid(_("This address does not take a form."), code="unreadable")
        if not isinstance(exception, Refusal):
            return None
        note_attempt(request, exception)
        return answer(request, exception)


class SafeHeaders:
    """Headers for every answer: no personal page is cached, camera and position only for ourselves."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then add headers."""
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", "camera=(self), geolocation=(self), microphone=(self)")
        if not request.path.startswith("/static/"):
            response.setdefault("Cache-Control", "no-store")
        return response
