"""Both parties on one phone: handing over is explicit, and nobody signs for the other."""

from __future__ import annotations

import pytest

from kuaichu.cases.models import Party
from kuaichu.desks.liability.models import Agreement
from kuaichu.kernel.deliveries import drain
from tests.stories.builders import SIGNATURE, Person, Town, insurers


@pytest.fixture
def both(anna: Person, town: Town) -> tuple[Person, Person]:
    """Anna has reported and handed her phone to Bob, who has proven his own and entered his part on hers."""
    insurers()
    bob = Person(town, town.car("苏J20044", insurer="TAIHU"))
    bob.browser = anna.browser
    anna.describe()
    anna.drive()
    anna.prove()
    anna.shoot()
    anna.tell("STRAIGHT", "FRONT", "STOPPED_QUEUE", "REAR")
    link = anna.send("other", how="here")["Location"]
    anna.confirm()
    page = anna.browser.get(link).content.decode()
    assert "Give the phone to the other driver" in page
    bob.follow(link.removesuffix("?here=1"), phone=bob.phone)
    bob.drive()
    bob.tell("STOPPED_QUEUE", "REAR", "STRAIGHT", "FRONT")
    return anna, bob


def test_the_whole_way_on_one_phone(both: tuple[Person, Person]) -> None:
    anna, bob = both
    assert anna.party_id != bob.party_id
    bob.confirm()
    for one in both:
        one.send("hand")
        one.choose("agree")
    for one in (bob, anna):
        one.send("hand")
        assert f"in the hands of party {one.party.label}" in one.see("agreement")
        one.sign()
    drain()
    row = Agreement.objects.get()
    assert row.status == Agreement.Status.SIGNED
    assert {s["door"] for s in row.signatures.values()} == {"shared"}
    assert all(s["code_at"] and s["shown_at"] for s in row.signatures.values())


def test_a_page_of_the_other_part_asks_for_the_phone_to_be_given(both: tuple[Person, Person]) -> None:
    anna, bob = both
    away = anna.browser.get(anna.url("review"))
    assert away["Location"] == anna.url("hand")
    assert "Give the phone to party A" in anna.see("hand")
    fragment = anna.browser.get(anna.url("timeline"), headers={"HX-Request": "true"})
    assert fragment.status_code == 200
    bob.send("review", true="on")
    assert bob.party.status == Party.Status.CONFIRMED


def test_what_stands_for_a_person_is_taken_only_from_its_hands(both: tuple[Person, Person]) -> None:
    anna, bob = both
    bob.confirm()
    for one in both:
        one.send("hand")
        one.choose("agree")
    anna.send("hand")
    response = bob.browser.post(bob.url("agreement"), {"decline": "yes"})
    assert response["Location"] == bob.url("hand")
    assert Agreement.objects.get().status == Agreement.Status.PROPOSED


def test_neither_signs_with_the_code_of_the_other(both: tuple[Person, Person]) -> None:
    anna, bob = both
    bob.confirm()
    for one in both:
        one.send("hand")
        one.choose("agree")
    anna.send("hand")
    own = anna.read_agreement()
    bob.send("hand")
    bob.read_agreement()
    bob.send("agreement", 422, signature_path=SIGNATURE, read="on", code=own)
    assert Agreement.objects.get().signatures == {}


def test_what_the_phone_sends_of_its_own_accord_goes_on(both: tuple[Person, Person]) -> None:
    anna, bob = both
    anna.shoot("damage")
    assert bob.see("happened/words")


def test_a_phone_of_one_never_sees_the_handing_over(anna: Person) -> None:
    assert "in the hands of" not in anna.see("place")
    assert anna.browser.get(anna.url("hand"))["Location"] == anna.url("")
