"""Where a signed-in member of staff goes, and the demo's sign-in links."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from kuaichu.people import factors, posts
from kuaichu.people.field_roles import FIELD_ROLES
from kuaichu.people.models import Account
from kuaichu.portals import sessions
from kuaichu.portals.home.tokens import username_of

DESKS = (
    ("determination_officer", "police:queue"),
    ("dispatcher", "police:queue"),
    ("hotline", "police:calls"),
    ("video_officer", "police:calls"),
    ("supervisor", "police:wall"),
    ("unit_head", "police:seconds"),
    ("review_officer", "police:seconds"),
    ("mediator", "police:errands"),
    ("injury_clerk", "police:errands"),
    ("rescue_clerk", "police:errands"),
    ("administrator", "police:staff"),
    ("adjuster", "insurer:worklist"),
    *((role, "field:tasks") for role in FIELD_ROLES),
)


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Go to the desk of the first role that has one; others see a plain page of what their account is."""
    account: Any = request.user
    if not factors.enrolled(account.pk):
        return redirect("mfa_activate_totp")
    seat = sessions.seat_here(request)
    roles = posts.in_force(account.roles, seat.post) if seat else account.roles
    for role, name in DESKS:
        if role in roles and (address := _address(name)):
            return redirect(address)
    context = {
        "person_name": account.display_name or account.username,
        "sign_out_url": reverse("account_logout"),
    }
    return render(request, "home/desk.html", context)


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@require_safe
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """The password step of a demo account, by its link; the second factor is still asked for."""
    username = username_of(token) if settings.DEMO else None
    account = Account.objects.filter(username=username, is_active=True).first() if username else None
    if account is None:
        raise Http404
    if request.user.is_authenticated:
        logout(request)
    login = Login(user=account, redirect_url=reverse("home:desk"))
    answer: HttpResponse = perform_password_login(request, {"username": account.username}, login)
    return answer
