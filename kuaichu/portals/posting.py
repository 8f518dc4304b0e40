"""Addresses that only take forms: whoever comes to one by a link is led to the page of the form."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def form_of(page: str, key: str = "") -> Callable[[View[P]], View[P]]:
    """Take POST only; GET goes to `page`, whose address has the argument `key` of this one (or none).

    A form that comes back with its errors is shown under this address: changing the language or loading it
    again asks for it by GET.
    """

    def wrap(view: View[P]) -> View[P]:
        @wraps(view)
        def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method == "POST":
                return view(request, *args, **kwargs)
            if request.method in ("GET", "HEAD"):
                return HttpResponseRedirect(reverse(page, kwargs={key: kwargs[key]} if key else None))
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])

        return inner

    return wrap
