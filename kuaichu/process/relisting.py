"""Second looks on the centre's list: who may have one, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from kuaichu.cases import files
from kuaichu.desks.centre import items
from kuaichu.desks.centre.models import Item, Seat
from kuaichu.desks.liability.models import Recheck
from kuaichu.desks.liability.rechecks import taking
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Refusal
from kuaichu.people.roles import system

_KIND: Final[dict[str, str]] = {
    Recheck.Kind.FOUR_EYES: Item.Kind.SECOND,
    Recheck.Kind.STATION: Item.Kind.STATION,
    Recheck.Kind.SAMPLE: Item.Kind.SAMPLE,
    Recheck.Kind.OBJECTION: Item.Kind.OBJECTION,
    Recheck.Kind.REVIEW: Item.Kind.REVIEW,
    Recheck.Kind.CORRECTION: Item.Kind.CORRECTION,
}
KINDS: Final = frozenset(_KIND.values())


def put_up_all(case_id: UUID) -> None:
    """Make the list agree with the second looks of a case."""
    for row in Recheck.objects.filter(case_id=case_id):
        kind = _KIND.get(row.kind)
        if kind is None:
            continue  # the head's, who sits at no post
        if row.status in taking.ALIVE:
            slip = row.kind == Recheck.Kind.CORRECTION
            own = [] if slip else [str(one) for one in _authors(row) if one]
            items.put_up(files.case(case_id), kind, row.pk, due_at=row.due_at, shunned=own)
            _let_go(kind, row)
        else:
            items.take_off(kind, row.pk)


def _let_go(kind: str, row: Recheck) -> None:
    """Who had opened the look and let go of it is not given it again."""
    opened = Item.objects.filter(kind=kind, subject_id=row.pk, status=Item.Status.DRAWN, until=None).first()
    if opened is not None and row.status == Recheck.Status.WAITING:
        items.pass_on(system(opened.city), opened.pk, at_round=opened.round, why="given_back")


def over(item: Item) -> bool:
    """Whether what a drawn item stands for is done with."""
    row = Recheck.objects.filter(pk=item.subject_id).first()
    return row is None or row.status not in (Recheck.Status.WAITING, Recheck.Status.TAKEN)


def unfit(item: Item, pool: Mapping[UUID, Seat]) -> dict[UUID, str]:
    """Who of these people must not look again: whose ruling it is, and other units' officers."""
    row = Recheck.objects.select_related("determination").filter(pk=item.subject_id).first()
    if row is None or row.status != Recheck.Status.WAITING:
        return dict.fromkeys(pool, "not_waiting")
    if row.kind == Recheck.Kind.CORRECTION:  # who signed corrects, and nobody else
        return {account: "other_ruling" for account in pool if account != row.determination.officer_id}
    found = {account: "own_ruling" for account in pool if account in _authors(row)}
    if row.unit_id is not None:
        foreign = {a for a, seat in pool.items() if seat.account.organisation_id != row.unit_id}
        found = dict.fromkeys(foreign, "other_unit") | found
    return found


def _authors(row: Recheck) -> set[UUID | None]:
    return {row.determination.officer_id, row.determination.prepared_by}


def release(actor: Actor, item: Item) -> None:
    """Who had opened the look has gone away: it waits for another officer."""
    assert item.officer_id is not None
    taking.release(actor, item.subject_id, item.officer_id)
    put_up_all(item.case_id)


def open_up(actor: Actor, item: Item) -> bool:
    """Take the second look that was drawn; False when it waits no more or cannot be this officer's."""
    try:
        taking.take(actor, item.subject_id)
    except Refusal:
        return False
    return True
