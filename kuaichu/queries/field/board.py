"""The field as the centre sees it: who is on duty, and which tasks are under way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from kuaichu.cases.models import Case
from kuaichu.desks.dispatch.models import Duty, Task
from kuaichu.desks.dispatch.rules import rules
from kuaichu.desks.dispatch.tasks import ALIVE
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.people.models import Account
from kuaichu.queries.field.words import role_name
from kuaichu.queries.queue import insist_staff


@dataclass(frozen=True, slots=True)
class Post:
    """Somebody on duty; the centre sees since when and how fresh the position is, not the way."""

    duty: Duty
    role_words: str
    unit: str
    fresh: bool
    busy: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A task under way; `stuck` when so many declined or were silent that the centre should telephone."""

    task: Task
    case: Case
    who: str
    stuck: bool


@dataclass(frozen=True, slots=True)
class Board:
    """All of it."""

    posts: list[Post]
    rows: list[Row]


def board(viewer: Actor) -> Board:
    """The field of the viewer's city; raises NotAllowed for who does not work at the centre."""
    insist_staff(viewer)
    under_way = Task.objects.select_related("case").filter(city=viewer.city, status__in=ALIVE)
    alive = list(under_way.order_by("made_at")[:100])
    on = list(
        Duty.objects.select_related("account__organisation").filter(city=viewer.city, status=Duty.Status.ON)
    )
    names = _names(task.account_id for task in alive if task.account_id)
    busy = {task.account_id for task in alive}
    limit = rules(viewer.city).refusals
    return Board(
        posts=[_post(duty, busy) for duty in on],
        rows=[
            Row(
                task,
                task.case,
                names.get(task.account_id, "") if task.account_id else "",
                task.status == Task.Status.WAITING and len(task.shunned) >= limit,
            )
            for task in alive
        ],
    )


def _post(duty: Duty, busy: set[UUID | None]) -> Post:
    unit = duty.account.organisation
    since = timedelta(minutes=rules(duty.city).fresh_minutes)
    told = duty.positioned_at is not None and clock.now() - duty.positioned_at <= since
    return Post(duty, role_name(duty.role), unit.name if unit else "", told, duty.account_id in busy)


def _names(ids: Iterable[UUID]) -> dict[UUID, str]:
    accounts = Account.objects.select_related("organisation").in_bulk(list(ids))
    return {
        pk: f"{one.organisation.name if one.organisation else ''} {one.badge}".strip()
        for pk, one in accounts.items()
    }


def case_numbered(viewer: Actor, number: str) -> Case | None:
    """The case of this number in the viewer's city; raises NotAllowed for who does not work at the centre."""
    insist_staff(viewer)
    plain = "".join(number.split())[:32]
    return Case.objects.filter(city=viewer.city, number=plain).first() if plain else None
