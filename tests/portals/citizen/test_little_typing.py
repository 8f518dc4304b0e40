"""What need not be typed, and a report that was left: it goes on where it was left."""

from __future__ import annotations

import re

import pytest

from kuaichu.cases.models import Vehicle
from tests.stories.builders import Person


def test_a_precise_position_needs_no_words(anna: Person) -> None:
    told = {"weather": "1", "light": "day", "lat": "33.37760", "lon": "120.15730"}
    anna.send("place", 422, place="", **told, accuracy="900")
    anna.send("place", place="", **told, accuracy="12.4")
    assert re.findall(r"[\d.]+", anna.case.place) == ["33.37760", "120.15730", "12"]
    anna.send("place", place="人民路口", **told, accuracy="12")
    assert anna.case.place == "人民路口"


@pytest.mark.parametrize("accuracy", ["", "0", "-1", "nan", "inf", "100.1"])
def test_what_is_no_precise_position_needs_words(anna: Person, accuracy: str) -> None:
    anna.send("place", 422, place="", weather="1", light="day", lat="33.4", lon="120.1", accuracy=accuracy)


@pytest.mark.parametrize(
    ("typed", "plate"),
    [
        ("苏J20001", "苏J20001"),
        ("苏J苏J20001", "苏J20001"),
        ("苏J·浙A12345", "浙A12345"),
        ("浙A12345", "浙A12345"),
    ],
)
def test_the_field_begins_with_the_citys_own_plates(anna: Person, typed: str, plate: str) -> None:
    assert 'name="plate" value="苏J"' in anna.see("vehicle")
    anna.send("vehicle", vehicle_kind="MV", plate=typed, plate_kind="")
    assert Vehicle.objects.get(party=anna.party).plate == plate


def test_the_beginning_of_a_plate_is_none(anna: Person) -> None:
    anna.send("vehicle", 422, vehicle_kind="MV", plate="苏J", plate_kind="")
    anna.send("vehicle", vehicle_kind="PEDESTRIAN", plate="苏J", plate_kind="")
    assert Vehicle.objects.get(party=anna.party).plate == ""


def test_a_report_that_was_left_goes_on_where_it_was_left(anna: Person) -> None:
    anna.describe()
    anna.drive()
    anna.prove()
    anna.shoot()
    told = {"movement": "STRAIGHT", "zone": "FRONT", "other_movement": "STOPPED_QUEUE", "other_zone": "REAR"}
    for page, answer in told.items():
        assert f'href="{anna.url("happened")}"' in anna.see()
        anna.send(f"happened/{page}", answer=answer)
    assert f'href="{anna.url("happened/words")}"' in anna.see()
    anna.send("happened/words", answer="他突然变道。")
    assert f'href="{anna.url("other")}"' in anna.see()
