"""Published tables against the engine: see tests/data/fault_tables/README.md."""

import json
from pathlib import Path

import pytest

from kuaichu.desks.liability.engine import LiabilityPack, propose
from kuaichu.desks.liability.grades import Grade
from kuaichu.desks.liability.scenarios import ALL
from kuaichu.desks.liability.scenarios._scenario import car, scene

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
    9: "SG-03",
    13: "LC-01",
    24: "UT-01",
    27: "EN-01",
    28: "PK-01",
    29: "RB-01",
    30: "IX-07",
    31: "IX-01",
    32: "IX-02",
    33: "IX-03",
    34: "IX-04",
    36: "IX-06",
    37: "IX-05",
    41: "PK-03",
}
OVERRIDE = {38: "fled"}
NOT_YET = {8, 10, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 25, 26, 35, 39, 40, 42, 43}
"""Situations whose scenario is not in the table yet (dedicated lanes, meeting, overtaking, loads …)."""


def test_every_beijing_situation_is_accounted_for():
    assert {one["no"] for one in BEIJING} == set(MAPPED) | set(OVERRIDE) | NOT_YET
    assert not set(MAPPED) & NOT_YET


@pytest.mark.parametrize("number", MAPPED)
def test_beijing_situation_gives_full_responsibility_to_one(number):
    """The rule around the list: one party has the circumstance and the other none → FULL and NONE."""
    code = MAPPED[number]
    example = next(one for one in ALL[code].examples if one.fires and one.grades)
    result = propose(example.facts, LiabilityPack.default(), example.facts.on)
    guilty = {fault.label for fault in result.faults if fault.code == code}
    assert len(guilty) == 1
    assert {label: result.grades[label] for label in guilty} == dict.fromkeys(guilty, Grade.FULL)
    assert sorted(result.grades.values()) == [Grade.FULL, Grade.NONE]


def test_beijing_hit_and_run():
    result = propose(
        scene(BEHIND, car("B", "STRAIGHT", "REAR", fled=True)), LiabilityPack.default(), scene(BEHIND).on
    )
    assert result.grades == {"A": Grade.NONE, "B": Grade.FULL}


@pytest.mark.parametrize("code", ["LC-04", "RV-02", "SG-08"])
def test_otherwise_equal_responsibility(code):
    """ "otherwise equal": both have a circumstance of the list."""
    facts = ALL[code].examples[0].facts
    assert set(propose(facts, LiabilityPack.default(), facts.on).grades.values()) == {Grade.EQUAL}
