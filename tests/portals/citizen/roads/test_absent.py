"""A parked car was hit and nobody is there; somebody has left: the note, the waiting, its end."""

from __future__ import annotations

import re
from datetime import timedelta

from kuaichu.cases import absence
from kuaichu.cases.models import Case, Party, Vehicle
from kuaichu.desks.liability.models import Agreement
from kuaichu.kernel import clock
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.models import Delivery
from tests.portals.citizen.roads.walking import begin, people
from tests.stories.builders import Person, Town


def hit_a_parked_car(town: Town) -> tuple[Person, Person]:
    """Anna hits a parked car, reports, and leaves a note; its owner is not there yet."""
    anna, owner = people(town, 2)
    begin(anna, "owner_absent")
    assert anna.browser.get(anna.url("other"))["Location"].endswith("/others/B/absent")
    assert "Do not just leave" in anna.see("others/B/absent")
    anna.send("others/B/absent", 422, plate="")
    anna.send("others/B/absent", plate=owner.plate)
    return anna, owner


def tell(anna: Person) -> None:
    anna.tell("REVERSING", "REAR", "PARKED_LEGAL", "FRONT")
    anna.confirm()


def short(page: str) -> str:
    found = re.search(r"/j/([0-9a-z]{10})\b", page)
    assert found
    return found[1]


def test_the_owner_finds_the_note_and_everything_goes_on(town: Town) -> None:
    anna, owner = hit_a_parked_car(town)
    tell(anna)
    page = anna.see("others/B/note")
    assert anna.case.number in page
    assert anna.party.name not in page.split("windscreen")[1].split("</section>")[0]
    assert "Waiting for who is not there" in anna.see()
    anna.shoot("note")

    link = f"/j/{short(page).upper()}"  # copied by hand, in capitals
    stranger = owner.browser.get(link)
    assert "Is it your vehicle?" in stranger.content.decode()
    assert owner.browser.post(link, {"tail": "000000"}).status_code == 422
    assert "Send me the code" not in owner.browser.get(link).content.decode()
    vin = Vehicle.objects.get(case=anna.case, party__label="B").record["vin"]
    assert owner.browser.post(link, {"tail": vin[-6:].lower()}).status_code == 302
    owner.follow(link, phone=owner.phone)
    assert owner.party.status == Party.Status.JOINED
    owner.send("owner", owner="yes")
    owner.tell("PARKED_LEGAL", "FRONT", "REVERSING", "REAR")
    owner.confirm()
    assert anna.case.status == Case.Status.READY, anna.case.screening
    anna.choose("agree")
    owner.choose("agree")
    assert Agreement.objects.get(case=anna.case).grades == {"A": "FULL", "B": "NONE"}


def run_late(minutes: int) -> None:
    """Let what is due in so many minutes be done now."""
    Delivery.objects.filter(run_at__lte=clock.now() + timedelta(minutes=minutes)).update(run_at=clock.now())
    drain()


def test_nobody_comes_in_time_and_the_police_go_on(town: Town) -> None:
    anna, _owner = hit_a_parked_car(town)
    tell(anna)
    run_late(23 * 60)
    assert anna.case.status == Case.Status.REPORTING
    run_late(25 * 60)
    assert (anna.case.status, anna.case.outcome) == (Case.Status.HANDED_OVER, "police_on_site")
    text = anna.see()
    assert "The owner of the other vehicle is not there" in text
    assert "that is not fleeing" in text


def test_not_to_wait_is_one_tap(town: Town) -> None:
    anna, _owner = hit_a_parked_car(town)
    anna.send("others/B/note", what="police")
    assert anna.case.status == Case.Status.HANDED_OVER
    anna.send("others/B/note", what="police")


def test_the_tries_at_a_note_are_counted(town: Town) -> None:
    anna, owner = hit_a_parked_car(town)
    link = f"/j/{absence.note_code(Party.objects.get(case=anna.case, label='B'))}"
    codes = [owner.browser.post(link, {"tail": f"{n:06d}"}).status_code for n in range(11)]
    assert codes == [422] * 10 + [429]


def test_who_left_a_number_is_sent_the_link_and_waited_for(town: Town) -> None:
    anna, ben = people(town, 2)
    begin(anna)
    anna.tell("STRAIGHT", "FRONT", "STOPPED_QUEUE", "REAR")
    anna.send("others/B/left", 422, how="number", phone="")
    anna.send("others/B/left", how="number", phone=ben.phone, plate=ben.plate)
    assert anna.case.status == Case.Status.REPORTING
    ben.open_link()
    ben.drive()
    ben.tell("STOPPED_QUEUE", "REAR", "STRAIGHT", "FRONT")
    anna.confirm()
    ben.confirm()
    assert anna.case.status == Case.Status.READY, anna.case.screening
    run_late(60)
    assert anna.case.status == Case.Status.READY


def test_who_left_a_number_and_does_not_come(town: Town) -> None:
    anna, ben = people(town, 2)
    begin(anna)
    anna.send("others/B/left", how="number", phone=ben.phone)
    run_late(60)
    assert (anna.case.status, anna.case.outcome) == (Case.Status.HANDED_OVER, "police_on_site")


def test_who_went_without_a_word_and_who_fled(town: Town) -> None:
    for how, gate in (("gone", "PARTY_LEFT"), ("fled", "HIT_AND_RUN")):
        (anna,) = people(town, 1)
        begin(anna)
        anna.send("others/B/left", how=how)
        assert (anna.case.status, anna.case.outcome) == (Case.Status.HANDED_OVER, "general")
        assert anna.case.screening["handover"]["reasons"] == [gate]
        assert "Only if it is safe" in anna.see() or "Add photographs" in anna.see()


def test_who_is_there_but_refuses(town: Town) -> None:
    (anna,) = people(town, 1)
    begin(anna)
    anna.send("others/B/left", how="refuses")
    assert anna.case.outcome == "police_on_site"
