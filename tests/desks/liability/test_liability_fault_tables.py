"""Published tables against the engine: see tests/data/fault_tables/README.md."""

import json
from pathlib import Path

import pytest

from kuaichu.desks.liability.engine import LiabilityPack, propose
from kuaichu.desks.liability.grades import Grade
from kuaichu.desks.liability.scenarios import ALL
from kuaichu.desks.liability.scenarios._scenario import car, scene
from kuaichu.desks.liability.vocabulary import Movement

TABLES = Path(__file__).parents[2] / "data" / "fault_tables"
SHARES = {"全部": Grade.FULL, "主要": Grade.PRIMARY, "次要": Grade.SECONDARY, "无": Grade.NONE}
SIX = {
    one["no"]: one
    for one in json.loads((TABLES / "cn_six_rear_end_cases.json").read_text("utf-8"))["6_rear_end"]["items"]
}
BEHIND = car("A", "STRAIGHT", "FRONT")
AHEAD = {
    1: [(car("B", "STRAIGHT", "REAR"), {"light": "day"})],
    2: [(car("B", "STRAIGHT", "REAR", tail_lights_on=False), {"light": "night_unlit"})],
    3: [(car("B", "BROKEN_DOWN", "REAR", warned=False), {"light": "day"})],
    4: [(car("B", "BROKEN_DOWN", "REAR", warned=True), {"light": "day"})],
    5: [(car("B", "STRAIGHT", "REAR", overlength_unmarked=True), {"light": "day"})],
    6: [(car("B", "REVERSING", "REAR"), {}), (car("B", "ROLLING", "REAR"), {})],
}


@pytest.mark.parametrize("number", SIX)
def test_six_rear_end_cases(number):
    case = SIX[number]
    for ahead, place in AHEAD[number]:
        result = propose(scene(BEHIND, ahead, **place), LiabilityPack.default(), scene(BEHIND, ahead).on)
        assert result.grades == {"A": SHARES[case["A_share"]], "B": SHARES[case["B_share"]]}


BEIJING = json.loads((TABLES / "cn_beijing_43_full_responsibility.json").read_text("utf-8"))["items"]
MAPPED = {
    1: "RE-01",
    2: "WR-01",
    3: "RV-01",
    4: "RL-01",
    5: "DR-01",
    6: "SG-01",
    7: "UT-02",
    8: "LN-01",
    9: "SG-03",
    10: "SG-05",
    11: "SG-07",
    12: "EM-01",
    13: "LC-01",
    14: "MT-01",
    15: "MT-02",
    16: "MT-03",
    17: "MT-04",
    18: "MT-05",
    19: ("OT-01", 0),
    20: ("OT-01", 1),
    21: ("OT-01", 2),
    22: "OT-02",
    23: "OT-03",
    24: "UT-01",
    25: "EN-03",
    26: "EN-04",
    27: "EN-01",
    28: "PK-01",
    29: "RB-01",
    30: "IX-07",
    31: "IX-01",
    32: "IX-02",
    33: "IX-03",
    34: "IX-04",
    35: "EM-02",
    36: "IX-06",
    37: "IX-05",
    39: "LD-02",
    40: "LD-01",
    41: "PK-03",
    42: "OT-04",
}
"""Situation → scenario, and which of its examples where one scenario covers several situations."""
OVERRIDE = {38: "HR-01"}
ALONE = {43: "SV-01"}
"""A vehicle alone: there is no other party who could be free of liability."""


def test_every_beijing_situation_has_a_scenario():
    numbers = [*MAPPED, *OVERRIDE, *ALONE]
    assert sorted(numbers) == sorted(one["no"] for one in BEIJING)
    codes = {one if isinstance(one, str) else one[0] for one in (MAPPED | OVERRIDE | ALONE).values()}
    assert codes <= set(ALL)


def mapped(number):
    found = MAPPED[number]
    code, index = (found, None) if isinstance(found, str) else found
    decided = [one for one in ALL[code].examples if one.fires and one.grades]
    return code, decided[index or 0].facts


@pytest.mark.parametrize("number", MAPPED)
def test_beijing_situation_gives_full_responsibility_to_one(number):
    """The rule around the list: one party has the circumstance and the other none → FULL and NONE."""
    code, facts = mapped(number)
    result = propose(facts, LiabilityPack.default(), facts.on)
    guilty = {fault.label for fault in result.faults if fault.code == code}
    assert len(guilty) == 1
    assert {label: result.grades[label] for label in guilty} == dict.fromkeys(guilty, Grade.FULL)
    assert sorted(result.grades.values()) == [Grade.FULL, Grade.NONE]


def test_overtaking_of_one_turning_left_turning_round_or_overtaking_are_three_situations():
    ahead = [mapped(number)[1].vehicle("B").movement for number in (19, 20, 21)]
    assert ahead == [Movement.LEFT_TURN, Movement.U_TURN, Movement.OVERTAKING]


@pytest.mark.parametrize("code", [*OVERRIDE.values(), *ALONE.values()])
def test_beijing_situation_of_one_party(code):
    example = next(one for one in ALL[code].examples if one.fires and one.grades)
    result = propose(example.facts, LiabilityPack.default(), example.facts.on)
    assert code in {fault.code for fault in result.faults}
    assert Grade.FULL in result.grades.values()


@pytest.mark.parametrize("code", ["LC-04", "RV-02", "SG-08"])
def test_otherwise_equal_responsibility(code):
    """ "otherwise equal": both have a circumstance of the list."""
    facts = ALL[code].examples[0].facts
    assert set(propose(facts, LiabilityPack.default(), facts.on).grades.values()) == {Grade.EQUAL}
