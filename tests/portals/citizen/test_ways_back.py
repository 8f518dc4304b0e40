"""A browser that lost its case, an e-bike, a wrong choice of vehicle, and a driver who met nobody."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from kuaichu.cases.models import Case, Link
from kuaichu.desks.liability.models import Determination
from kuaichu.kernel.city import city
from kuaichu.kernel.deliveries import drain
from kuaichu.queries.proposals import proposal_for
from tests.stories.builders import Person, Town

pytestmark = pytest.mark.django_db(transaction=True)
GUANGYUAN = "guangyuan"


def again(number: str, phone: str, **headers: str) -> tuple[int, str]:
    answer = Client(HTTP_ACCEPT_LANGUAGE="en").post("/again", {"number": number, "phone": phone}, **headers)
    drain()
    said = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return answer.status_code, re.sub(r'="[^"]*"', "", said)


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()


def test_a_lost_browser_gets_its_link_on_its_own_phone(anna: Person) -> None:
    anna.describe()
    anna.prove()
    mine, number = anna.party_id, anna.case.number
    assert Client().get(f"/p/{mine}").status_code == 404
    assert "/again" in Client().get(f"/p/{mine}").content.decode()
    assert Client().get("/again").status_code == 200
    status, page = again(number, anna.phone)
    assert (status, "its link is on the way" in page) == (200, True)
    stranger = anna.town.number()
    assert again(number, stranger) == (200, page), "the same whether there is such a case or not"
    assert again("320900209912310001", anna.phone) == (200, page)
    assert anna.town.messages(stranger) == []
    anna.browser = Client(HTTP_ACCEPT_LANGUAGE="en")
    anna.open_link()
    assert anna.party_id == mine
    anna.see()


def test_asking_again_and_again_is_slowed_down(anna: Person) -> None:
    anna.prove()
    number = anna.case.number
    for _ in range(5):
        assert again(number, anna.phone)[0] == 200
    assert Link.objects.filter(party_id=anna.party_id).count() == 3
    assert again(number, "12345")[0] == 422
    assert again("", "")[0] == 422
    for _ in range(30):
        Client().post("/again", {"number": "1", "phone": anna.phone}, REMOTE_ADDR="10.1.1.1")
    refused = Client().post("/again", {"number": "1", "phone": anna.phone}, REMOTE_ADDR="10.1.1.1")
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0


def test_an_e_bike_may_have_a_plate_and_a_wrong_kind_can_be_changed(anna: Person) -> None:
    anna.drive()
    assert anna.party.is_owner
    anna.send("vehicle", vehicle_kind="NMV", plate="盐城 0-12345")
    row = vehicle(anna)
    assert (row.kind, row.plate, row.plate_kind, row.record) == ("NMV", "盐城012345", "", None)
    assert anna.party.is_owner is None
    anna.send("vehicle", 422, vehicle_kind="NMV", plate="no")
    anna.send("vehicle", vehicle_kind="NMV", plate="")
    assert vehicle(anna).plate == ""
    anna.send("vehicle", vehicle_kind="PEDESTRIAN", plate="苏J20001")
    assert (vehicle(anna).kind, vehicle(anna).plate) == ("PEDESTRIAN", "")
    anna.drive()
    row = vehicle(anna)
    assert (row.kind, row.plate) == ("MV", "苏J20001")
    assert row.record, "the register was asked anew"


def vehicle(person: Person):  # type: ignore[no-untyped-def]
    from kuaichu.cases.models import Vehicle

    return Vehicle.objects.get(party_id=person.party_id)


def alone(town: Town, plate: str) -> Person:
    """Somebody who met nobody, up to what happened."""
    person = Person(town, town.car(plate))
    person.start()
    profile = city(person.case.city).profile
    person.send(
        "safety", injury="none", lat=str(profile.centre_lat), lon=str(profile.centre_lon), accuracy="9"
    )
    person.send("place", place="老鹰嘴隧道口", weather="1", light="day")
    person.send("checks", checks=["single_vehicle"])
    return person


def test_where_single_vehicles_need_the_police_they_come_at_once(town: Town) -> None:
    person = alone(town, "苏J30001")
    assert person.case.status == Case.Status.HANDED_OVER
    assert person.case.outcome == "police_on_site"
    assert "Only one vehicle" in person.see()


@pytest.mark.parametrize(
    ("struck", "status", "code"), [("object", "ready", "SV-01"), ("facility", "handed_over", "SV-02")]
)
def test_a_lone_driver_is_asked_what_was_hit(
    town: Town, settings: Settings, struck: str, status: str, code: str
) -> None:
    settings.DEFAULT_CITY = GUANGYUAN
    person = alone(town, "川H20002")
    assert person.case.status == Case.Status.REPORTING
    person.drive()
    person.prove()
    person.shoot()
    person.send("happened/movement", answer="STRAIGHT")
    asked = person.send("happened/zone", answer="FRONT")["Location"]
    assert asked.endswith("/happened/A.struck")
    assert "guardrail" in person.see("happened/A.struck")
    assert person.send("happened/A.struck", answer=struck)["Location"].endswith("/words")
    person.send("happened/words", answer="")
    person.confirm()
    assert person.case.status == status
    proposal = proposal_for(person.case.pk)
    assert proposal["grades"] == {"A": "FULL"}
    assert [fault["code"] for fault in proposal["faults"]] == [code]
    if status == "ready":
        person.choose("officer")
        assert Determination.objects.get(case=person.case).status == "waiting"
        assert "agree" not in person.browser.get(person.url("ways")).context["cards"]
    else:
        assert person.case.outcome == "police_on_site"
        assert "FACILITY" in [hit["gate"] for hit in person.case.screening["hits"]]
