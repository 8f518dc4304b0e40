"""Thirty officers ask at once while three hundred cases wait: each case is taken once, and all are."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings as installed
from django.db import connection
from pytest_django import Settings

from kuaichu.cases.models import Case
from kuaichu.desks.centre import items, seats
from kuaichu.desks.centre.models import Item, Seat
from kuaichu.desks.liability import determinations, requests
from kuaichu.desks.liability.models import Determination
from kuaichu.kernel import city as cities
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.models import Entry
from kuaichu.people import signin
from kuaichu.people.roles import system
from kuaichu.process import allotting
from tests.portals.police import building

OFFICERS, CASES = 30, 300


@pytest.fixture
def big_centre(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """The same city with seats for all of them."""
    own = next(Path(folder) / "yancheng.toml" for folder in installed.CITY_DIRS)
    text = own.read_text("utf-8").replace("determination = 12", f"determination = {OFFICERS}")
    (tmp_path / "yancheng.toml").write_text(text, "utf-8")
    settings.CITY_DIRS = [tmp_path]
    cities.city.cache_clear()
    yield
    cities.city.cache_clear()


def waiting_cases() -> None:
    """Requests of cases that are ready; what was said in them does not matter here."""
    now = clock.now()
    for number in range(CASES):
        case = Case.objects.create(
            city="yancheng", number=f"T{number:05}", status=Case.Status.READY, opened_at=now, happened_at=now,
            injury="none",
        )  # fmt: skip
        row = requests.request(system("yancheng"), case.pk)
        items.put_up(case, Item.Kind.REQUEST, row.pk, due_at=row.due_at)


def officers() -> list[Actor]:
    """Thirty officers at their seats."""
    found = []
    for number in range(OFFICERS):
        account = building.account(f"officer{number:02}")
        actor = signin.staff(account)
        with_seat = replace(actor, grants=actor.grants | {"centre.sit"})
        seats.sit(with_seat, "determination", roles=account.roles, session=seats.mark(str(number)))
        found.append(with_seat)
    return found


@pytest.mark.django_db(transaction=True)
def test_thirty_officers_and_three_hundred_cases(big_centre: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allotting, "proposal_for", lambda _case_id: {"kind": "abstention"})
    waiting_cases()
    crew = officers()
    taken: list[UUID] = []
    failed: list[BaseException] = []
    spans: list[float] = []
    start = threading.Barrier(OFFICERS)

    def work(actor: Actor) -> None:
        try:
            start.wait(60)
            idle = 0
            while idle < 40:
                before = time.monotonic()
                found = allotting.next_for(actor)
                spans.append(time.monotonic() - before)
                if found is None:
                    idle += 1
                    if not Item.objects.exclude(status=Item.Status.DONE).exists():
                        return
                    time.sleep(0.05)
                    continue
                taken.append(found.case_id)
                requests.end(actor, found.case_id, why="tried")
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[actor]) for actor in crew]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(400)
    took = time.monotonic() - begun
    spans.sort()
    median, high = spans[len(spans) // 2], spans[int(len(spans) * 0.95)]
    print(f"{len(taken)} taken in {took:.1f} s, a turn p50 {median:.2f} s, p95 {high:.2f} s")
    assert not failed, failed[:3]
    assert len(taken) == len(set(taken)) == CASES
    assert Entry.objects.filter(kind="liability.taken").count() == CASES
    assert Determination.objects.filter(status="ended").count() == CASES
    drawn = Entry.objects.filter(kind="centre.drawn")
    assert drawn.count() == CASES
    assert all(one.payload and one.payload["officer_id"] in one.payload["candidates"] for one in drawn)
    assert Seat.objects.filter(status="on").count() == OFFICERS
    assert determinations.alive_determination(taken[0]) is None
