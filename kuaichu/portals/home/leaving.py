"""Signing out: the seat is free for others at once, and what was in hand waits for somebody else."""

from __future__ import annotations

from typing import Any

from allauth.account.views import logout
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from kuaichu.desks.centre import seats
from kuaichu.kernel.refusals import Refusal
from kuaichu.portals import sessions


@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ask (GET), then get up and sign out (POST)."""
    if request.method == "POST":
        _get_up(request)
    answer: HttpResponse = logout(request)
    return answer


def _get_up(request: HttpRequest) -> None:
    user: Any = request.user
    if not user.is_authenticated or sessions.seat_here(request) is None:
        return
    try:
        seats.leave(sessions.staff_here(request), why="signed_out")
    except Refusal:
        return  # an account that was closed meanwhile: its seat ends with its idle time
