"""What a city may set about its remote centre: section `[centre]`."""

from __future__ import annotations

import msgspec

from kuaichu.kernel import city as cities
from kuaichu.people.posts import POSTS

SMALL = {"determination": 12, "dispatch": 6, "supervision": 4, "video": 2}
"""The seats of a centre whose city has said nothing."""
ERRANDS = {"rescue": 1, "injury": 8, "mediation": 24}


class CentreRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Seats by post, and clocks in the unit of their name.

    `offer_seconds`: how long a drawn case waits for its officer before it is drawn again. `idle_minutes`:
    after so long without work a seat is free for others; `lock_minutes`: after so long the screen is locked.
    `patience_minutes`: what is late by so much goes before everything else, so that nothing starves.
    `surge_minutes`: from this expected wait on the parties are offered to settle themselves first.
    `warn_hours`: so long before a legal period ends it is called out, at the latest when half of it is left.
    `shifts`: whether a seat may be taken only during a shift that was planned. `errand_hours`: within how
    many hours a post sees to what it was called in for, by post.
    """

    posts: dict[str, int] = msgspec.field(default_factory=lambda: dict(SMALL))
    offer_seconds: int = 60
    idle_minutes: int = 15
    lock_minutes: int = 10
    patience_minutes: int = 10
    surge_minutes: int = 15
    warn_hours: int = 24
    shifts: bool = False
    errand_hours: dict[str, int] = msgspec.field(default_factory=lambda: dict(ERRANDS))

    def __post_init__(self) -> None:
        """Refuse posts that do not exist and clocks that do not run (ValueError)."""
        unknown = sorted({*self.posts, *self.errand_hours} - set(POSTS))
        if unknown:
            raise ValueError(f"posts: there is no post {', '.join(unknown)}")
        clocks = (
            self.offer_seconds, self.idle_minutes, self.lock_minutes, self.warn_hours,
            *self.errand_hours.values(),
        )  # fmt: skip
        if min(clocks) < 1 or min(self.patience_minutes, self.surge_minutes, *self.posts.values()) < 0:
            raise ValueError("clocks and numbers of seats are positive")
        if self.lock_minutes > self.idle_minutes:
            raise ValueError("lock_minutes: a screen is locked before its seat is given up")


def rules(city: str) -> CentreRules:
    """The city's rules of its centre."""
    return cities.city(city).section("centre", CentreRules)


cities.declare("centre", CentreRules)
