"""The centre's list follows the desks: what waits is put up, drawn by lot, opened, and taken off."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from kuaichu.cases import files, legal_deadlines, outcome
from kuaichu.cases.models import Case
from kuaichu.desks.centre import committing, drawing, items, seats
from kuaichu.desks.centre.models import Item, Seat
from kuaichu.desks.centre.rules import rules
from kuaichu.desks.liability import determinations
from kuaichu.desks.liability.bench import returns
from kuaichu.desks.liability.models import Determination
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.journal import afresh
from kuaichu.kernel.wirings import Event
from kuaichu.people import signin
from kuaichu.people.roles import system
from kuaichu.process import relisting, suiting
from kuaichu.queries.proposals import proposal_for

Kind, Status = Item.Kind, Determination.Status
AGAIN = 20
"""So many things that turn out not to wait any more are passed over at one go."""


@dataclass(frozen=True, slots=True)
class Work:
    """What an officer has in hand now: `subject_id` is the row of the desk that keeps this kind."""

    kind: str
    case_id: UUID
    subject_id: UUID


def next_for(actor: Actor, *, only: Collection[str] = ()) -> Work | None:
    """What was drawn for this officer, opened; None when nothing is, and then it may come at any moment.

    Asking says that one is free. What one holds already comes first. Raises NotAllowed for somebody who does
    not sit at a post, or without a valid qualification. Who does `only` some kinds has others drawn again.
    """
    held = Determination.objects.filter(officer_id=UUID(actor.id), city=actor.city, status=Status.TAKEN)
    row = held.first()
    if row is not None:
        return Work(Kind.REQUEST, row.case_id, row.pk)
    if actor.may("liability.take"):
        signin.insist_qualified(actor)
    seats.set_ready(actor, True)
    for _again in range(AGAIN):
        _settle(actor)
        item = items.mine(UUID(actor.id)) or _drawn_now(actor, only)
        if item is None:
            return None
        if only and item.kind not in only:
            items.pass_on(system(actor.city), item.pk, at_round=item.round, why="given_back")
            continue
        work = _open(actor, item)
        if work is not None:
            return work
    return None


def _drawn_now(actor: Actor, only: Collection[str]) -> Item | None:
    me = UUID(actor.id)

    def unfit(item: Item, pool: Mapping[UUID, Seat]) -> Mapping[UUID, str]:
        others = {me: "other_kind"} if only and item.kind not in only and me in pool else {}
        return {**suiting.unfit(item, pool), **others}

    drawing.draw(system(actor.city), unfit)
    return items.mine(me)


def _settle(actor: Actor) -> None:
    """What this officer has done with is off the list at once; the worker would come a moment later."""
    item = items.mine(UUID(actor.id))
    if item is not None and item.kind in items.REQUESTS:
        row = Determination.objects.filter(pk=item.subject_id).first()
        _follow(item, row)
    elif item is not None and item.kind in relisting.KINDS and relisting.over(item):
        items.finish(item)


def _follow(item: Item, row: Determination | None) -> None:
    """Make the item what its determination is."""
    if row is None or row.status not in (Status.WAITING, Status.TAKEN):
        items.finish(item)
    elif row.status == Status.WAITING and item.until is None and item.status == Item.Status.DRAWN:
        shun = str(item.officer_id) in row.shunned
        items.pass_on(system(item.city), item.pk, at_round=item.round, why="given_back", shun=shun)


def _open(actor: Actor, item: Item) -> Work | None:
    """Open what was drawn; None, and off the list, when it waits no more."""
    if item.kind in items.REQUESTS:
        row = determinations.take_drawn(actor, item.case_id, proposal_for)
        if row is None:
            items.finish(item)
            return None
    elif item.kind in relisting.KINDS and not relisting.open_up(actor, item):
        items.finish(item)
        return None
    items.open_up(item)
    return Work(item.kind, item.case_id, item.subject_id)


def queue_up(event: Event) -> None:
    """Somebody asks for a determination, or it came back: it waits, and is drawn for who is free."""
    assert event.case_id is not None
    put_up_request(event.case_id)
    recover(event.city)
    drawing.draw(system(event.city), suiting.unfit)


def queue_second_looks(event: Event) -> None:
    """A second look is wanted, or over: the list follows."""
    assert event.case_id is not None
    relisting.put_up_all(event.case_id)
    drawing.draw(system(event.city), suiting.unfit)


def recover(city: str) -> None:
    """Seats of people who went away are free, and what they had in hand waits again."""
    actor = system(city)
    seats.release_idle(actor)
    alive = Item.objects.filter(city=city).exclude(status=Item.Status.DONE)
    listed = alive.filter(kind__in=items.REQUESTS)
    waiting = Determination.objects.filter(city=city, status=Status.WAITING)
    for case_id in waiting.exclude(pk__in=listed.values("subject_id")).values_list("case_id", flat=True)[:50]:
        put_up_request(case_id)  # from before there was a list
    for item in alive.filter(status=Item.Status.DRAWN, until=None):
        assert item.officer_id is not None
        if seats.own(item.officer_id) is not None:
            continue
        if item.kind in relisting.KINDS:
            relisting.release(actor, item)
        else:
            determinations.release(actor, item.case_id, item.officer_id)
            put_up_request(item.case_id)


def idle_time(city: str) -> timedelta:
    """After how long it is looked whether who took a case is still there."""
    return 2 * timedelta(minutes=rules(city).idle_minutes)


def look_at_seat(event: Event) -> None:
    """Is the officer still there? If not, the case waits again."""
    with afresh():
        recover(event.city)
        drawing.draw(system(event.city), suiting.unfit)


def put_up_request(case_id: UUID) -> None:
    """Put the waiting determination of a case on the list, or follow what became of it."""
    row = determinations.alive_determination(case_id)
    known = items.of_request(row.pk) if row else None
    if row is None:
        return
    if known is not None:
        _follow(known, row)
    elif row.status == Status.WAITING:
        case = files.case(case_id)
        legal = legal_deadlines.due("SUMMARY_CERT", case.cleared_at or row.requested_at).at
        items.put_up(
            case, _kind_of(case, row), row.pk, due_at=row.due_at, legal_at=row.due_at if row.grade else legal,
            shunned=row.shunned,
        )  # fmt: skip


def _kind_of(case: Case, row: Determination) -> str:
    """Under which name a waiting determination stands on the list."""
    if case.procedure == outcome.SUMMARY:
        return Kind.ON_SITE
    answered = row.kept_for is not None and returns.newest_answer(row) is not None
    return Kind.RETURNED if answered else Kind.REQUEST


def take_off_request(event: Event) -> None:
    """The determination waits no more: off the list."""
    item = items.of_request(UUID(event.fact.determination_id))
    if item is not None:
        items.finish(item)


def came(event: Event) -> None:
    """An officer has taken it, whichever way: the time to come ends."""
    item = items.of_request(UUID(event.fact.determination_id))
    if item is not None and str(item.officer_id) == event.fact.officer_id:
        items.open_up(item)
    elif item is not None and item.status == Item.Status.WAITING:  # taken at the scene, without the lot
        items.finish(item)


def offer_time(city: str) -> timedelta:
    """How long a drawn case waits for its officer."""
    return timedelta(seconds=rules(city).offer_seconds)


def pass_on(event: Event) -> None:
    """Who was drawn did not come: drawn again, and who was silent is free no more until the next key."""
    with afresh():
        actor, fact = system(event.city), event.fact
        passed = items.pass_on(actor, UUID(fact.item_id), at_round=fact.round, why="silent")
        if passed:
            Seat.objects.filter(account_id=UUID(fact.officer_id), status=Seat.Status.ON).update(ready=False)
            drawing.draw(actor, suiting.unfit)


def draw_again(event: Event) -> None:
    """Somebody is free now, or something waits again."""
    with afresh():
        drawing.draw(system(event.city), suiting.unfit)


def rank_again(event: Event) -> None:
    """The road is free, or somebody is hurt after all: what waits in this case changes its place."""
    assert event.case_id is not None
    items.rank_again(files.case(event.case_id))


def commit_lot(event: Event) -> None:
    """A day is anchored: the lot of today and of tomorrow is bound."""
    today = clock.today()
    for day in (today, today + timedelta(days=1)):
        committing.commit(system(event.city), day)
