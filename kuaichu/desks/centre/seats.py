"""Seats: somebody sits down at a post, says when the next case may come, gets up, or was away too long."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kuaichu.desks.centre.models import Item, Seat, Shift
from kuaichu.desks.centre.rules import rules
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import Step, act_on
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.prepared import Prepared
from kuaichu.kernel.refusals import Invalid, NotAllowed, WrongState
from kuaichu.people.posts import POSTS

_SEATS = uuid.UUID("8a40d2f0-54a1-4f6e-9a06-2b7f4f1f7d31")
_MINE = Prepared(
    lambda account: Seat.objects.filter(account_id=account, status=Seat.Status.ON), UUID
)  # fmt: skip


@dataclass(frozen=True)
class Sat(Fact, name="centre.sat"):
    """Somebody sits at a post."""

    seat_id: str
    account_id: str
    post: str
    number: int


@dataclass(frozen=True)
class Left(Fact, name="centre.left"):
    """A seat is free again. `why`: left, moved (another device), idle, signed_out."""

    seat_id: str
    account_id: str
    post: str
    why: str


def stream_of(city: str) -> UUID:
    """The stream of a city's seats."""
    return uuid.uuid5(_SEATS, city)


def mark(session_key: str) -> str:
    """What is kept of a session, to know it again."""
    return hashlib.sha256(session_key.encode()).hexdigest()


def alive(seat: Seat) -> bool:
    """Whether somebody was seen at this seat within the city's idle time."""
    idle = timedelta(minutes=rules(seat.city).idle_minutes)
    return seat.status == Seat.Status.ON and clock.now() - seat.seen_at <= idle


def own(account_id: UUID, session: str = "") -> Seat | None:
    """The seat of an account, alive; with `session` only if it was taken in that one (a `mark`)."""
    seat = _MINE.first(account_id)
    if seat is None or not alive(seat) or (session and seat.session != session):
        return None
    return seat


def taken(city: str) -> list[Seat]:
    """The seats at which somebody sits now, by post and number."""
    rows = Seat.objects.filter(city=city, status=Seat.Status.ON).select_related("account")
    return [seat for seat in rows.order_by("post", "number") if alive(seat)]


def sit(
    actor: Actor,
    post: str,
    *,
    roles: Collection[str],
    session: str,
    device: str = "",
    move_here: bool = False,
) -> Seat:
    """Sit down at a free seat of `post`; again in the same session it is the same seat.

    Who sits elsewhere gets up there first: another post is a new seat, another device needs `move_here`.
    Raises Invalid for a post the city does not have, NotAllowed for somebody without its roles or shift,
    WrongState when every seat is taken or the account sits at another device.
    """
    if rules(actor.city).posts.get(post, 0) < 1:
        raise Invalid(_("There is no such post."), fields={"post": _("There is no such post.")})
    with act_on(actor, "centre.sit", stream_of(actor.city)) as step:
        _insist_fit(step, actor, post, roles)
        before = _MINE.first(UUID(actor.id))
        if before is not None and before.post == post and before.session == session and alive(before):
            step.already()
            return before
        if before is not None and before.post != post and alive(before):
            hand = Item.objects.filter(officer_id=UUID(actor.id), status=Item.Status.DRAWN, until=None)
            step.insist(
                not hand.exists(),
                _("You have a case in hand. Finish it or give it back before you change post."),
                code="case_in_hand", otherwise=WrongState,
            )  # fmt: skip
        if before is not None:
            elsewhere = before.session != session and alive(before) and not move_here
            step.insist(
                not elsewhere,
                _("You sit at another device. Move here, or get up there first."),
                code="other_device", otherwise=WrongState,
            )  # fmt: skip
            _end(before)
        seat = _take(actor, post, session, device[:80])
        step.record(Sat(seat_id=str(seat.pk), account_id=actor.id, post=post, number=seat.number))
    return seat


def _insist_fit(step: Step, actor: Actor, post: str, roles: Collection[str]) -> None:
    fits = post in POSTS and POSTS[post].roles & set(roles)
    step.insist(fits, _("None of your roles works at this post."), code="other_post")
    if rules(actor.city).shifts:
        now = clock.now()
        planned = Shift.objects.filter(
            account_id=UUID(actor.id), post=post, starts_at__lte=now, ends_at__gt=now
        )
        step.insist(planned.exists(), _("You have no shift at this post now."), code="no_shift")


def _take(actor: Actor, post: str, session: str, device: str) -> Seat:
    """A free seat of the post; one whose holder was idle too long counts as free."""
    rows = {seat.number: seat for seat in Seat.objects.filter(
        city=actor.city, post=post, status=Seat.Status.ON
    )}  # fmt: skip
    numbers = range(1, rules(actor.city).posts[post] + 1)
    free = next((n for n in numbers if n not in rows or not alive(rows[n])), None)
    if free is None:
        raise WrongState(_("Every seat of this post is taken."), code="no_seat")
    if free in rows:
        _end(rows[free])
    now = clock.now()
    try:
        with transaction.atomic():
            return Seat.objects.create(
                city=actor.city, post=post, number=free, account_id=UUID(actor.id), session=session,
                device=device, since=now, seen_at=now,
            )  # fmt: skip
    except IntegrityError as error:
        raise WrongState(_("Every seat of this post is taken."), code="no_seat") from error


def _end(seat: Seat) -> None:
    move(seat, Seat.Status.OFF)
    seat.ended_at, seat.ready = clock.now(), False
    seat.save()


def leave(actor: Actor, *, why: str = "left") -> None:
    """Get up; nothing happens to somebody who does not sit."""
    with act_on(actor, "centre.leave", stream_of(actor.city)) as step:
        seat = _MINE.first(UUID(actor.id))
        if seat is None:
            step.already()
            return
        _end(seat)
        step.record(Left(seat_id=str(seat.pk), account_id=actor.id, post=seat.post, why=why[:16]))


def release_idle(actor: Actor) -> int:
    """Free the seats whose holders were away too long; how many."""
    stale = [seat for seat in Seat.objects.filter(city=actor.city, status=Seat.Status.ON) if not alive(seat)]
    return sum(_release(actor, seat.pk) for seat in stale)


def _release(actor: Actor, seat_id: UUID) -> bool:
    with act_on(actor, "centre.release_seat", stream_of(actor.city)) as step:
        seat = Seat.objects.get(pk=seat_id)
        if seat.status != Seat.Status.ON or alive(seat):
            step.already()
            return False
        _end(seat)
        step.record(Left(seat_id=str(seat.pk), account_id=str(seat.account_id), post=seat.post, why="idle"))
    return True


def seen(seat: Seat) -> None:
    """Somebody works at this seat; written at most once a minute."""
    now = clock.now()
    if now - seat.seen_at > timedelta(minutes=1):
        Seat.objects.filter(pk=seat.pk).update(seen_at=now)


def set_ready(actor: Actor, ready: bool) -> None:
    """Say whether the next case may come. Raises NotAllowed for somebody who does not sit at a post."""
    seat = own(UUID(actor.id))
    if seat is None:
        raise NotAllowed(_("Take your seat at a post first."), code="no_seat")
    if seat.ready != ready:
        Seat.objects.filter(pk=seat.pk).update(ready=ready)


def set_locked(account_id: UUID, locked: bool) -> None:
    """The screen of a seat is locked or open again; a locked one is drawn for nothing."""
    values = {"locked": locked} | ({"ready": False} if locked else {})
    Seat.objects.filter(account_id=account_id, status=Seat.Status.ON).update(**values)
