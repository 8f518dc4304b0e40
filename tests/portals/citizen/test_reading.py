"""What a machine reads in photographs, through real pages, registers and engine: offered, never imposed."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from pytest_django import Settings

from kuaichu.cases.models import Evidence, Party, Reading, Vehicle
from kuaichu.kernel.deliveries import claim, drain, release
from kuaichu.kernel.models import Delivery, Entry
from kuaichu.specimens.papers import specimen
from kuaichu.specimens.plates import drawn, in_street
from kuaichu.specimens.spoiling import GRADES, photographed
from tests.stories.builders import Person, Town, photograph, rear_end

LANE = "vision"
pytestmark = pytest.mark.usefixtures("vision_lane")


def shoot(person: Person, data: bytes, shot: str) -> Evidence:
    assert person.put(data, shot).status_code == 200
    drain()
    drain(lane=LANE)
    drain()
    return Evidence.objects.filter(case=person.case).latest("received_at")


def reading_of(photo: Evidence) -> Reading:
    return Reading.objects.get(evidence=photo)


def vehicle_of(person: Person) -> Vehicle:
    return Vehicle.objects.get(party=person.party)


def close_up(plate: str) -> bytes:
    return in_street(drawn(plate), 420, 7)


def test_a_photographed_plate_is_confirmed_by_one_tap(anna: Person) -> None:
    shoot(anna, close_up(anna.plate), "plate")
    page = anna.see("vehicle")
    assert "Is it yours?" in page
    offered = re.findall(r'name="plate" value="([^"]+)"><button', page)
    assert offered == [anna.plate]
    record = vehicle_of(anna).record
    assert record is None, "nobody has named the plate yet"
    car = reading_of(Evidence.objects.get(case=anna.case)).fields["vehicle"]["raw"]
    assert car, "the register was asked already"
    assert car in page
    anna.send("vehicle", vehicle_kind="MV", plate=offered[0])
    row = vehicle_of(anna)
    assert (row.plate, bool(row.record)) == (anna.plate, True)
    assert "Is it yours?" not in anna.see("vehicle")


FETCHED = ("name", "id_number", "vin", "engine_no", "brand", "colour", "insurer", "policy", "classes")
"""What the plate fetches, docs/howto/reading.md."""


def test_what_the_plate_fetches_is_not_asked(anna: Person) -> None:
    """From the photograph of the plate to who drove: two taps, nothing typed, no field of these."""
    anna.describe()
    shoot(anna, close_up(anna.plate), "plate")
    page = anna.see("vehicle")
    (offered,) = re.findall(r'name="plate" value="([^"]+)"><button', page)
    owner = anna.send("vehicle", vehicle_kind="MV", plate=offered)["Location"]
    assert owner.endswith("/owner")
    following = anna.send("owner", owner="yes")["Location"]
    assert following.endswith("/phone"), "the driver's page is skipped"
    for seen in (page, anna.see("owner"), anna.see("phone")):
        asked = set(re.findall(r'<(?:input|select|textarea)[^>]* name="([a-z_]+)"', seen))
        assert not asked & set(FETCHED)
    party = anna.party
    assert party.name
    assert party.id_number
    assert party.driver
    assert {"vin", "engine_no", "brand", "colour_name", "inspection_until"} <= set(
        vehicle_of(anna).record or {}
    )


def test_typing_is_not_overwritten_and_the_difference_is_told(anna: Person, town: Town) -> None:
    anna.send("vehicle", vehicle_kind="MV", plate=town.car("苏J30007"), plate_kind="")
    shoot(anna, close_up("苏J20001"), "plate")
    assert vehicle_of(anna).plate == "苏J30007"
    assert "Is it yours?" not in anna.see("vehicle")
    text = anna.see("review")
    assert "the photograph says 苏J·20001, entered was 苏J·30007" in text


def test_what_looks_alike_is_said_to_the_party(anna: Person, town: Town) -> None:
    anna.send("vehicle", vehicle_kind="MV", plate=town.car("苏J2000Z"), plate_kind="")
    shoot(anna, close_up("苏J20002"), "plate")
    assert "the photograph says 苏J·20002, entered was 苏J·2000Z" in anna.see("review")


def test_nothing_of_the_other_partys_is_offered(anna: Person, town: Town) -> None:
    other = Person(town, town.car("苏J20002"))
    anna.describe()
    anna.drive()
    anna.prove()
    anna.invite(other)
    other.see("vehicle")
    shoot(other, close_up(anna.plate), "plate")
    assert "Is it yours?" not in other.see("vehicle")


def test_licences_are_read_only_where_the_register_cannot_answer(anna: Person, town: Town) -> None:
    paper = specimen("driving_licence", 3)
    data = photographed(paper.pixels, GRADES["mild"], 3)
    photo = shoot(anna, data, "licence")
    assert not Reading.objects.exists(), "no plate yet: the register comes first"
    anna.send("vehicle", vehicle_kind="MV", plate=anna.plate, plate_kind="")
    drain(lane=LANE)
    assert not Reading.objects.exists(), "the register knows the car"
    anna.send("owner", owner="no")
    drain(lane=LANE)
    assert reading_of(photo).kind == "driving_licence"
    page = anna.see("driver")
    assert f'value="{paper.fields["licence_no"]}"' in page
    assert f'value="{paper.fields["name"]}"' in page
    assert Party.objects.get(pk=anna.party_id).id_number == "", "offered in the form, not filled in"


def test_an_unknown_plate_lets_the_licence_be_read(anna: Person) -> None:
    photo = shoot(anna, photographed(specimen("vehicle_licence", 3).pixels, GRADES["mild"], 3), "licence")
    anna.send("vehicle", vehicle_kind="MV", plate="苏JZ0001", plate_kind="")  # in no register
    drain(lane=LANE)
    assert reading_of(photo).kind == "vehicle_licence"


def test_the_phones_frame_says_which_plate(anna: Person) -> None:
    both = Image.new("RGB", (1200, 400), (90, 90, 90))
    for left, plate in ((60, "苏J20009"), (700, "苏J33333")):
        both.paste(Image.open(io.BytesIO(drawn(plate))), (left, 130))
    out = io.BytesIO()
    both.save(out, "JPEG")
    assert anna.put(out.getvalue(), "plate").status_code == 200
    Evidence.objects.update(quality={"guide": [0.55, 0.2, 0.98, 0.8]})
    drain(lane=LANE)
    assert Reading.objects.get().fields["plate"]["value"] == "苏J33333"


def test_once_and_idempotent(anna: Person) -> None:
    shoot(anna, close_up(anna.plate), "plate")
    (entry,) = Entry.objects.filter(kind="cases.read")
    assert entry.payload["fields"] == ["plate", "vehicle"]
    assert anna.plate not in str(entry.payload), "facts hold no personal data"
    arrived = Entry.objects.get(kind="cases.photographed")
    Delivery.objects.create(
        entry_id=arrived.pk, city=anna.case.city, case_id=anna.case.pk, lane=LANE,
        handler="kuaichu.process.seeing.read_photograph", run_at=arrived.at,
    )  # fmt: skip
    assert drain(lane=LANE) == 1
    assert Entry.objects.filter(kind="cases.read").count() == 1


def test_scenes_are_read_until_every_plate_was_seen(anna: Person) -> None:
    anna.send("vehicle", vehicle_kind="MV", plate=anna.plate, plate_kind="")
    first = shoot(anna, close_up(anna.plate), "front")
    assert reading_of(first).kind == "scene"
    second = shoot(anna, photograph(77), "rear")
    assert not Reading.objects.filter(evidence=second).exists()


def test_without_any_vision_worker_a_case_goes_through(town: Town) -> None:
    first, second = rear_end(town)
    assert Delivery.objects.filter(lane=LANE).exists(), "readings wait for a worker that never comes"
    first.choose("agree")
    second.choose("agree")
    first.sign()
    second.sign()
    drain()
    assert first.case.status == "decided"
    assert not Reading.objects.exists()


def test_a_city_without_a_reader_and_an_installation_without_the_lane(
    anna: Person, settings: Settings
) -> None:
    settings.CONNECTORS = {**settings.CONNECTORS, "vision": {"adapter": "none"}}
    shoot(anna, close_up(anna.plate), "plate")
    assert not Reading.objects.exists()
    settings.LANES = frozenset()
    anna.put(close_up(anna.plate), "plate")
    assert not Delivery.objects.filter(lane=LANE).exists()


def test_a_register_that_is_away_does_not_stop_reading(anna: Person, settings: Settings) -> None:
    settings.CONNECTORS = {**settings.CONNECTORS, "register": {"base_url": "http://127.0.0.1:9"}}
    photo = shoot(anna, close_up(anna.plate), "plate")
    assert set(reading_of(photo).fields) == {"plate"}
    assert "Is it yours?" in anna.see("vehicle")


@pytest.mark.parametrize("data", [photograph(5), photograph(6, (40, 30))])
def test_a_photograph_with_nothing_to_read(anna: Person, data: bytes) -> None:
    photo = shoot(anna, data, "plate")
    assert reading_of(photo).fields == {}
    assert "Photograph the plate" in anna.see("vehicle")
    assert claim("nobody", lane=LANE) == []
    assert release(lane=LANE) == 0
