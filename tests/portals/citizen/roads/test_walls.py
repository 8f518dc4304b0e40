"""Nobody meets a wall: whatever the gates say, the same evidence is taken, and the page says what now."""

from __future__ import annotations

import msgspec
import pytest

from kuaichu.cases import files, screening
from kuaichu.cases.models import Case, Evidence, Party
from kuaichu.cases.rules import rules
from kuaichu.kernel.deliveries import drain
from kuaichu.process import waiting
from tests.portals.citizen.roads.walking import begin, people
from tests.stories.builders import Person, Town


def test_what_excludes_takes_the_whole_report_all_the_same(town: Town) -> None:
    (anna,) = people(town, 1)
    begin(anna, "alcohol_suspected")
    assert (anna.case.status, anna.case.outcome) == (Case.Status.HANDED_OVER, "police_on_site")
    assert "the officer finds it all" in anna.see()
    anna.tell("STRAIGHT", "FRONT", "STOPPED_QUEUE", "REAR")
    anna.send("other", how="qr")
    anna.confirm()
    assert anna.party.status == Party.Status.CONFIRMED
    assert anna.case.status == Case.Status.HANDED_OVER
    assert Evidence.objects.filter(case=anna.case).count() == 3


@pytest.mark.parametrize("check", ["facility_hit", "immovable", "hazmat", "military", "party_left"])
def test_every_gate_says_what_now(anna: Person, check: str) -> None:
    anna.describe(check)
    assert anna.case.status == Case.Status.HANDED_OVER
    home = anna.see()
    assert "Go on with my report" in home
    assert "What happens next" in home


def test_the_injured_come_first(anna: Person) -> None:
    anna.send("safety", injury="serious")
    assert anna.case.outcome == "general"
    home = anna.see()
    assert 'href="tel:120"' in home
    assert "Only if it is safe" in home
    assert "Keep every bill" in home
    assert "aria-current" in anna.see("place")
    anna.send("place", place="人民南路", weather="1", light="day", site="road")
    anna.shoot("front")
    assert anna.case.place == "人民南路"


def test_a_pole_is_hit_and_its_owner_is_told(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    (anna,) = people(town, 1)
    number = town.number()
    own = msgspec.structs.replace(rules("yancheng"), facility_phone=number)
    monkeypatch.setattr(waiting, "rules", lambda _city: own)
    begin(anna, "facility_hit", "single_vehicle")
    assert "Pay nobody cash" in anna.see("struck")
    anna.send("struck", 422, kind="")
    anna.send("struck", kind="16", owner="电杆 12 号")
    assert anna.case.struck == {"kind": "16", "owner": "电杆 12 号"}
    anna.shoot("object")
    anna.send("happened/movement", answer="STRAIGHT")
    anna.send("happened/zone", answer="FRONT")
    anna.confirm()
    drain()
    assert anna.case.number in town.messages(number)[0]


def test_a_walker_and_a_car(town: Town) -> None:
    driver, walker = people(town, 2)
    begin(driver)
    driver.invite(walker)
    walker.send("vehicle", vehicle_kind="PEDESTRIAN", plate="")
    walker.send("driver", name="李步", id_number="320902199001011236")
    following = walker.send("happened/movement", answer="CROSSING_ROAD")["Location"]
    assert following.endswith("happened/other_movement")  # who is on foot has no part that was hit
    driver.send("happened/movement", answer="STRAIGHT")
    driver.send("happened/zone", answer="FRONT")
    driver.send("happened/other_movement", answer="CROSSING_ROAD")
    driver.confirm()
    walker.confirm()
    assert driver.case.outcome == "police_on_site"
    assert "A motor vehicle and a pedestrian" in walker.see()


def test_two_riders_settle_it_themselves(town: Town) -> None:
    one, two = people(town, 2)
    one.start()
    one.describe()
    for rider, number in ((one, "320902199001011236"), (two, "320902199203041230")):
        if rider is two:
            one.prove()
            one.shoot()
            one.invite(two)
        rider.send("vehicle", vehicle_kind="NMV", plate="")
        rider.send("driver", name="王骑", id_number=number)
    one.tell("STRAIGHT", "FRONT", "STOPPED_QUEUE", "REAR")
    two.tell("STOPPED_QUEUE", "REAR", "STRAIGHT", "FRONT")
    one.confirm()
    two.confirm()
    assert one.case.status == Case.Status.READY, one.case.screening
    assert "SELF" in one.case.screening["allowed"]


def test_a_car_park_is_a_road_and_private_ground_is_not(town: Town) -> None:
    one, two = people(town, 2)
    begin(one, site="car_park")
    begin(two, site="private")
    assert (one.case.site, two.case.site) == ("car_park", "private")
    assert "bay lines" in one.see("place")
    found = {
        p.case.site: {
            hit.gate.code
            for hit in screening.assess(p.case, files.parties(p.case.pk), files.vehicles(p.case.pk)).hits
        }
        for p in (one, two)
    }
    assert "OFF_ROAD" in found["private"]
    assert "OFF_ROAD" not in found["car_park"]
