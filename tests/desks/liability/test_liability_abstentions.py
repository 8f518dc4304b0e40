"""When the engine abstains, and what it says would decide."""

import pytest

from kuaichu.desks.liability.engine import Abstention, propose
from kuaichu.desks.liability.scenarios._scenario import car
from kuaichu.desks.liability.settling import Statement, gather
from kuaichu.desks.liability.vocabulary import UserKind
from tests.desks.liability.judging import DAY, PACK, codes, judge


@pytest.mark.parametrize(
    ("vehicles", "place"),
    [
        ((car("A", None), car("B", None)), {}),
        ((car("A", "STRAIGHT", "FRONT"), car("B", None, "REAR")), {"light": "day"}),
        ((car("A", "STRAIGHT", "FRONT"), car("B", "STRAIGHT", "LEFT")), {}),
        ((car("A", "LEFT_TURN", "FRONT"), car("B", "STRAIGHT", "FRONT")), {"control": "signals"}),
    ],
)
def test_missing_facts_are_named(vehicles, place):
    result = judge(*vehicles, **place)
    assert codes(result) == ["facts-missing"]
    assert result.would_decide


def test_no_rule_is_not_equal_liability():
    result = judge(car("A", "CROSSING_ROAD", "FRONT"), car("B", "CROSSING_ROAD", "LEFT"))
    assert codes(result) == ["no-rule"]


@pytest.mark.parametrize(
    ("code", "vehicles", "place"),
    [
        ("reversing-zone", (car("A", "REVERSING", "FRONT"), car("B", "STRAIGHT", "REAR")), {}),
        ("door-zone", (car("A", "DOOR_OPENING", "REAR"), car("B", "STRAIGHT", "FRONT")), {}),
        ("lane-change-side", (car("A", "LANE_CHANGE_LEFT", "RIGHT"), car("B", "STRAIGHT", "LEFT")), {}),
        ("both-straight", (car("A", "STRAIGHT", "LEFT"), car("B", "STRAIGHT", "RIGHT")), {}),
        ("both-still", (car("A", "PARKED_LEGAL", "LEFT"), car("B", "PARKED_LEGAL", "RIGHT")), {}),
        ("rear-without-reversing", (car("A", "STRAIGHT", "REAR"), car("B", "STRAIGHT", "LEFT")), {}),
        ("still-striker", (car("A", "PARKED_LEGAL", "FRONT"), car("B", "STRAIGHT", "REAR")), {}),
        ("form", (car("A", "STRAIGHT", "FRONT"), car("B", "STRAIGHT", "LEFT")), {"form": "1"}),
        (
            "directions",
            (
                car("A", "LEFT_TURN", "FRONT", other_came_from="right"),
                car("B", "STRAIGHT", "FRONT", other_came_from="right"),
            ),
            {},
        ),
        (
            "both-green",
            (
                car("A", "STRAIGHT", "FRONT", signal="green", entered_earlier=False),
                car("B", "STRAIGHT", "LEFT", signal="green", entered_earlier=False),
            ),
            {"control": "signals"},
        ),
    ],
)
def test_contradictions_abstain(code, vehicles, place):
    result = judge(*vehicles, **place)
    assert isinstance(result, Abstention)
    assert code in codes(result)


def test_what_the_parties_contradict_is_not_decided():
    rows = [
        ("A", "movement", "STRAIGHT", "party:A"),
        ("A", "zone", "LEFT", "party:A"),
        ("A", "movement", "LANE_CHANGE_LEFT", "party:B"),
        ("B", "movement", "STRAIGHT", "party:B"),
        ("B", "zone", "FRONT_RIGHT", "party:B"),
    ]
    facts = gather(DAY, {"A": UserKind.MV, "B": UserKind.MV}, [Statement(*row) for row in rows])
    result = propose(facts, PACK, DAY)
    assert codes(result) == ["contradiction"]
    assert result.would_decide[0] == "A.movement"
