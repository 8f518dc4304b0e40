"""Lanes: what needs a machine of its own kind is left to the workers of that lane."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from kuaichu.kernel import deliveries, wirings
from kuaichu.kernel.deliveries import claim, drain, release
from kuaichu.kernel.ids import new_id
from kuaichu.kernel.models import Delivery
from kuaichu.kernel.wirings import do
from kuaichu.kernel.workers import Worker
from tests.kernel.test_deliveries import handler, only, ran, until, wired
from tests.kernel.trying import Tried, attempt

__all__ = ["wired"]
pytestmark = pytest.mark.usefixtures("vision_lane")


@pytest.mark.django_db
class TestOne:
    def test_a_lane_is_worked_by_its_own_workers_only(self) -> None:
        wirings.install({Tried: [do(handler, lane="vision")]})
        entry = attempt(new_id(), 1)
        assert claim("ordinary") == []
        assert drain() == 0
        (mine,) = claim("seeing", lane="vision")
        assert release() == 0  # a server that starts takes nothing from a lane of another process
        assert release(lane="vision") == 1
        assert mine.lane == "vision"
        assert entry.follows_now is False
        assert drain(lane="vision") == 1
        assert (ran[1], Delivery.objects.count()) == (1, 0)

    def test_what_ends_its_worker_each_time_is_held(self) -> None:
        wirings.install({Tried: [do(handler, lane="vision")]})
        attempt(new_id(), 1)
        Delivery.objects.update(attempts=deliveries.MOST_IN_LANE)
        assert drain(lane="vision") == 0
        assert (only().held, ran[1]) == (True, 0)

    def test_a_lane_that_nobody_works_gets_nothing(self, settings: Settings) -> None:
        settings.LANES = frozenset()
        wirings.install({Tried: [do(handler, lane="vision"), do(until_called)]})
        attempt(new_id(), 1)
        assert list(Delivery.objects.values_list("lane", flat=True)) == [""]


def until_called(_event: object) -> None:
    """An ordinary consequence of the same fact."""


@pytest.mark.django_db(transaction=True)
class TestMany:
    def test_a_worker_of_a_lane_leaves_the_rest_alone(self) -> None:
        attempt(new_id(), 1)
        wirings.install({Tried: [do(handler, lane="vision")]})
        attempt(new_id(), 2)
        worker = Worker(lane="vision")
        worker.start()
        until(lambda: worker.worked)
        worker.stop()
        worker.join(10)
        assert (ran[1], ran[2]) == (0, 1)
        assert only().lane == ""
