"""The idle lock: a session that nobody works in is locked until a second factor opens it.

Bound to the session, not to the seat: who gives up a seat, or has none, does not come around the lock. The
seat only shows it, so that the lot passes an empty chair.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from kuaichu.desks.centre import seats
from kuaichu.desks.centre.rules import rules
from kuaichu.kernel import clock
from kuaichu.people import signin

LOCKED: Final = "kuaichu_locked"
ACTIVE: Final = "kuaichu_active"
STEP: Final = 60.0
"""Seconds: what a session notes of itself is written at most so often."""


def stay(request: HttpRequest, lasts: timedelta) -> bool:
    """Note that somebody works here and put off the end of the session; whether it was time to write."""
    now = clock.now().timestamp()
    if now - request.session.get(ACTIVE, 0) <= STEP:
        return False
    request.session[ACTIVE] = now
    request.session.set_expiry(int(lasts.total_seconds()))
    return True


def locked(request: HttpRequest, city: str, *, by_time: bool = True) -> bool:
    """Whether this session is locked: by its holder, or, `by_time`, because nobody has worked in it."""
    if LOCKED in request.session:
        return True
    active = request.session.get(ACTIVE)
    away = active is not None and clock.now().timestamp() - active > rules(city).lock_minutes * 60
    if by_time and away:
        lock(request)
        return True
    return False


def lock(request: HttpRequest) -> None:
    """Lock it; the holder's seat shows it."""
    user: Any = request.user
    request.session.setdefault(LOCKED, clock.now().timestamp())
    seats.set_locked(user.pk, locked=True)


def unlock(request: HttpRequest) -> None:
    """Open it again; the caller has seen a second factor."""
    user: Any = request.user
    request.session.pop(LOCKED, None)
    request.session[ACTIVE] = clock.now().timestamp()
    seats.set_locked(user.pk, locked=False)


def proven_since(request: HttpRequest) -> bool:
    """Whether a second factor, such as a touched security key, was proven after the session was locked."""
    since = clock.now().timestamp() - request.session.get(LOCKED, 0)
    return signin.second_factor_fresh(request.session, timedelta(seconds=since))


def to_unlock(request: HttpRequest) -> HttpResponse:
    """The way to the page that opens the lock; what a page fetched by itself is loaded anew as a whole."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return redirect(f"{reverse('police:lock')}?{urlencode({'next': request.get_full_path()})}")
