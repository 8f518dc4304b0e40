"""The feed of events: at least once, without gaps, only one's own."""

from __future__ import annotations

import pytest

from kuaichu.desks.notify import numbering
from kuaichu.kernel.models import Entry
from tests.portals.api import casework
from tests.portals.api.test_insurers import calculate, loss, url

pytestmark = pytest.mark.django_db
EVENTS = "/api/insurer/v1/events"


def worked(huaihai, number: int = 1):
    made = casework.settled(number=number)
    claim = made.claims["HUAIHAI"]
    huaihai.put(url(claim, "acknowledgement"), {"report_number": f"HH-{number:04d}"})
    for label in "AB":
        huaihai.put(url(claim, "assessments", str(made.vehicle(label).pk)), loss(800_000))
    calculate(made.case)
    return made


def kinds(answer) -> list[str]:
    return [event["type"] for event in answer.json()["events"]]


def test_each_insurer_hears_its_own_events(huaihai, taihu):
    made = worked(huaihai)
    mine = huaihai.get(EVENTS)
    assert kinds(mine) == [
        "claim.registered", "claim.acknowledged", "claim.assessed", "claim.assessed", "claim.calculated",
    ]  # fmt: skip
    assert {e["claim_id"] for e in mine.json()["events"]} == {str(made.claims["HUAIHAI"].pk)}
    last = mine.json()["events"][-1]["data"]
    assert last["approval_needed"] is True
    assert "by_insurer" not in last
    assert kinds(taihu.get(EVENTS)) == [
        "claim.registered",
        "claim.assessed",
        "claim.assessed",
        "claim.calculated",
    ]


def test_numbers_have_no_gap_and_a_cursor_goes_on(huaihai):
    worked(huaihai)
    page = huaihai.get(EVENTS).json()
    assert [e["sequence"] for e in page["events"]] == [1, 2, 3, 4, 5]
    assert (page["newest"], page["more"]) == (5, False)
    assert huaihai.get(f"{EVENTS}?after={page['cursor']}").json()["events"] == []
    worked(huaihai, 2)
    rest = huaihai.get(f"{EVENTS}?after={page['cursor']}").json()
    assert [e["sequence"] for e in rest["events"]] == [6, 7, 8, 9, 10]


def test_pages_add_up_to_everything(huaihai):
    for number in (1, 2):
        worked(huaihai, number)
    whole = [event["id"] for event in huaihai.get(EVENTS).json()["events"]]
    seen, cursor = [], ""
    for _ in range(40):
        page = huaihai.get(f"{EVENTS}?after={cursor}&limit=3").json()
        seen += [event["id"] for event in page["events"]]
        cursor = page["cursor"]
        if not page["more"]:
            break
    assert seen == whole
    assert len(seen) == 10


def test_a_late_commit_is_told_after_what_was_seen_first(huaihai):
    """An entry whose id lies before one already told appears afterwards: it gets the next number."""
    worked(huaihai)
    late = Entry.objects.get(kind="claims.acknowledged")
    Entry.objects.filter(pk=late.pk).delete()  # as if its transaction had not ended yet
    page = huaihai.get(EVENTS).json()
    assert str(late.pk) not in [event["id"] for event in page["events"]]
    late.save(force_insert=True)
    again = huaihai.get(f"{EVENTS}?after={page['cursor']}").json()
    assert [(e["id"], e["sequence"]) for e in again["events"]] == [(str(late.pk), 5)]


def test_a_gap_is_closed_from_the_last_number_taken(huaihai):
    worked(huaihai)
    page = huaihai.get(f"{EVENTS}?after_sequence=2").json()
    assert [e["sequence"] for e in page["events"]] == [3, 4, 5]


def test_readers_at_the_same_time_give_each_event_one_number(huaihai):
    worked(huaihai)
    actor = casework.actor_of_insurer("HUAIHAI")
    entries = list(Entry.objects.order_by("id").values_list("pk", flat=True)[:4])
    for _ in range(2):
        numbering.number(actor.city, "OTHER", entries)
    numbering.number(actor.city, "OTHER", entries[::-1])
    assert numbering.numbered(actor.city, "OTHER", 0, 10) == list(enumerate(entries, start=1))


def test_an_erased_event_keeps_its_number(huaihai):
    worked(huaihai)
    before = huaihai.get(EVENTS).json()["events"]
    Entry.objects.filter(pk=before[2]["id"]).update(payload=None)
    after = huaihai.get(EVENTS).json()["events"]
    assert [e["sequence"] for e in after] == [1, 2, 3, 4, 5]
    assert after[2]["data"] == {}


@pytest.mark.parametrize("cursor", ["yesterday", "00000000-0000-0000-0000-000000000000", "Y2xhaW1zOjE", "é"])
def test_a_wrong_cursor_is_named(huaihai, cursor):
    answer = huaihai.get(f"{EVENTS}?after={cursor}")
    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == ["after"]
