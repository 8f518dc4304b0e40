"""Who sits where and does what: posts with their seats, for the page of posts and the wall."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kuaichu.desks.centre import seats
from kuaichu.desks.centre.models import Item, Seat
from kuaichu.desks.centre.rules import rules
from kuaichu.kernel.actors import Actor
from kuaichu.people.posts import POSTS

DRAWN_AT = "determination"
"""The post whose work comes by lot; who sits elsewhere just works."""
TONES = {"works": "info", "drawn": "wait", "free": "ok", "locked": "plain", "paused": "plain"}


@dataclass(frozen=True, slots=True)
class Sitting:
    """Somebody at a seat: works, drawn (not opened yet), free (waits for the lot), locked, paused."""

    number: int
    account_id: UUID
    name: str
    status: str

    @property
    def doing(self) -> str:
        """The status in words."""
        return {
            "works": _("at work"),
            "drawn": _("just drawn"),
            "free": _("free"),
            "locked": _("locked"),
            "paused": _("paused"),
        }[self.status]

    @property
    def tone(self) -> str:
        """The tone of its mark."""
        return TONES[self.status]


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post of the city: how many seats, who sits there now, whether the viewer may."""

    code: str
    name: Promise
    seats: int
    seen: tuple[Sitting, ...]
    fits: bool

    @property
    def free(self) -> int:
        """Seats nobody sits at."""
        return max(0, self.seats - len(self.seen))


def seating(viewer: Actor, roles: Collection[str] = ()) -> list[PostRow]:
    """The posts of the viewer's city in the order of the centre; `roles` are the viewer's own."""
    now: dict[str, list[Sitting]] = {}
    drawn = Item.objects.filter(city=viewer.city, status=Item.Status.DRAWN)
    until = dict(drawn.values_list("officer_id", "until"))
    for seat in seats.taken(viewer.city):
        now.setdefault(seat.post, []).append(_sitting(seat, until))
    numbers, held = rules(viewer.city).posts, set(roles)
    return [
        PostRow(code, post.name, numbers[code], tuple(now.get(code, ())), bool(post.roles & held))
        for code, post in POSTS.items()
        if numbers.get(code)
    ]


def _sitting(seat: Seat, until: Mapping[UUID | None, object]) -> Sitting:
    if seat.account_id in until:
        status = "works" if until[seat.account_id] is None else "drawn"
    else:
        idle = "paused" if seat.post == DRAWN_AT else "works"
        status = "locked" if seat.locked else "free" if seat.ready else idle
    name = seat.account.display_name or seat.account.username
    return Sitting(seat.number, seat.account_id, name, status)
