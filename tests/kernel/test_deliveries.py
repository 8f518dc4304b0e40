"""Due while not done: leases, heartbeats, pauses, crashes, many workers."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from structlog.testing import CapturingLogger

from kuaichu.kernel import clock, deliveries, wirings
from kuaichu.kernel.deliveries import LEASE, claim, drain, release, run
from kuaichu.kernel.ids import new_id
from kuaichu.kernel.models import Delivery, Entry
from kuaichu.kernel.refusals import Upstream, WrongState
from kuaichu.kernel.wirings import Event, do
from kuaichu.kernel.workers import Worker
from tests.kernel.trying import Tried, at_once, attempt

ran: Counter[int] = Counter()
trouble: dict[int, Exception | float] = {}
lock = threading.Lock()


def handler(event: Event) -> None:
    """Counts; fails or waits as `trouble` says."""
    with lock:
        ran[event.fact.number] += 1
    what = trouble.get(event.fact.number)
    if isinstance(what, Exception):
        raise what
    if what:
        time.sleep(what)


@pytest.fixture(autouse=True)
def wired() -> Iterator[None]:
    before, handlers = dict(wirings._wiring), dict(wirings._handlers)
    wirings.install({Tried: [do(handler)]})
    ran.clear()
    trouble.clear()
    yield
    wirings._wiring.clear()
    wirings._wiring.update(before)
    wirings._handlers.clear()
    wirings._handlers.update(handlers)


def only() -> Delivery:
    return Delivery.objects.get()


@pytest.mark.django_db
class TestOne:
    def test_done_is_forgotten(self) -> None:
        attempt(new_id(), 1)
        assert drain() == 1
        assert (ran[1], Delivery.objects.count()) == (1, 0)

    def test_later_is_later(self) -> None:
        wirings.install({Tried: [wirings.after(handler, delay=timedelta(minutes=5))]})
        attempt(new_id(), 1)
        assert drain() == 0
        with clock.at(clock.now() + timedelta(minutes=6)):
            assert drain() == 1

    def test_working_days(self) -> None:
        wirings.install({Tried: [wirings.by(handler, working_days=3)]})
        attempt(new_id(), 1)
        assert only().run_at > clock.now() + timedelta(days=2)

    def test_a_claimed_one_is_nobody_elses_until_the_lease_ends(self) -> None:
        attempt(new_id(), 1)
        (mine,) = claim("a")
        assert claim("b") == []
        with clock.at(clock.now() + LEASE + timedelta(seconds=1)):
            (theirs,) = claim("b")
        # the first one comes back late: it neither puts back nor removes what is the other's now
        trouble[1] = WrongState("x")
        assert not run(mine, "a")
        assert (only().owner, only().last_error) == ("b", "")
        trouble.clear()
        assert run(mine, "a")
        assert only().owner == "b"
        assert run(theirs, "b")
        assert Delivery.objects.count() == 0

    def test_pauses_grow_and_end_at_five_minutes(self) -> None:
        attempt(new_id(), 1)
        trouble[1] = Upstream("away", code="away")
        pauses, now = [], clock.now()
        for _ in range(14):
            with clock.at(now):
                assert drain() == 0
                pauses.append(round((only().run_at - clock.now()).total_seconds(), 1))
                now = only().run_at + timedelta(seconds=1)
        assert pauses == sorted(pauses)
        assert pauses[:4] == pytest.approx([0.5, 1, 2, 4], abs=0.2)
        assert pauses[-1] == pytest.approx(300, abs=1)
        assert not only().held

    def test_what_trying_again_cannot_help_is_held(self) -> None:
        attempt(new_id(), 1)
        trouble[1] = Upstream("no", retry=False, code="refused")
        drain()
        assert (only().held, only().last_error) == (True, "refused")
        assert drain() == 0

    def test_a_defect_stops_nobody_else_and_tells_no_personal_data(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        told = CapturingLogger()
        monkeypatch.setattr(deliveries, "log", told)
        attempt(new_id(), 1)
        attempt(new_id(), 2)
        trouble[1] = RuntimeError("Key (phone)=(13812345678) already exists")
        drain()
        assert (ran[1], ran[2]) == (1, 1)
        assert only().last_error.startswith("RuntimeError at ")
        said = str(told.calls)
        assert "RuntimeError" in said
        assert "13812345678" not in said + only().last_error

    def test_unknown_fact_erased_payload_and_lost_handler(self) -> None:
        for number in range(3):
            attempt(new_id(), number)
        first, second, third = Entry.objects.order_by("at")
        Entry.objects.filter(pk=first.pk).update(kind="gone.fact")
        Entry.objects.filter(pk=second.pk).update(payload=None)
        Delivery.objects.filter(entry_id=third.pk).update(handler="gone.handler")
        assert drain() == 0
        errors = dict(Delivery.objects.values_list("entry_id", "last_error"))
        assert errors[first.pk].startswith("KeyError")
        assert errors[second.pk] == "payload erased"
        assert errors[third.pk] == "no such handler"

    def test_urgent_first(self) -> None:
        order: list[int] = []
        for number, priority in ((1, 5), (2, 0), (3, 4)):
            attempt(new_id(), number)
            entry = Entry.objects.order_by("-at").first()
            assert entry is not None
            Delivery.objects.filter(entry_id=entry.pk).update(priority=priority)
        for _ in range(3):
            (one,) = claim("a", 1)
            order.append(Entry.objects.get(pk=one.entry_id).payload["number"])
            run(one, "a")
        assert order == [2, 3, 1]

    def test_release_gives_back_only_the_dead(self) -> None:
        attempt(new_id(), 1)
        attempt(new_id(), 2)
        claim("dead", 1)
        claim("alive", 1)
        assert release("dead") == 1
        assert len(claim("new")) == 1


def until(condition: Any, seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.django_db(transaction=True)
class TestMany:
    def test_no_two_workers_claim_the_same(self) -> None:
        for number in range(40):
            attempt(new_id(), number)
        got = at_once(*[lambda n=n: [d.pk for _ in range(5) for d in claim(f"w{n}")] for n in range(4)])
        claimed: list[UUID] = [pk for some in got for pk in some]
        assert len(claimed) == len(set(claimed))
        assert len(claimed) == 40

    def test_workers_do_everything_once(self) -> None:
        for number in range(30):
            attempt(new_id(), number)
        workers = [Worker(n) for n in range(3)]
        for worker in workers:
            worker.start()
        until(lambda: not Delivery.objects.exists())
        for worker in workers:
            worker.stop()
            worker.join(10)
        assert not any(w.is_alive() for w in workers)
        assert set(ran.values()) == {1}
        assert len(ran) == 30

    def test_a_long_handler_keeps_its_lease(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(deliveries, "LEASE", timedelta(seconds=0.6))
        attempt(new_id(), 1)
        trouble[1] = 2.0
        workers = [Worker(n) for n in range(2)]
        for worker in workers:
            worker.start()
        until(lambda: ran[1])
        workers[0].stop()
        workers[1].stop()
        for worker in workers:
            worker.join(10)
        assert ran[1] == 1
        assert not Delivery.objects.exists()

    def test_what_a_stopped_worker_had_not_begun_is_given_back(self) -> None:
        for number in range(4):
            attempt(new_id(), number)
            trouble[number] = 0.3
        worker = Worker()
        worker.start()
        until(lambda: sum(ran.values()) >= 1)
        worker.stop()
        worker.join(10)
        left = list(Delivery.objects.values_list("owner", "run_at"))
        assert left
        assert all(owner == "" and at <= clock.now() for owner, at in left)
