"""What does not fit together: found, with who said what, and told to parties without blame."""

from __future__ import annotations

import pytest
from django.utils import translation

from kuaichu.cases.models import Party
from kuaichu.queries import contradictions
from kuaichu.queries.proposals import proposal_for
from tests.process.walking import Road
from tests.stories.builders import Town

pytestmark = pytest.mark.django_db


def told(town: Town, a: dict[str, object], b: dict[str, object]) -> Road:
    road = Road(town).both_joined()
    for label, statement in (("A", a), ("B", b)):
        Party.objects.filter(case_id=road.id, label=label).update(statement=statement)
    return road


def codes(road: Road, found: dict[str, object] | None = None) -> list[str]:
    return [one["code"] for one in proposal_for(road.id, found)["contradictions"]]


def test_accounts_that_differ_name_who_said_what(town: Town) -> None:
    road = told(
        town,
        {"movement": "STRAIGHT", "zone": "FRONT", "other_movement": "REVERSING", "other_zone": "REAR"},
        {"movement": "STOPPED_QUEUE", "zone": "REAR"},
    )
    proposal = proposal_for(road.id)
    (one,) = proposal["contradictions"]
    assert (one["code"], one["subject"], one["key"]) == ("accounts-differ", "B", "movement")
    assert {(s["by"], s["value"]) for s in one["said"]} == {("A", "REVERSING"), ("B", "STOPPED_QUEUE")}
    assert "certificate-of-facts" in [x["code"] for x in proposal["advice"]]
    with translation.override("en"):
        (officer,) = contradictions.for_officer(proposal)
        (party,) = contradictions.for_party(proposal, "B")
    assert officer.text == "The accounts of one fact differ"
    assert party.text == "You describe this differently:"
    assert any("B (yours)" in said.question for said in party.said)
    assert codes(road, {"B.movement": "STOPPED_QUEUE"}) == [], "settled by the officer"


def test_one_corner_off_is_no_contradiction(town: Town) -> None:
    road = told(
        town,
        {"movement": "STRAIGHT", "zone": "FRONT", "other_zone": "REAR_LEFT"},
        {"movement": "STOPPED_QUEUE", "zone": "REAR"},
    )
    assert codes(road) == []


def test_movement_against_zone_and_what_only_one_can_be(town: Town) -> None:
    reversing = told(
        town, {"movement": "REVERSING", "zone": "FRONT"}, {"movement": "STRAIGHT", "zone": "LEFT"}
    )
    assert "reversing-zone" in codes(reversing)
    still = told(
        town,
        {
            "movement": "STOPPED_QUEUE",
            "zone": "FRONT",
            "answers": {"A.rolled_back": False, "B.rolled_back": False},
        },
        {
            "movement": "STOPPED_QUEUE",
            "zone": "REAR",
            "answers": {"B.rolled_back": False, "A.rolled_back": False},
        },
    )
    assert "both-still" in codes(still)
    uphill = told(
        town,
        {"movement": "STRAIGHT", "zone": "FRONT", "answers": {"A.went_uphill": True}},
        {"movement": "STRAIGHT", "zone": "FRONT", "answers": {"B.went_uphill": True}},
    )
    (one,) = [x for x in proposal_for(uphill.id)["contradictions"] if x["code"] == "exclusive"]
    assert {(s["by"], s["ref"]) for s in one["said"]} == {("A", "A.went_uphill"), ("B", "B.went_uphill")}


def test_the_sketch_against_the_box(town: Town) -> None:
    road = told(
        town,
        {"movement": "STRAIGHT", "zone": "FRONT", "answers": {"A.other_came_from": "same"}},
        {"movement": "STRAIGHT", "zone": "FRONT_LEFT"},
    )
    found = proposal_for(road.id)["contradictions"]
    assert [one["code"] for one in found] == ["sketch-direction"]
    assert {s["ref"] for s in found[0]["said"]} >= {"A.zone", "B.zone", "A.other_came_from"}
