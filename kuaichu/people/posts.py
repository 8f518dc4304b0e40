"""Posts of the remote centre: what each is for, and which roles act there.

A role of a post counts only while its holder sits at that post (one post, one power); a seat must be left
before somebody acts in another role. Roles of no post (patrol, administrator, an insurer's adjuster in the
own office) count without a seat, but not beside one. Eight posts by the description of a centre with more
than twenty seats; the kinds beyond the four named there are our own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Post:
    """One kind of seat. `bound` roles count nowhere but here; `welcome` ones may sit here too."""

    code: str
    name: Promise
    bound: frozenset[str]
    welcome: frozenset[str] = frozenset()

    @property
    def roles(self) -> frozenset[str]:
        """All roles that may sit here."""
        return self.bound | self.welcome


_ALL: Final = (
    Post("video", _("Video handling"), frozenset({"video_officer"})),
    Post("determination", _("Determining liability"), frozenset({"determination_officer"})),
    Post("dispatch", _("Dispatch"), frozenset({"dispatcher", "hotline"})),
    Post("mediation", _("Remote mediation"), frozenset({"mediator"})),
    Post("claims", _("Insurers' duty desk"), frozenset(), frozenset({"adjuster"})),
    Post("injury", _("Injuries and rescue fund"), frozenset({"injury_clerk"})),
    Post("rescue", _("Rescue and repair"), frozenset({"rescue_clerk"})),
    Post("supervision", _("Supervision"), frozenset({"supervisor"})),
)
POSTS: Final[dict[str, Post]] = {post.code: post for post in _ALL}
SEATED: Final[frozenset[str]] = frozenset().union(*(post.bound for post in _ALL))
"""Roles that count only at a seat."""


def fitting(roles: Iterable[str]) -> list[Post]:
    """The posts at which somebody with these roles may sit, in the order of the centre."""
    held = set(roles)
    return [post for post in _ALL if post.roles & held]


def in_force(roles: Collection[str], post: str) -> list[str]:
    """The roles that count now: at a post its own, without a seat (`post` empty) those bound to none."""
    if post:
        allowed = POSTS[post].roles if post in POSTS else frozenset[str]()
        return [role for role in roles if role in allowed]
    return [role for role in roles if role not in SEATED]


def only_post(roles: Collection[str]) -> Post | None:
    """The post of somebody who can sit nowhere else and has no other power; None if there is a choice."""
    posts = fitting(roles)
    return posts[0] if len(posts) == 1 and set(roles) <= posts[0].bound else None
