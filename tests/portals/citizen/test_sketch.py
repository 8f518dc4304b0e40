"""The sketch of one's own account: shown before the last words, put right by choosing."""

from __future__ import annotations

import pytest
from django.test import Client

from kuaichu.kernel.deliveries import drain
from tests.stories.builders import Person, Town

pytestmark = pytest.mark.django_db(transaction=True)


def told(person: Person, movement: str = "LEFT_TURN") -> None:
    for key, value in (
        ("movement", movement),
        ("zone", "FRONT_RIGHT"),
        ("other_movement", "STRAIGHT"),
        ("other_zone", "FRONT_LEFT"),
    ):
        person.send(f"happened/{key}", answer=value)


def sketch_of(person: Person) -> str:
    return person.see("happened/words").split('<figure class="sketch">')[1].split("</figure>")[0]


def test_the_own_account_is_drawn_and_choosing_redraws_it(anna: Person) -> None:
    told(anna)
    page = anna.see("happened/words")
    assert "<svg" in page
    assert "turning left" in page
    address = anna.url("sketch")
    fields = {
        "movement": "RIGHT_TURN",
        "A.other_came_from": "left",
        "place.road_form": "tee",
        "zone": "NOWHERE",
    }
    answer = anna.browser.post(address, fields, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.startswith('<section id="sketch"')
    assert "turning right" in text
    assert "T-junction" in text
    statement = anna.party.statement
    assert statement["movement"] == "RIGHT_TURN"
    assert statement["zone"] == "FRONT_RIGHT"
    assert statement["answers"] == {"A.other_came_from": "left", "place.road_form": "tee"}


def test_without_script_the_page_is_shown_again(anna: Person) -> None:
    told(anna)
    answer = anna.send("sketch", other_zone="REAR")
    assert answer["Location"].endswith("/happened/words")
    assert anna.party.statement["other_zone"] == "REAR"
    anna.send("sketch")  # nothing chosen changes nothing
    assert anna.browser.get(anna.url("sketch")).status_code == 405


def test_what_cannot_be_right_is_said(anna: Person) -> None:
    told(anna, "STRAIGHT")
    assert 'class="notice notice-warn"' not in anna.see("happened/words")
    fields = {"other_movement": "STOPPED_QUEUE", "other_zone": "REAR", "A.other_came_from": "opposite"}
    answer = anna.browser.post(anna.url("sketch"), fields, headers={"HX-Request": "true"})
    assert 'class="notice notice-warn"' in answer.content.decode()


def test_a_changed_answer_may_open_another_question(anna: Person) -> None:
    told(anna, "STRAIGHT")
    anna.send("sketch", other_movement="STOPPED_QUEUE", other_zone="REAR", zone="FRONT")
    answer = anna.send("happened/words", answer="")
    assert answer["Location"].endswith("/happened/B.rolled_back")


def test_only_the_own_words_are_drawn(town: Town, anna: Person) -> None:
    told(anna)
    other = Person(town, town.car("苏J20002"))
    anna.describe()
    anna.drive()
    anna.prove()
    anna.send("other", how="sms", phone=other.phone)
    other.open_link()
    other.send("happened/movement", answer="REVERSING")
    other.send("happened/zone", answer="REAR")
    drain()
    assert "reversing" not in sketch_of(anna)
    assert "reversing" in sketch_of(other)
    assert "turning left" not in sketch_of(other)


def test_a_stranger_sees_no_sketch(anna: Person) -> None:
    told(anna)
    assert Client().post(anna.url("sketch"), {"movement": "U_TURN"}).status_code == 404
    assert anna.party.statement["movement"] == "LEFT_TURN"
