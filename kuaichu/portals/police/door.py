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

from kuaichu.desks.centre import seats
from kuaichu.desks.centre.errands import WORK
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import NotAllowed
from kuaichu.people import factors, signin
from kuaichu.people.posts import POSTS
from kuaichu.portals import answers, sessions
from kuaichu.portals.look import locking
from kuaichu.queries.queue import SEES_QUEUE

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Actor, P], HttpResponse]
Door = Callable[Concatenate[HttpRequest, P], HttpResponse]

IDLE = timedelta(minutes=15)
SECONDS = ("liability.recheck", "liability.review", "liability.approve")
SERVES = "documents.note_service"
RULES = ("liability.determine", "liability.prepare")
"""Who works at the bench: deciding, or preparing for the accident section."""
READS = (*RULES, *SECONDS)


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
            if locking.locked(request, actor.city):
                return locking.to_unlock(request)
            if not any(actor.may(verb) for verb in verbs):
                return _no_power(request, verbs)
            if touch:
                stay(request)
            return view(request, actor, *args, **kwargs)

        return inner

    return wrap


def lacks_factor(actor: Actor) -> bool:
    """Whether this member of staff has no second factor yet: nobody works here without one."""
    return not factors.enrolled(actor.id)


def stay(request: HttpRequest) -> None:
    """Put off the end of the session and of the seat; written at most once a minute."""
    locking.stay(request, IDLE)
    seat = sessions.seat_here(request)
    if seat is not None:
        seats.seen(seat)


def _no_power(request: HttpRequest, verbs: tuple[str, ...]) -> HttpResponse:
    """Who would have the power at a post chooses a seat first; others are told that it is not theirs."""
    user: Any = request.user
    whole = signin.staff(user)
    if sessions.seat_here(request) is None and any(whole.may(verb) for verb in verbs):
        if request.method == "GET" and not request.headers.get("HX-Request"):
            return redirect("police:post")
        raise NotAllowed(_("Take your seat at a post first."), code="no_seat")
    raise NotAllowed(_("This page is for the police of the remote centre."), code="not_police")


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
        "role_name": _place(request) or account.badge,
        "sign_out_url": reverse("account_logout"),
        "home_url": reverse("home:desk"),
        "actor": actor,
        "sees_queue": any(actor.may(verb) for verb in SEES_QUEUE),
    }


def _place(request: HttpRequest) -> str:
    """At which post and seat the person sits; empty without one."""
    seat = sessions.seat_here(request)
    return f"{POSTS[seat.post].name} {seat.number}" if seat else ""


def _menu(actor: Actor, here: str) -> list[dict[str, Any]]:
    centre = any(actor.may(verb) for verb in SEES_QUEUE)
    rows = [
        ("queue", "police:queue", _("Queue"), "list", "g q", centre),
        ("tasks", "field:tasks", _("Tasks"), "list", "g t", actor.may("dispatch.accept")),
        ("seconds", "police:seconds", _("Second looks"), "eye", "g k", any(map(actor.may, SECONDS))),
        ("signed", "police:signed", _("Signed by me"), "sign", "g s", actor.may("liability.determine")),
        ("errands", "police:errands", _("Work of this post"), "list", "g n", any(map(actor.may, WORK))),
        ("removals", "police:removals", _("Sent away"), "external", "g e", actor.may("liability.transfer")),
        ("calls", "police:calls", _("Calls"), "phone", "g c", actor.may("cases.invite")),
        ("field", "police:field", _("On the road"), "route", "g f", centre),
        ("rights", "police:rights", _("Rights over data"), "lock", "g r", actor.may("oversight.answer")),
        ("risk", "police:risk", _("Closer looks"), "eye", "g y", actor.may("risk.clear")),
        ("attempts", "police:attempts", _("Refused attempts"), "alert", "g x", actor.may("oversight.answer")),
        ("deadlines", "police:deadlines", _("Deadlines"), "clock", "g d", centre),
        ("opinions", "police:opinions", _("Opinions compared"), "law", "g z", actor.may("oversight.answer")),
        ("service", "police:service", _("To hand over"), "document", "g j", actor.may(SERVES)),
        ("bundle", "police:bundle", _("Dispute bundle"), "download", "g b", actor.may("documents.bundle")),
        ("revoke", "police:revoke", _("Revoke a paper"), "stop", "g v", actor.may("documents.revoke")),
        ("wall", "police:wall", _("Wall"), "chart", "g w", centre),
        ("shifts", "police:shifts", _("Shifts"), "users", "g h", actor.may("centre.plan_shift")),
        ("staff", "police:staff", _("Staff"), "role-supervisor", "g p", actor.may("people.keep_accounts")),
        ("post", "police:post", _("Post and seat"), "role-officer", "g o", True),
        ("account", "mfa_index", _("My account"), "lock", "g a", True),
    ]
    return [
        {"url": reverse(name), "label": label, "icon": icon, "key": key, "current": code == here}
        for code, name, label, icon, key, shown in rows
        if shown
    ]
