"""Who may come in: signed-in people who go to the scene, with a second factor, while on duty or not idle."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kuaichu.desks.dispatch import duties
from kuaichu.desks.dispatch.models import Duty
from kuaichu.desks.dispatch.rules import rules
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.people import factors
from kuaichu.portals import sessions
from kuaichu.portals.look import locking
from kuaichu.queries.field.words import role_name

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Actor, P], HttpResponse]
Door = Callable[Concatenate[HttpRequest, P], HttpResponse]

IDLE = timedelta(minutes=15)


def field(*, touch: bool = True) -> Callable[[View[P]], Door[P]]:
    """Open the page to people who go to the scene; who has no second factor sets one up first.

    Off duty the session ends after 15 minutes without work. On duty it lasts as long as the duty: offers must
    reach a phone in a pocket, and the weighty acts ask for the second factor again. Off duty an idle session
    is locked as everywhere.
    """

    def wrap(view: View[P]) -> Door[P]:
        @wraps(view)
        def inner(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect(f"{reverse('account_login')}?next={request.get_full_path()}")
            actor = sessions.staff_here(request)
            role = duties.role_of(actor)
            if not factors.enrolled(actor.id):
                return redirect("mfa_activate_totp")
            duty = duties.own_duty(actor)
            if locking.locked(request, actor.city, by_time=duty is None):
                return locking.to_unlock(request)
            if touch:
                _stay(request, actor, duty)
            request.field_role, request.field_duty = role, duty  # type: ignore[attr-defined]
            return view(request, actor, *args, **kwargs)

        return inner

    return wrap


def _stay(request: HttpRequest, actor: Actor, duty: Duty | None) -> None:
    """Put off the end of the session."""
    left = IDLE
    if duty is not None:
        ends_at = duty.started_at + timedelta(hours=rules(actor.city).duty_hours)
        left = max(IDLE, ends_at - clock.now())
    locking.stay(request, left)


def role_here(request: HttpRequest) -> str:
    """The role of who has come in."""
    return str(request.field_role)  # type: ignore[attr-defined]


def duty_here(request: HttpRequest) -> Duty | None:
    """The duty of who has come in, None off duty."""
    found: Duty | None = request.field_duty  # type: ignore[attr-defined]
    return found


def surroundings(request: HttpRequest, actor: Actor, here: str) -> dict[str, Any]:
    """What every page of the field shows: menu, role, duty. `here` is the name of the current page."""
    rows = [("tasks", _("Tasks"), "list"), ("duty", _("Duty"), "clock"), ("card", _("My card"), "qr")]
    account: Any = request.user
    return {
        "menu": [(reverse(f"field:{name}"), label, icon, name == here) for name, label, icon in rows],
        "role_words": role_name(role_here(request)),
        "person_name": account.display_name or account.username,
        "duty": duty_here(request),
        "every": rules(actor.city).position_seconds,
        "home_url": reverse("field:tasks"),
        "sign_out_url": reverse("account_logout"),
    }
