"""Nobody is sent where nobody is any more; what the centre knows better stands."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from kuaichu.cases import clearing, outcome
from kuaichu.cases.models import Case, Party
from kuaichu.cases.phones import actor_of
from kuaichu.desks.dispatch import orders, tasks
from kuaichu.desks.dispatch.models import Task
from kuaichu.kernel import clock
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.journal import event_of
from kuaichu.kernel.models import Entry
from kuaichu.process import dispatching
from tests.desks.dispatch.people import SYSTEM, actor, on_duty, reported
from tests.desks.dispatch.test_tasks import fresh, wanted

pytestmark = pytest.mark.django_db
Status = Task.Status


def handed(case: Case, *, after: timedelta) -> list[str]:
    """What becomes of a case that is handed over so much later, in facts of sending."""
    Case.objects.filter(pk=case.pk).update(opened_at=clock.now() - after, happened_at=clock.now() - after)
    outcome.hand_over(SYSTEM, case.pk, to="police_on_site", reasons=("OWNER_ABSENT",))
    drain()
    found = Entry.objects.filter(stream=case.pk, kind__startswith="dispatch.")
    return [kind.removeprefix("dispatch.") for kind in found.values_list("kind", flat=True)]


def test_nobody_is_sent_to_a_parked_car_whose_owner_never_came() -> None:
    case = reported()
    Case.objects.filter(pk=case.pk).update(triage={"owner_absent": True, "waited_in_vain": True})
    assert handed(case, after=timedelta(hours=23, minutes=59)) == ["tasked"]
    case = reported()
    Case.objects.filter(pk=case.pk).update(triage={"owner_absent": True, "waited_in_vain": True})
    assert handed(case, after=timedelta(hours=24)) == []


def test_nobody_is_sent_where_the_road_is_clear_for_long() -> None:
    here, gone = reported(), reported()
    Case.objects.filter(pk=here.pk).update(cleared_at=clock.now() - timedelta(minutes=20))
    Case.objects.filter(pk=gone.pk).update(cleared_at=clock.now() - timedelta(minutes=31))
    assert handed(here, after=timedelta(minutes=40)) == ["tasked"]
    assert handed(gone, after=timedelta(minutes=40)) == []


def test_what_nobody_took_is_called_off_when_the_road_is_clear_for_long(monkeypatch) -> None:
    task = wanted("persuader")
    drain()
    driver = actor_of(Party.objects.get(case=task.case))
    clearing.clear(driver, task.case_id)
    later = clock.now() + timedelta(minutes=31)
    drain()
    assert fresh(task).status == Status.WAITING
    monkeypatch.setattr(clock, "now", lambda: later)
    drain()
    assert fresh(task).status == Status.CANCELLED
    order = orders.send(SYSTEM, task.case_id, cause=uuid4(), source="order", wants=("persuader",))
    on_duty(actor("persuader"))
    drain()
    assert fresh(order).status == Status.OFFERED, "the centre knew that it was clear"


def test_who_is_on_the_way_to_a_clear_road_decides_alone(monkeypatch) -> None:
    one = on_duty(actor("persuader"))
    task = wanted("persuader")
    drain()
    tasks.accept(one, task.pk)
    clearing.clear(actor_of(Party.objects.get(case=task.case)), task.case_id)
    later = clock.now() + timedelta(minutes=31)
    Task.objects.filter(pk=task.pk).update(due_at=later, accepted_at=later)
    monkeypatch.setattr(clock, "now", lambda: later)
    settle_entries = Entry.objects.filter(kind="cases.cleared")
    dispatching.settle(event_of(settle_entries.get()))
    assert fresh(task).status == Status.ACCEPTED


def test_a_task_of_a_settled_case_is_called_off() -> None:
    task = wanted("patrol_officer")
    Case.objects.filter(pk=task.case_id).update(status=Case.Status.READY)
    outcome.decide(SYSTEM, task.case_id, procedure="SELF", basis_id=uuid4())
    drain()
    assert fresh(task).status == Status.CANCELLED
