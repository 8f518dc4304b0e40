"""Who is at the door: a member of staff by session, a party by its proven cookie or token."""

from __future__ import annotations

import hashlib
import time
from dataclasses import replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import logout
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from kuaichu.cases.helping import acting_for
from kuaichu.cases.models import Party
from kuaichu.cases.phones import actor_of
from kuaichu.desks.centre import seats
from kuaichu.desks.centre.models import Seat
from kuaichu.desks.dispatch import tasks
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.prepared import Prepared
from kuaichu.kernel.refusals import NotAllowed, NotFound, Refusal
from kuaichu.people import posts, signin
from kuaichu.people.roles import grants

COOKIE = "kuaichu_parts"
SALT = "kuaichu.party"
MOST_PARTS = 12
AGE = 90 * 24 * 3600
DEVICE = "kuaichu_device"
BEGAN = "kuaichu_began"
SYSTEMS = ("Windows", "Android", "iPhone", "Macintosh", "Linux")
BROWSERS = ("Edg", "Firefox", "Chrome", "Safari")
_PARTY = Prepared(lambda pk: Party.objects.select_related("case").filter(pk=pk), UUID)


def party_token(party: Party) -> str:
    """The token by which an API client or browser acts as this party."""
    return signing.dumps([str(party.pk), party.session_version], salt=SALT)


def opened(token: str, salt: str, seconds: int) -> list[Any]:
    """What was signed into a token of at most this age; raises BadSignature."""
    value, signed_at = _opened(token, salt, settings.SECRET_KEY)
    if time.time() - signed_at > seconds:
        raise signing.SignatureExpired("too old")
    return value


@lru_cache(maxsize=8192)
def _opened(token: str, salt: str, key: str) -> tuple[list[Any], int]:
    """The same token comes with every request of a device: its signature is checked once."""
    value = signing.loads(token, key=key, salt=salt)
    return value, signing.b62_decode(token.rsplit(":", 2)[1])


def party_of_token(token: str) -> Party:
    """The party of a token; raises NotAllowed when it is forged, too old or was ended."""
    try:
        party_id, version = opened(token, SALT, AGE)
    except (signing.BadSignature, ValueError) as error:
        raise NotAllowed(_("Open the link in your message again."), code="token_invalid") from error
    party = _PARTY.first(UUID(party_id))
    if party is None or party.session_version != version:
        raise NotAllowed(_("Open the link in your message again."), code="token_invalid")
    return party


def _helped_here(request: HttpRequest, party_id: UUID) -> tuple[Party, Actor] | None:
    """The part that signed-in staff with a task in this case helps with; None for everybody else."""
    scene = _at_scene(request, _PARTY.first(party_id)) if _may_be_staff(request) else None
    if scene is None:
        return None
    party, actor = scene
    try:
        return party, acting_for(actor, party)
    except NotAllowed:
        return None


