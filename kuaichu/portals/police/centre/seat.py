"""Post and seat: sit down, get up, lock the screen, and say with whom one must have nothing to do."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kuaichu.desks.centre import items, seats
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Invalid, WrongState
from kuaichu.people import factors, interests
from kuaichu.portals import sessions
from kuaichu.portals.look import locking
from kuaichu.portals.police import door
from kuaichu.queries.seating import seating


@require_safe
@door.desk("centre.sit")
def post_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Where one may sit, where one sits, and what one has declared."""
    user: Any = request.user
    context = door.surroundings(request, actor, "post") | {
        "posts": seating(actor, user.roles),
        "seat": sessions.seat_here(request),
        "elsewhere": seats.own(user.pk) if sessions.seat_here(request) is None else None,
        "declared": interests.declared_by(user.pk),
        "kinds": interests.Kind.choices,
    }
    return render(request, "police/centre/post.html", context)


@require_POST
@door.desk("centre.sit")
def sit(request: HttpRequest, actor: Actor) -> HttpResponse:  # noqa: ARG001
    """Sit down at a post, which gives its powers and takes all others."""
    seat = sessions.sit(request, request.POST.get("post", ""), move_here="move" in request.POST)
    messages.success(request, _("You sit at seat %(number)s.") % {"number": seat.number})
    return redirect("home:desk")


@require_POST
@door.desk("centre.leave")
def leave(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Get up. A case in hand must be signed or given back first."""
    if items.mine(UUID(actor.id)) is not None:
        raise WrongState(_("You have a case in hand. Sign it or give it back first."), code="in_hand")
    seats.leave(actor)
    messages.info(request, _("Your seat is free for others."))
    return redirect("police:post")


@require_http_methods(["GET", "HEAD", "POST"])
def lock(request: HttpRequest) -> HttpResponse:
    """Lock the screen (POST `lock`), or open it again with the second factor: a code, or a touched key."""
    if not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?next={reverse('home:desk')}")
    user: Any = request.user
    if request.method == "POST" and "lock" in request.POST:
        locking.lock(request)
        return redirect("police:lock")
    back, errors = _back(request), {}
    if locking.LOCKED not in request.session:
        return redirect(back)
    if locking.proven_since(request):
        return _opened(request, back)
    if request.method == "POST":
        try:
            factors.prove(request, request.POST.get("code", ""))
        except Invalid as refusal:
            errors = refusal.fields
        else:
            return _opened(request, back)
    context = {
        "back": back, "errors": errors, "person_name": user.display_name or user.username,
        "has_codes": factors.has_codes(user.pk), "here": request.get_full_path(),
        "sign_out_url": reverse("account_logout"),
    }  # fmt: skip
    return render(request, "police/centre/lock.html", context, status=422 if errors else 200)


def _opened(request: HttpRequest, back: str) -> HttpResponse:
    locking.unlock(request)
    _seen(request)
    return redirect(back)


def _back(request: HttpRequest) -> str:
    told = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(told, allowed_hosts={request.get_host()})
    return told if safe else reverse("home:desk")


def _seen(request: HttpRequest) -> None:
    seat = sessions.seat_here(request)
    if seat is not None:
        seats.seen(seat)


@require_POST
@door.desk("centre.sit")
def pause(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The lot passes this seat until the next key for a case."""
    seats.set_ready(actor, ready=False)
    messages.info(request, _("The lot passes you until you ask for the next case."))
    return redirect("police:queue")


@require_POST
@door.desk("people.declare_interest")
def declare(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Declare an interest."""
    interests.declare(actor, request.POST.get("kind", ""), request.POST.get("value", ""))
    messages.success(request, _("Noted. Cases with it never reach you."))
    return redirect("police:post")


@require_POST
@door.desk("people.declare_interest")
def retract(request: HttpRequest, actor: Actor, interest_id: UUID) -> HttpResponse:
    """Take a declaration back."""
    interests.retract(actor, interest_id)
    messages.info(request, _("Taken back."))
    return redirect("police:post")
