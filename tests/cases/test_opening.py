"""What is open now, said beforehand: the same gates, the next opening, and every kind of accident."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuaichu.cases import opening
from kuaichu.cases.city_rules import CityRules
from kuaichu.cases.rules import Point
from kuaichu.kernel.clock import CHINA

CITY = "yancheng"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch):
    def set_rules(**options: object) -> None:
        monkeypatch.setattr(opening, "rules", lambda _city: CityRules(**options))

    return set_rules


def ways(moment: str) -> dict[str, opening.Way]:
    return {way.key: way for way in opening.ways(CITY, at(moment))}


def test_officers_who_sleep_close_only_their_own_way(own):
    own(officer_hours=(("07:30", "19:30"),))
    night = ways("2026-11-20T23:00")
    assert (night["agree"].open, night["officer"].open, night["police"].open) == (True, False, True)
    assert night["officer"].opens_at == at("2026-11-21T07:30")
    assert [gate.code for gate in night["officer"].gates] == ["OFFICER_HOURS"]
    assert ways("2026-11-20T07:30")["officer"].open


def test_both_windows_must_hold(own):
    own(hours=(("06:00", "20:00"),), officer_hours=(("07:30", "19:30"),))
    early = ways("2026-11-20T05:00")
    assert early["agree"].opens_at == at("2026-11-20T06:00")
    assert early["officer"].opens_at == at("2026-11-20T07:30")


def test_a_city_without_hours_is_always_open(own):
    own()
    assert all(way.open and way.opens_at is None for way in ways("2026-11-20T03:00").values())


def test_points_rest_on_days_of_rest():
    point = Point(name="点", name_en="point", hours=(("08:30", "17:30"),), working_days=True)
    assert opening.point_opens(point, at("2026-11-20T12:00")) is None  # a Friday
    assert opening.point_opens(point, at("2026-11-20T17:30")) == at("2026-11-23T08:30")
    assert opening.point_opens(point, at("2026-10-01T12:00")) == at(
        "2026-10-08T08:30"
    )  # the national holiday
    assert opening.point_opens(Point(name="点", name_en="p"), at("2026-11-21T03:00")) is None


def roads(moment: str = "2026-11-20T12:00") -> dict[str, opening.Road]:
    return {road.kind: road for road in opening.roads(CITY, at(moment))}


def test_every_kind_has_a_road_and_police_are_always_one(own):
    own()
    found = roads()
    assert set(found) == set(opening.KINDS)
    assert all(road.ways[-1] == "police" for road in found.values())
    for kind in ("two_cars", "rider", "riders", "many", "off_road", "absent"):
        assert found[kind].ways[0] == "agree", kind
    assert found["disputed"].ways == ("officer", "police")
    for kind in ("walker", "single", "object", "left", "injured"):
        assert found[kind].ways == ("police",), kind
        assert found[kind].gates


def test_a_city_that_takes_more_says_so(own):
    own(allow_single_online=True, allow_facility_online=True, allow_slight_injury_online=True, max_vehicles=2)
    found = roads()
    for kind in ("single", "object", "injured"):
        assert found[kind].ways == ("officer", "police"), kind
    assert found["many"].ways == ("police",)


@given(
    st.lists(st.tuples(st.integers(0, 23), st.integers(0, 23)).filter(lambda w: w[0] != w[1]), max_size=3),
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)),
)
def test_what_opens_next_is_open_then_and_not_before(windows, naive):
    hours = tuple((f"{a:02d}:00", f"{b:02d}:00") for a, b in windows)
    point, moment = Point(name="点", name_en="p", hours=hours), naive.replace(tzinfo=CHINA)
    opens = opening.point_opens(point, moment)
    if opens is None:
        return
    assert moment < opens <= moment + timedelta(days=1)
    assert opening.point_opens(point, opens) is None
    assert opening.point_opens(point, opens - timedelta(minutes=1)) == opens
