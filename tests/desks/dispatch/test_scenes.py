"""The record of a scene: kept line by line, frozen with its hash, handed over by procedure."""

from __future__ import annotations

import uuid

import pytest

from kuaichu.cases import evidence
from kuaichu.cases.models import Case
from kuaichu.desks.dispatch import orders, scenes, tasks
from kuaichu.desks.dispatch.models import SceneRecord, Task
from kuaichu.desks.dispatch.scene_items import CODES, ITEMS
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.canonical import digest
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.models import Entry
from kuaichu.kernel.refusals import Invalid, NotAllowed, NotFound, WrongState
from kuaichu.law.statutes import parse
from tests.desks.dispatch.people import actor, on_duty, reported
from tests.stories.builders import photograph

pytestmark = pytest.mark.django_db


def at_scene(role: str, case: Case | None = None) -> tuple[Actor, Task]:
    who = on_duty(actor(role))
    return who, orders.stop(who, (case or reported()).pk)


def shot(who: Actor, task: Task) -> uuid.UUID:
    capture = evidence.Capture(client_id=uuid.uuid4(), shot="other", source="in_app")
    there = tasks.at_scene(who, task.case_id)
    return evidence.photograph(there, task.case_id, capture, photograph(uuid.uuid4().int % 99_999)).pk


def test_every_line_cites_law_that_can_be_read() -> None:
    assert all(parse(item.law) for item in ITEMS)


def test_lines_are_kept_one_by_one() -> None:
    who, task = at_scene("persuader")
    scenes.note_item(who, task.pk, "people", state="done", words="都在护栏外")
    scenes.note_item(who, task.pk, "people", state="done", words="都在护栏外")
    scenes.note_item(who, task.pk, "alcohol", state="none")
    record = scenes.record_of(task)
    assert record is not None
    assert record.items["people"]["words"] == "都在护栏外"
    assert Entry.objects.filter(kind="dispatch.scene_noted").count() == 2
    assert set(scenes.missing_of(record)) == set(CODES) - {"people", "alcohol"}


def test_a_line_that_needs_a_photograph_is_open_without_it() -> None:
    who, task = at_scene("patrol_officer")
    record = scenes.note_item(who, task.pk, "traces", state="done")
    assert "traces" in scenes.missing_of(record)
    kept = shot(who, task)
    record = scenes.note_item(who, task.pk, "traces", state="done", photos=[kept])
    assert "traces" not in scenes.missing_of(record)
    record = scenes.note_item(who, task.pk, "traces", state="done", words="more")
    assert record.items["traces"]["photos"] == [str(kept)]  # a later note does not lose it


def test_photographs_of_another_case_are_no_ones() -> None:
    who, task = at_scene("patrol_officer")
    other, foreign = at_scene("patrol_officer")
    with pytest.raises(Invalid):
        scenes.note_item(who, task.pk, "zone", state="done", photos=[shot(other, foreign)])
    with pytest.raises(NotFound):
        scenes.note_item(who, foreign.pk, "zone", state="done")
    for item, state in (("nonsense", "done"), ("zone", "perhaps")):
        with pytest.raises(Invalid):
            scenes.note_item(who, task.pk, item, state=state)


def test_police_hand_over_to_the_general_procedure() -> None:
    who, task = at_scene("station_officer")
    scenes.note_item(who, task.pk, "injured", state="done", words="送市一院")
    with pytest.raises(Invalid) as refused:
        scenes.hand_over(who, task.pk, to="general", reasons=("INJURY_SERIOUS",))
    assert "why_missing" in refused.value.fields
    with pytest.raises(Invalid):
        scenes.hand_over(who, task.pk, to="general", reasons=())
    record = scenes.hand_over(
        who, task.pk, to="general", reasons=("INJURY_SERIOUS",), why_missing="大雨，痕迹已冲走"
    )
    assert scenes.hand_over(who, task.pk, to="general", reasons=("DEATH",)).sha256 == record.sha256
    drain()
    case = Case.objects.get(pk=task.case_id)
    assert (case.status, case.outcome) == (Case.Status.HANDED_OVER, "general")
    assert record.sha256 == digest(record.content)
    fact = Entry.objects.get(kind="dispatch.scene_handed_over").payload
    assert fact["sha256"] == record.sha256
    assert "zone" in fact["missing"]
    assert "injured" not in fact["missing"]
    with pytest.raises(WrongState):
        scenes.note_item(who, task.pk, "zone", state="done")
    assert Task.objects.filter(case=case).count() == 1  # who hands over is police, and there


def test_a_frozen_record_that_was_changed_is_seen() -> None:
    who, task = at_scene("patrol_officer")
    record = scenes.hand_over(who, task.pk, to="criminal", reasons=("DEATH",), why_missing="刚到")
    assert scenes.intact(record)
    SceneRecord.objects.filter(pk=record.pk).update(content={**record.content, "to": "general"})
    assert not scenes.intact(SceneRecord.objects.get(pk=record.pk))


@pytest.mark.parametrize("role", ["auxiliary", "specialist", "persuader"])
def test_others_call_the_police_and_cannot_choose_the_procedure(role: str) -> None:
    who, task = at_scene(role)
    for to in ("general", "criminal"):
        with pytest.raises(NotAllowed):
            scenes.hand_over(who, task.pk, to=to, reasons=("DEATH",), why_missing="现场危险")
    with pytest.raises(Invalid):
        scenes.hand_over(who, task.pk, to="elsewhere", reasons=("DEATH",), why_missing="现场危险")
    scenes.hand_over(who, task.pk, to="police_on_site", reasons=("ALCOHOL_DRUG",), why_missing="等民警")
    drain()
    case = Case.objects.get(pk=task.case_id)
    assert (case.status, case.outcome) == (Case.Status.HANDED_OVER, "police_on_site")
    called = Task.objects.exclude(pk=task.pk).get(case=case)
    assert called.source == Task.Source.CALLED
    officer = on_duty(actor("patrol_officer"))
    tasks.accept(officer, called.pk)
    assert tasks.at_scene(who, case.pk)  # the first helper stays until relieved
