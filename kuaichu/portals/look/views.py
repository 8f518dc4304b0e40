"""The living style page, sample pages of the base templates, and the pages of refusals and breakdowns."""

from collections.abc import Sequence
from typing import Final, TypedDict

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kuaichu.portals.look import styleguide

SAMPLES: Final = {
    "citizen": "look/sample/citizen.html",
    "console": "look/sample/console.html",
    "public": "look/sample/public.html",
    "print": "look/sample/print.html",
    "error-400": "",
    "error-403": "",
    "error-404": "",
    "error-500": "",
}


class Way(TypedDict):
    """A way on from an error page."""

    url: str
    label: str


@require_safe
def parts_page(request: HttpRequest) -> HttpResponse:
    """Show every part in every state; the browser tests photograph it."""
    return render(request, "look/parts_page.html", styleguide.parts())


@require_safe
def sample_page(request: HttpRequest, name: str) -> HttpResponse:
    """Show one base template filled with sample content."""
    if name not in SAMPLES:
        raise Http404
    if name.startswith("error-"):
        return refusal_page(request, int(name.removeprefix("error-")))
    return render(request, SAMPLES[name], styleguide.sample(name))


def refusal_page(
    request: HttpRequest,
    status: int,
    *,
    title: str = "",
    text: str = "",
    ways: Sequence[Way] = (),
    reference: str = "",
) -> HttpResponse:
    """Answer with the designed error page of `status`; words default to what fits the status."""
    usual_title, usual_text = _usual(status)
    return render(
        request,
        "look/error.html",
        {
            "status": status,
            "title": title or usual_title,
            "text": text or usual_text,
            "ways": list(ways),
            "reference": reference,
        },
        status=status,
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Answer 400 (`handler400`)."""
    return refusal_page(request, 400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Answer 403 (`handler403`)."""
    return refusal_page(request, 403)


def forgery_suspected(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer 403 for a stale or missing form token (`CSRF_FAILURE_VIEW`)."""
    return refusal_page(
        request,
        403,
        title=_("This page was open too long"),
        text=_("Go back, reload the page and send it again. What is stored on this phone is not lost."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Answer 404 (`handler404`)."""
    return refusal_page(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500 (`handler500`)."""
    return refusal_page(request, 500)


def _usual(status: int) -> tuple[str, str]:
    return {
        400: (
            _("This could not be read"),
            _("Something in the request was not as expected. Go back and try again."),
        ),
        403: (
            _("This is not yours to open"),
            _("Sign in with the right account, or use the link in your message."),
        ),
        404: (
            _("There is nothing here"),
            _("The link may be old or incomplete. Open it again from your message."),
        ),
        409: (
            _("Somebody was faster"),
            _("The case has moved on meanwhile. Reload to see where it stands."),
        ),
        502: (
            _("Another office does not answer"),
            _("What you entered is kept. We try again by ourselves."),
        ),
        503: (
            _("We are back in a moment"),
            _("The service is being looked after. What is on this phone is not lost."),
        ),
    }.get(
        status,
        (
            _("Something went wrong on our side"),
            _("What you entered is kept. Please try again in a moment."),
        ),
    )
