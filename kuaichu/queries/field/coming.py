"""Who comes to a case, or has come: for its parties, its officer, and the line of what happens next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kuaichu.desks.dispatch import neutrality
from kuaichu.desks.dispatch.models import Duty, Task
from kuaichu.kernel.prepared import Prepared
from kuaichu.people.masks import mask_name
from kuaichu.people.models import Account
from kuaichu.queries.field.words import role_name

_TASKS = Prepared(
    lambda case_id: (
        Task.objects.filter(case_id=case_id).exclude(status=Task.Status.CANCELLED).order_by("-made_at")
    ),
    UUID,
)


@dataclass(frozen=True, slots=True)
class Comer:
    """Somebody who is sent, on the way, at the scene or was there; `name` with its given name masked.

    `insures` are labels of parties whom the person's employer insures (a specialist): a flag for everybody.
    """

    state: Task.Status
    role: str
    role_words: str
    name: str
    badge: str
    unit: str
    by: datetime | None
    since: datetime | None
    insures: tuple[str, ...]

    @property
    def expected(self) -> bool:
        """Whether this person is still on the way."""
        return self.state == Task.Status.ACCEPTED

    @property
    def there(self) -> bool:
        """Whether this person is at the scene."""
        return self.state == Task.Status.ARRIVED


def coming(case_id: UUID) -> list[Comer]:
    """Who comes or came, newest first; the caller has checked that the viewer may see the case."""
    held = [task for task in _TASKS.all(case_id) if task.status in _NAMED and task.account_id]
    accounts = Account.objects.select_related("organisation").in_bulk([t.account_id for t in held])
    return [_comer(task, accounts[task.account_id]) for task in held if task.account_id in accounts]


_NAMED = (Task.Status.ACCEPTED, Task.Status.ARRIVED, Task.Status.DONE)


def _comer(task: Task, account: Account) -> Comer:
    unit = account.organisation
    insurer = unit.code if unit is not None and unit.kind == unit.Kind.INSURER else ""
    return Comer(
        state=Task.Status(task.status),
        role=task.role,
        role_words=role_name(task.role),
        name=mask_name(account.display_name),
        badge=account.badge,
        unit=unit.name if unit is not None else "",
        by=task.due_at if task.status == Task.Status.ACCEPTED else None,
        since=task.arrived_at,
        insures=tuple(neutrality.flagged(insurer, task.case_id)),
    )


def alive(case_id: UUID) -> Task | None:
    """The newest task of a case that is not over."""
    over = (Task.Status.DONE, Task.Status.CANCELLED)
    return next((task for task in _TASKS.all(case_id) if task.status not in over), None)


def waited_for(case_id: UUID, account_id: UUID) -> bool:
    """Whether this person has the task of this case in hand."""
    in_hand = (Task.Status.ACCEPTED, Task.Status.ARRIVED)
    return Task.objects.filter(case_id=case_id, account_id=account_id, status__in=in_hand).exists()


def on_duty(account_id: UUID) -> Duty | None:
    """The duty this person is on."""
    return Duty.objects.filter(account_id=account_id, status=Duty.Status.ON).first()
