"""One phone for both: whose hands it is in. Switching is a tap of its own; nobody acts for the other."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kuaichu.cases.models import Party
from kuaichu.portals import sessions

KEY: Final = "hands"
ACTS: Final = frozenset({"review", "ways", "agreement", "refused", "received", "payee", "rating", "withdraw"})
"""Pages whose forms stand for the person: they are taken only from the hands the phone was given to."""
PAGES: Final = frozenset({"document", "empty", ""})
"""What a browser says it wants when a person opens a page, through a service worker or not."""
FREE: Final = frozenset({"hand", "photo", "register", "timeline", "other_state", "paper", "voice"})


def share(request: HttpRequest, party: Party) -> None:
    """From now on the phone is in this party's hands, where this browser holds another part of the case."""
    if together(request, party):
        take(request, party)


def take(request: HttpRequest, party: Party) -> None:
    """Note into whose hands the phone was given."""
    hands = dict(request.session.get(KEY, {}))
    hands[str(party.case_id)] = str(party.pk)
    request.session[KEY] = hands


def together(request: HttpRequest, party: Party) -> list[Party]:
    """The other parts of the same case that this browser holds."""
    return [one for one in sessions.own_parts(request) if one.case_id == party.case_id and one.pk != party.pk]


def sharing(request: HttpRequest, party: Party) -> list[Party]:
    """The other parts between which this phone changes hands; none where it is not shared (no query then)."""
    return together(request, party) if in_hand(request, party) else []


def in_hand(request: HttpRequest, party: Party) -> UUID | None:
    """Whose hands the phone is in, in this case; None where it is not shared."""
    kept = request.session.get(KEY, {}).get(str(party.case_id), "")
    return UUID(kept) if kept else None


def turned_away(request: HttpRequest, party: Party) -> HttpResponse | None:
    """Where to go instead, when the phone is in the other party's hands: the page that hands it over.

    Only pages that a person opens, and the forms that stand for the person; what a page fetches by itself and
    what a phone sends later of its own accord goes on.
    """
    name = request.resolver_match.url_name if request.resolver_match else ""
    if name in FREE or request.headers.get("HX-Request"):
        return None
    opened = request.method == "GET" and request.headers.get("Sec-Fetch-Dest", "document") in PAGES
    if not opened and not (request.method == "POST" and name in ACTS):
        return None
    holder = in_hand(request, party)
    return None if holder in (None, party.pk) else redirect("citizen:hand", party.pk)
