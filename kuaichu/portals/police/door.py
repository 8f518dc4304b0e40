"""Who may come in: signed-in staff of the centre, with a second factor, not idle for long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import NotAllowed
from kuaichu.people import factors
from kuaichu.portals import answers, sessions
from kuaichu.queries.queue import SEES_QUEUE

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Actor, P], HttpResponse]
Door = Callable[Concatenate[HttpRequest, P], HttpResponse]

IDLE = timedelta(minutes=15)
SEEN = "police_seen"


def desk(*verbs: str, touch: bool = True) -> Callable[[View[P]], Door[P]]:
    """Open the page to staff granted one of `verbs`.

    Each use puts off the end of the session by 15 minutes, but what a page fetches by itself does not
    (`touch=False`), so that an empty chair is signed out. Officers without a second factor set one up first.
    """

    def wrap(view: View[P]) -> Door[P]:
        @wraps(view)
        def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return _sign_in(request)
            actor = sessions.staff_here(request)
            if lacks_factor(actor):
                return redirect("mfa_activate_totp")
            if not any(actor.may(verb) for verb in verbs):
                raise NotAllowed(_("This page is for the police of the remote centre."), code="not_police")
            if touch:
                stay(request)
            return view(request, actor, *args, **kwargs)

        return inner

    return wrap


def lacks_factor(actor: Actor) -> bool:
    """Whether this is an officer who signs and has no second factor yet."""
    return actor.may("liability.determine") and not factors.enrolled(actor.id)


def stay(request: HttpRequest) -> None:
    """Put off the end of the session; written at most once a minute."""
    now = clock.now().timestamp()
    if now - request.session.get(SEEN, 0) > 60:
        request.session[SEEN] = now
        request.session.set_expiry(int(IDLE.total_seconds()))


def _sign_in(request: HttpRequest) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        return redirect(f"{reverse('account_login')}?next={request.get_full_path()}")
    if request.method == "GET":
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    text = _("You were signed out after 15 minutes without work. What you typed is kept in this window.")
    return answers.problem(_SignedOut(text, code="signed_out"))


class _SignedOut(NotAllowed):
    """The session has ended while a page was open."""

    status = 401


def surroundings(request: HttpRequest, actor: Actor, here: str) -> dict[str, Any]:
    """What the console's frame shows: menu, person, way out. `here` is the name of the current page."""
    account: Any = request.user
    return {
        "nav": [item for item in _menu(actor, here) if item],
        "person_name": account.display_name or account.username,
        "role_name": account.badge,
        "sign_out_url": reverse("account_logout"),
        "home_url": reverse("home:desk"),
        "actor": actor,
    }


def _menu(actor: Actor, here: str) -> list[dict[str, Any]]:
    centre = any(actor.may(verb) for verb in SEES_QUEUE)
    rows = [
        ("queue", "police:queue", _("Queue"), "list", "g q", centre),
        ("tasks", "field:tasks", _("Tasks"), "list", "g t", actor.may("dispatch.accept")),
        ("signed", "police:signed", _("Signed by me"), "sign", "g s", actor.may("liability.determine")),
        ("calls", "police:calls", _("Calls"), "phone", "g c", actor.may("cases.invite")),
        ("field", "police:field", _("On the road"), "route", "g f", centre),
        ("rights", "police:rights", _("Rights over data"), "lock", "g r", actor.may("oversight.answer")),
        ("wall", "police:wall", _("Wall"), "chart", "g w", centre),
        ("account", "mfa_index", _("My account"), "lock", "g a", True),
    ]
    return [
        {"url": reverse(name), "label": label, "icon": icon, "key": key, "current": code == here}
        for code, name, label, icon, key, shown in rows
        if shown
    ]
