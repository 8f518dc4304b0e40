"""The feed of events: at least once, without gaps, only one's own."""

from __future__ import annotations

import time

import pytest

from kuaichu.kernel.models import Entry
from kuaichu.queries import claim_events as feed
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


def test_fresh_events_come_again_until_nothing_older_can_appear(huaihai, monkeypatch):
    worked(huaihai)
    page = huaihai.get(EVENTS).json()
    assert page["cursor"] == str(feed.START)  # all are fresh: the cursor waits
    assert huaihai.get(f"{EVENTS}?after={page['cursor']}").json()["events"] == page["events"]
    later = time.time() + feed.SETTLED.total_seconds() + 1
    monkeypatch.setattr(feed.time, "time", lambda: later)
    page = huaihai.get(EVENTS).json()
    assert page["cursor"] == page["events"][-1]["id"]
    assert huaihai.get(f"{EVENTS}?after={page['cursor']}").json()["events"] == []


def test_pages_add_up_to_everything(huaihai, monkeypatch):
    for number in (1, 2):
        worked(huaihai, number)
    monkeypatch.setattr(feed, "SETTLED", feed.timedelta(seconds=-5))
    whole = [event["id"] for event in huaihai.get(EVENTS).json()["events"]]
    seen, cursor = [], str(feed.START)
    for _ in range(40):
        page = huaihai.get(f"{EVENTS}?after={cursor}&limit=3").json()
        seen += [event["id"] for event in page["events"]]
        cursor = page["cursor"]
        if not page["more"]:
            break
    assert seen == whole
    assert len(seen) == 10


def test_a_late_commit_is_not_lost(huaihai):
    """An entry whose id lies before one already told appears afterwards: the cursor has not passed it."""
    worked(huaihai)
    late = Entry.objects.get(kind="claims.acknowledged")
    Entry.objects.filter(pk=late.pk).delete()  # as if its transaction had not ended yet
    page = huaihai.get(EVENTS).json()
    assert str(late.pk) not in [event["id"] for event in page["events"]]
    late.save(force_insert=True)
    again = huaihai.get(f"{EVENTS}?after={page['cursor']}").json()
    assert str(late.pk) in [event["id"] for event in again["events"]]


def test_a_wrong_cursor_is_named(huaihai):
    assert list(huaihai.get(f"{EVENTS}?after=yesterday").json()["fields"]) == ["after"]