def _may_be_staff(request: HttpRequest) -> bool:
    """Whether it is worth asking: citizens have no session, or nobody in it."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated


def _at_scene(request: HttpRequest, party: Party | None) -> tuple[Party, Actor] | None:
    """Staff whose task in hand is in the case of this party."""
    if party is None:
        return None
    try:
        return party, tasks.at_scene(staff_here(request), party.case_id)
    except (NotFound, NotAllowed):
        return None


def remember(response: HttpResponse, request: HttpRequest, party: Party) -> None:
    """Let this browser act as `party` from now on, beside the parts it already holds.

    A helper's browser at the scene never becomes a party: it enters for the party, under its own name.
    """
    if _may_be_staff(request) and _at_scene(request, party) is not None:
        return
    tokens = [t for t in _tokens(request) if _party_id(t) != str(party.pk)][-MOST_PARTS + 1 :]
    response.set_signed_cookie(
        COOKIE,
        " ".join([*tokens, party_token(party)]),
        salt=SALT,
        max_age=AGE,
        httponly=True,
        secure=request.is_secure(),
        samesite="Lax",
    )


def _tokens(request: HttpRequest) -> list[str]:
    return (request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=AGE) or "").split()


def _party_id(token: str) -> str:
    try:
        return str(signing.loads(token, salt=SALT, max_age=AGE)[0])
    except (signing.BadSignature, ValueError):
        return ""


def own_parts(request: HttpRequest) -> list[Party]:
    """All parts this browser holds, newest first."""
    ids = [_party_id(t) for t in _tokens(request)]
    rows = {str(p.pk): p for p in Party.objects.select_related("case").filter(pk__in=[i for i in ids if i])}
    return [rows[i] for i in reversed(ids) if i in rows]


def party_here(request: HttpRequest, party_id: UUID) -> tuple[Party, Actor]:
    """The party this browser may act as; raises NotFound for anybody else's.

    Staff at the scene enter for a party that named them as its helper: the actor is then the member of staff.
    """
    helped = _helped_here(request, party_id)
    if helped is not None:
        return helped
    for token in _tokens(request):
        if _party_id(token) == str(party_id):
            party = party_of_token(token)
            return party, actor_of(party)
    raise NotFound(_("There is no such case, or it is not yours."))


def staff_here(request: HttpRequest) -> Actor:
    """The signed-in member of staff, with the powers of the seat it sits at; raises NotAllowed for a visitor.

    Roles of the centre count only at their post. Who can sit nowhere else sits down by coming in.
    """
    user: Any = request.user
    if not user.is_authenticated or not _same_device(request):
        raise NotAllowed(_("Please sign in."), code="sign_in")
    seat = seat_here(request)
    actor = signin.staff(user, posts.in_force(user.roles, seat.post if seat else ""))
    return replace(actor, grants=actor.grants | grants(["staff"]))


def seat_here(request: HttpRequest) -> Seat | None:
    """The seat at which the signed-in member of staff sits in this very session, read once a request."""
    if not hasattr(request, "kuaichu_seat"):
        request.kuaichu_seat = _seat(request)  # type: ignore[attr-defined]
    found: Seat | None = request.kuaichu_seat  # type: ignore[attr-defined]
    return found


def _seat(request: HttpRequest) -> Seat | None:
    user: Any = request.user
    if not posts.fitting(user.roles):
        return None
    session = session_mark(request)
    began = request.session.setdefault(BEGAN, clock.now().timestamp())
    seat = seats.own(user.pk)
    if seat is not None and seat.session == session:
        return seat
    if seat is not None and began <= seat.since.timestamp():
        return None  # somebody signed in anew elsewhere: the newest session has the seat
    only = posts.only_post(user.roles)
    post = seat.post if seat is not None else only.code if only is not None else ""
    if not post:
        return None
    try:
        return sit(request, post, move_here=True)
    except Refusal:
        return None


def sit(request: HttpRequest, post: str, *, move_here: bool = False) -> Seat:
    """Sit down at a post in this session; refusals as `seats.sit`."""
    user: Any = request.user
    actor = signin.staff(user)
    seat = seats.sit(
        replace(actor, grants=grants(["staff"])), post, roles=user.roles, session=session_mark(request),
        device=machine(request), move_here=move_here,
    )  # fmt: skip
    request.kuaichu_seat = seat  # type: ignore[attr-defined]
    return seat


def session_mark(request: HttpRequest) -> str:
    """By what a seat knows the session again."""
    return seats.mark(request.session.session_key or "")


def machine(request: HttpRequest) -> str:
    """The kind of browser and machine, in the words browsers use of themselves; for people to read."""
    told = request.headers.get("User-Agent", "")
    system = next((name for name in SYSTEMS if name in told), "")
    browser = next((name for name in BROWSERS if name in told), "")
    return " · ".join(part for part in (browser, system, request.META.get("REMOTE_ADDR", "")) if part)


def _same_device(request: HttpRequest) -> bool:
    """Whether the session is used where it began; elsewhere it ends at once, for whoever holds it."""
    told = hashlib.sha256(request.headers.get("User-Agent", "").encode()).hexdigest()[:16]
    if request.session.setdefault(DEVICE, told) == told:
        return True
    logout(request)
    return False
