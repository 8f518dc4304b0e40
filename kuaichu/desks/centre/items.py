"""Items: the centre's own list of what waits, kept from other desks' facts; for whom each one was drawn.

A row here decides nothing and stands for a row of another desk. Putting it up and taking it off is
bookkeeping of facts that are in the journal already; only the lot itself is a fact of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, models, transaction

from kuaichu.cases.models import Case
from kuaichu.desks.centre import ordering
from kuaichu.desks.centre.models import Item
from kuaichu.desks.centre.rules import rules
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.locks import locked
from kuaichu.kernel.moves import move
from kuaichu.kernel.prepared import Prepared

Kind, Status = Item.Kind, Item.Status
HIGHER: Final = "higher"
"""No post of the centre: what the next higher unit decides is listed, and never drawn here."""
POST_OF = {Kind.REVIEW: HIGHER}
"""Where each kind is worked; all others at the post of determination."""
LANE_HOURS = timedelta(hours=2)
"""So long after an accident on a road that nobody has said to be clear, it counts as blocked."""
REQUESTS = (Kind.REQUEST, Kind.RETURNED, Kind.ON_SITE)
"""Kinds that stand for a determination: asked for, back with its evidence, or left by who was there."""
_MINE = Prepared(lambda officer: Item.objects.filter(officer_id=officer, status=Status.DRAWN), UUID)
_SUBJECT = Prepared(
    lambda kind, subject: Item.objects.filter(kind=kind, subject_id=subject).exclude(status=Status.DONE),
    str,
    UUID,
)
_REQUEST = Prepared(
    lambda subject: Item.objects.filter(
        kind__in=["request", "returned", "on_site"], subject_id=subject
    ).exclude(status=Status.DONE),
    UUID,
)


@dataclass(frozen=True)
class Passed(Fact, name="centre.passed"):
    """Who was drawn did not come in time, or gave it back: it is drawn again. `why`: silent, given_back."""

    item_id: str
    officer_id: str
    round: int
    why: str


def put_up(
    case: Case,
    kind: str,
    subject_id: UUID,
    *,
    due_at: datetime,
    legal_at: datetime | None = None,
    post: str = "",
    shunned: Iterable[str] = (),
) -> Item:
    """Put something on the list, once while it is there."""
    known = _SUBJECT.first(str(kind), subject_id)
    if known is not None:
        return known
    why = first_reason(case)
    try:
        with transaction.atomic():
            return Item.objects.create(
                city=case.city, case=case, kind=kind, subject_id=subject_id,
                post=post or POST_OF.get(Kind(kind), "determination"), rank=0 if why else 1, why_first=why,
                opened_at=clock.now(), due_at=due_at, legal_at=legal_at, shunned=list(shunned),
            )  # fmt: skip
    except IntegrityError:  # put up at the same moment
        return Item.objects.exclude(status=Status.DONE).get(kind=kind, subject_id=subject_id)


def first_reason(case: Case) -> str:
    """Why a case goes before others: `hurt`, or `lane` while it blocks a road; empty otherwise."""
    if case.injury not in ("", "none"):
        return "hurt"
    fresh = clock.now() - case.happened_at < LANE_HOURS
    return "lane" if fresh and case.site == "road" and case.cleared_at is None else ""


def rank_again(case: Case) -> None:
    """The case has changed: its things may go before others now, or no longer."""
    why = first_reason(case)
    Item.objects.filter(case=case, status=Status.WAITING).update(rank=0 if why else 1, why_first=why)


def take_off(kind: str, subject_id: UUID) -> None:
    """What it stood for is done: off the list. Nothing happens when it is not there."""
    item = _SUBJECT.first(str(kind), subject_id)
    if item is not None:
        finish(item)


def finish(item: Item) -> None:
    """Off the list, unless it is already."""
    with locked(item.case_id):
        item = Item.objects.get(pk=item.pk)
        if item.status != Status.DONE:
            move(item, Status.DONE)
            item.done_at, item.until = clock.now(), None
            item.save()


def mine(account_id: UUID) -> Item | None:
    """What was drawn for somebody and is not done."""
    return _MINE.first(account_id)


def of_subject(kind: str, subject_id: UUID) -> Item | None:
    """The item that stands for a row of another desk, while it is on the list."""
    return _SUBJECT.first(str(kind), subject_id)


def of_request(subject: UUID) -> Item | None:
    """The item that stands for a determination, of whichever of REQUESTS, while it is on the list."""
    return _REQUEST.first(subject)


def waiting(city: str, posts: Collection[str] | None = None, *, limit: int = 0) -> list[Item]:
    """What waits for somebody, in the order of work; of these posts only, where they are named."""
    rows = Item.objects.filter(city=city, status=Status.WAITING)
    if posts is not None:
        rows = rows.filter(post__in=list(posts))
    now, patience = clock.now(), timedelta(minutes=rules(city).patience_minutes)
    rows = rows.select_related("case")
    if limit:  # the same order, said to the database
        starving = models.When(due_at__lt=now - patience, then=models.Value(-1))
        place = models.Case(starving, default=models.F("rank"), output_field=models.SmallIntegerField())
        rows = rows.order_by(place, "due_at", "id")[:limit]
    return ordering.in_order(rows, now, patience)


def any_waiting(city: str) -> bool:
    """Whether anything waits for somebody."""
    return Item.objects.filter(city=city, status=Status.WAITING).exists()


def open_up(item: Item) -> None:
    """Who was drawn has come: the time to come ends."""
    Item.objects.filter(pk=item.pk).update(until=None)


def pass_on(actor: Actor, item_id: UUID, *, at_round: int, why: str, shun: bool = True) -> bool:
    """Take a drawn item from who did not come or gave it back; nothing happens when that is settled."""
    item = Item.objects.get(pk=item_id)
    with act(actor, "centre.pass_on", item.case_id) as step:
        item = Item.objects.get(pk=item_id)
        came = item.until is None and why == "silent"
        if item.status != Status.DRAWN or item.round != at_round or came:
            step.already()
            return False
        officer = str(item.officer_id)
        move(item, Status.WAITING)
        item.officer_id, item.drawn_at, item.until = None, None, None
        if shun:
            item.shunned = [*item.shunned, officer]
        item.save()
        step.record(Passed(item_id=str(item.pk), officer_id=officer, round=at_round, why=why))
    return True
