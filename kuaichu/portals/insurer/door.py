"""Who may come in: signed-in adjusters of an insurer, each to the claims of its own company."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import NotAllowed
from kuaichu.people import factors
from kuaichu.portals.look import locking
from kuaichu.portals.sessions import staff_here

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Actor, P], HttpResponse]
LASTS: Final = timedelta(hours=12)
"""A session of the insurers' own office ends with the working day; left alone it is locked long before."""
Door = Callable[Concatenate[HttpRequest, P], HttpResponse]


def adjusters(view: View[P]) -> Door[P]:
    """Open the page to adjusters; others are told that it is not theirs, visitors sign in first."""

    @wraps(view)
    def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        actor = staff_here(request)
        if not actor.insurer or not actor.may("claims.assess"):
            raise NotAllowed(_("This page is for the adjusters of an insurer."), code="no_adjuster")
        if not factors.enrolled(actor.id):
            return redirect("mfa_activate_totp")
        if locking.locked(request, actor.city):
            return locking.to_unlock(request)
        if not (request.method == "GET" and request.headers.get("HX-Request")):  # a page that renews itself
            locking.stay(request, LASTS)
        return view(request, actor, *args, **kwargs)

    return inner


def frame(request: HttpRequest, **more: Any) -> dict[str, Any]:
    """What every page of the desk shows around its content."""
    person: Any = request.user
    here = reverse("insurer:worklist")
    return {
        "home_url": here,
        "nav": [
            {
                "url": here, "label": _("Claims"), "icon": "list", "key": "g c",
                "count": more.get("open_count"), "current": request.path == here,
            },
            {
                "url": reverse("insurer:money"), "label": _("Money"), "icon": "bank", "key": "g m",
                "current": request.path == reverse("insurer:money"),
            },
            {"url": reverse("api:reference"), "label": _("Interface"), "icon": "document", "key": "g i"},
        ],
        "person_name": person.display_name or person.username,
        "role_name": person.organisation.name,
        "sign_out_url": reverse("account_logout"),
        **more,
    }  # fmt: skip
