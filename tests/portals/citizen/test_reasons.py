"""Why a proposal says what it says, for the party asked to sign it; and pictures beside the questions."""

from __future__ import annotations

import re

import pytest

from kuaichu.desks.liability.models import Agreement
from kuaichu.queries.proposals import explanation_of
from kuaichu.queries.reasons import in_short
from tests.stories.builders import Person, Town, rear_end

pytestmark = pytest.mark.django_db(transaction=True)


def proposed(town: Town) -> tuple[Person, Person]:
    first, second = rear_end(town)
    first.choose("agree")
    second.choose("agree")
    return first, second


def test_the_agreement_says_what_would_have_changed_it(town: Town) -> None:
    first, second = proposed(town)
    page = first.see("agreement")
    assert "What would have changed it" in page
    assert first.url("agreement/reasons") in page
    said = explanation_of(first.case.pk, full=False)
    assert said["tried"] <= 12
    for text in in_short(Agreement.objects.get().proposal, said):
        assert text in page
    sheet = second.see("agreement/reasons")
    for heading in ("Result", "Why", "The facts it rests on", "How sure it is", "The articles"):
        assert f"<h2>{heading}</h2>" in sheet
    assert "If B had been making a U-turn, reversing" in sheet
    assert "said by A" in sheet
    assert "B (yours)" in sheet


def test_the_same_in_chinese(town: Town) -> None:
    first, _second = proposed(town)
    first.browser.cookies["django_language"] = "zh-hans"
    sheet = first.browser.get(first.url("agreement/reasons"), headers={"Accept-Language": "zh-hans"})
    assert "如果B当时在掉头、在倒车" in sheet.content.decode()


def test_nothing_to_explain_sends_back_to_the_ways(town: Town) -> None:
    first, _second = rear_end(town)
    assert first.browser.get(first.url("agreement/reasons"))["Location"].endswith("/ways")


def test_reasons_of_other_facts_are_not_shown() -> None:
    proposal = {"grades": {"A": "FULL", "B": "NONE"}}
    other = {"results": [{"A": "NONE", "B": "FULL"}], "what_if": [{"zh": "如果", "en": "If"}]}
    assert in_short(proposal, other) == []
    assert in_short(proposal, {**other, "results": [{"A": "FULL", "B": "NONE"}]}) != []


def test_answers_which_look_different_bring_a_picture(anna: Person) -> None:
    told = {"movement": "LEFT_TURN", "zone": "RIGHT", "other_movement": "STRAIGHT", "other_zone": "FRONT"}
    for key, value in told.items():
        anna.send(f"happened/{key}", answer=value)
    ask = anna.browser.get(anna.url("happened"))["Location"].rsplit("/", 1)[1]
    assert ask == "place.control"
    page = anna.see(f"happened/{ask}")
    cards = re.findall(r'<label class="choice".*?</label>', page, re.DOTALL)
    assert len(cards) == 9
    drawn = {re.search('value="(.*?)"', card)[1] for card in cards if "choice-drawing" in card}
    assert {"signals", "roundabout", "officer"} <= drawn
    assert not drawn & {"no_junction", "none", "unknown"}, "drawn alike: no picture"
    pictures = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert "<title>" not in "".join(pictures[-len(drawn) :])
    assert all("choice-label" in card for card in cards)
    assert len(page.encode()) <= 60_000


def test_answers_which_look_alike_stay_words(anna: Person) -> None:
    told = {"movement": "STRAIGHT", "zone": "FRONT", "other_movement": "STOPPED_QUEUE", "other_zone": "REAR"}
    for key, value in told.items():
        anna.send(f"happened/{key}", answer=value)
    ask = anna.browser.get(anna.url("happened"))["Location"].rsplit("/", 1)[1]
    assert ask == "B.rolled_back"
    assert "choice-drawing" not in anna.see(f"happened/{ask}")
