"""Who is this? What the code on a helper's identity card means, for anybody who scans it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kuaichu.portals import sessions
from kuaichu.queries.field.cards import Card, Verdict, check
from kuaichu.queries.field.coming import waited_for


@require_safe
def identity(request: HttpRequest, token: str) -> HttpResponse:
    """Genuine, off duty, too old, revoked, or not ours.

    A browser that holds a part of a case is also told whether this person was sent there.
    """
    found = check(token)
    context = {
        "checked": found,
        "card": found.card,
        "sent": _sent_here(request, found.card),
        "verdict": found.verdict.value,
        "parts": sessions.own_parts(request)[:1],
    }
    status = 404 if found.verdict == Verdict.UNKNOWN else 200
    return render(request, "public/identity.html", context, status=status)


def _sent_here(request: HttpRequest, card: Card | None) -> Any:
    """The part of this browser whose case the person has a task in; None where there is none."""
    if card is None:
        return None
    parts = sessions.own_parts(request)
    return next((part for part in parts if waited_for(part.case_id, card.account_id)), None)
