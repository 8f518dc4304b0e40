"""Rubbish at every door of the field: refused in words, never a broken page; nothing of it is kept."""

from __future__ import annotations

import uuid

import pytest

from kuaichu.cases.models import Evidence
from kuaichu.desks.dispatch.models import SceneRecord, Task
from kuaichu.portals.field.urls import urlpatterns
from tests.portals.field.conftest import Walker
from tests.stories.builders import Town

pytestmark = pytest.mark.django_db
LONG, TURNED = "0" * 5000, "\u202eabc"
NASTY = (
    "",
    "x",
    "\x00",
    "💥" * 400,
    "-1",
    "NaN",
    "1e999",
    "<script>alert(1)</script>",
    "'; --",
    TURNED,
    LONG,
)
FIELDS = (
    "state", "words", "phone", "code", "label", "why", "outcome", "to", "reasons", "why_missing", "consent",
    "lat", "lon", "accuracy", "number", "injury", "unit", "slot", "points", "end",
)  # fmt: skip
TRIES = ("people", "%00", "..", "💥", "A", "Z" * 80)


def address(route: str, task: str, word: str) -> str:
    """A route with this task, and a word where it takes one."""
    known = {"<uuid:task_id>": task}
    known |= dict.fromkeys(("<uuid:client_id>", "<uuid:evidence_id>"), str(uuid.uuid4()))
    for key, value in known.items():
        route = route.replace(key, value)
    for kind in ("<slug:label>", "<slug:shot>", "<slug:item>", "<slug:size>"):
        route = route.replace(kind, word)
    return f"/field/{route}"


@pytest.mark.parametrize("role", ["patrol_officer", "persuader"])
def test_no_door_breaks(walker, town: Town, role: str) -> None:
    one: Walker = walker(role)
    one.go_on_duty()
    task = one.stop().removeprefix("tasks/")
    leaving = ("duty", "finish", "give-back", "hand-over")
    for pattern in urlpatterns:
        route = str(pattern.pattern)
        for number, nasty in enumerate(NASTY):
            told = dict.fromkeys(FIELDS, nasty)
            if route.endswith(leaving):
                told.pop("end")
            at = address(route, task, TRIES[number % len(TRIES)])
            answer = one.browser.post(at, told)
            assert answer.status_code < 500, (at, nasty)
            assert one.browser.put(at, nasty.encode(), content_type="image/jpeg").status_code < 500, (
                at,
                nasty,
            )
            assert "<script>alert(1)" not in answer.content.decode(errors="replace")
    assert Task.objects.get().status == Task.Status.ARRIVED
    assert not Evidence.objects.exists()
    kept = SceneRecord.objects.first()
    assert kept is None or kept.status == SceneRecord.Status.OPEN
