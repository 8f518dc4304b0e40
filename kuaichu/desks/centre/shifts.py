"""Shifts: who is planned at which post and when. With `[centre] shifts` nobody sits down without one."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.desks.centre.models import Shift
from kuaichu.desks.centre.rules import rules
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act_on
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.refusals import Invalid, NotFound
from kuaichu.people.models import Account
from kuaichu.people.posts import POSTS

_SHIFTS = uuid.UUID("c1f2c1c4-6a25-4b0a-a1d0-8d33f0b6b0a5")
LONGEST = timedelta(hours=12)


@dataclass(frozen=True)
class ShiftPlanned(Fact, name="centre.shift_planned"):
    """Somebody is planned at a post."""

    shift_id: str
    account_id: str
    post: str
    starts_at: str
    ends_at: str


@dataclass(frozen=True)
class ShiftCancelled(Fact, name="centre.shift_cancelled"):
    """A planned shift will not be."""

    shift_id: str
    account_id: str


def stream_of(city: str) -> UUID:
    """The stream of a city's shifts."""
    return uuid.uuid5(_SHIFTS, city)


def plan(actor: Actor, *, username: str, post: str, starts_at: datetime, hours: int) -> Shift:
    """Plan somebody of the city at a post, from a moment (aware) for 1 to 12 hours.

    Raises Invalid naming the field: an unknown account, a post none of its roles works at or that the city
    does not have, a shift that is over, or one that overlaps another of the same person.
    """
    if not 0 < hours <= LONGEST // timedelta(hours=1) or not 2000 <= starts_at.year <= 2100:
        raise _wrong("hours", _("A shift has 1 to 12 hours."))
    ends_at = starts_at + timedelta(hours=hours)
    rows = Account.objects.filter(username=username, organisation__city=actor.city, is_active=True)
    account = rows.first()
    if account is None:
        raise _wrong("username", _("There is no such account."))
    if post not in POSTS or not rules(actor.city).posts.get(post) or not POSTS[post].roles & {*account.roles}:
        raise _wrong("post", _("None of the roles of this account works at this post."))
    if ends_at <= clock.now():
        raise _wrong("starts_at", _("This shift is over already."))
    with act_on(actor, "centre.plan_shift", stream_of(actor.city)) as step:
        if Shift.objects.filter(account=account, starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
            raise _wrong("starts_at", _("This person has another shift at that time."))
        row = Shift.objects.create(
            city=actor.city, account=account, post=post, starts_at=starts_at, ends_at=ends_at
        )
        step.record(
            ShiftPlanned(str(row.pk), str(account.pk), post, starts_at.isoformat(), ends_at.isoformat())
        )
    return row


def _wrong(field: str, told: str) -> Invalid:
    return Invalid(told, fields={field: told})


def cancel(actor: Actor, shift_id: UUID) -> None:
    """Take a shift out of the plan. Raises NotFound for another city's."""
    with act_on(actor, "centre.plan_shift", stream_of(actor.city)) as step:
        row = Shift.objects.filter(pk=shift_id, city=actor.city).first()
        if row is None:
            raise NotFound(_("There is no such shift."))
        step.record(ShiftCancelled(str(row.pk), str(row.account_id)))
        row.delete()


def planned(city: str, *, days: int = 7) -> list[Shift]:
    """The shifts that run now or begin within so many days."""
    now = clock.now()
    rows = Shift.objects.filter(city=city, ends_at__gt=now, starts_at__lt=now + timedelta(days=days))
    return list(rows.select_related("account").order_by("starts_at", "post", "account__username")[:300])
