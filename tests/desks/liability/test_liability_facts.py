import json
from datetime import date

import pytest

from kuaichu.desks.liability.facts import AccidentFacts, Contact, VehicleFacts, from_json, to_json
from kuaichu.desks.liability.scenarios import ALL
from kuaichu.desks.liability.settling import Statement, gather
from kuaichu.desks.liability.vocabulary import Movement, UserKind, Zone

DAY = date(2024, 5, 15)
KINDS = {"A": UserKind.MV, "B": UserKind.MV}


def told(*rows):
    return gather(DAY, KINDS, [Statement(*row) for row in rows])


@pytest.mark.parametrize("code", ALL)
def test_json_round_trip(code):
    for example in ALL[code].examples:
        assert from_json(json.loads(json.dumps(to_json(example.facts)))) == example.facts


def test_json_keeps_disputes_and_chains():
    facts = AccidentFacts(
        (VehicleFacts("A", disputed=frozenset({"signal"})), VehicleFacts("B"), VehicleFacts("C")),
        DAY,
        contacts=(Contact("A", "C", Zone.FRONT, None, ("B",)),),
        place_disputed=frozenset({"control"}),
    )
    assert from_json(json.loads(json.dumps(to_json(facts)))) == facts


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"vehicles": [], "on": "x"},
        {"on": "2024-05-15", "vehicles": [{"label": "A", "movement": "FLYING"}]},
        {"on": "2024-05-15", "vehicles": [{"label": "A", "zone": "ROOF"}]},
        {"on": "2024-05-15", "vehicles": [{"label": "A", "answers": {"signal": ["red"]}}]},
        {"on": "2024-05-15", "vehicles": [{"label": "A"}, {"label": "A"}]},
        {"on": "2024-05-15", "vehicles": "A"},
        {
            "on": "2024-05-15",
            "vehicles": [{"label": "A"}],
            "contacts": [{"first": "A", "second": "Z", "zones": [None, None]}],
        },
    ],
)
def test_json_refuses(data):
    with pytest.raises(ValueError):
        from_json(data)


def test_contradicting_parties_leave_a_fact_unknown():
    facts = told(("A", "signal", "green", "party:A"), ("A", "signal", "red", "party:B"))
    assert facts.answer("A.signal") is None
    assert facts.disputed() == {"A.signal"}


def test_an_officer_outranks_a_photo_which_outranks_the_parties():
    rows = [("A", "signal", "green", "party:A"), ("A", "signal", "red", "photo:7")]
    assert told(*rows).answer("A.signal") == "red"
    facts = told(*rows, ("A", "signal", "yellow", "officer"))
    assert facts.answer("A.signal") == "yellow"
    assert facts.source("A.signal") == ("officer",)
    assert not facts.disputed()


def test_dont_know_contradicts_nobody():
    facts = told(("place", "light", None, "party:A"), ("place", "light", "day", "party:B"))
    assert facts.answer("place.light") == "day"


def test_movement_and_zone_are_typed():
    facts = told(("B", "movement", "STRAIGHT", "party:B"), ("B", "zone", "REAR", "party:A"))
    assert facts.vehicle("B").movement is Movement.STRAIGHT
    assert facts.met()[0].second_zone is Zone.REAR
    with pytest.raises(ValueError):
        told(("B", "movement", "FLYING", "party:B"))
    with pytest.raises(ValueError):
        told(("Z", "signal", "red", "party:B"))


def test_a_relation_may_be_given_for_one_counterpart():
    one = VehicleFacts("A", answers={"other_came_from@B": "left", "other_came_from": "right"})
    assert one.answer("other_came_from", "B") == "left"
    assert one.answer("other_came_from", "C") == "right"
