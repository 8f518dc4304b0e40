import json
from dataclasses import replace
from fractions import Fraction

import pytest

from kuaichu.desks.liability.engine import Confidence, LiabilityPack, propose
from kuaichu.desks.liability.grades import Grade
from kuaichu.desks.liability.scenarios import ALL
from kuaichu.desks.liability.scenarios._scenario import car, outcome, scene
from kuaichu.desks.liability.vocabulary import CollisionForm, Situation
from kuaichu.law.statutes import parse
from tests.desks.liability.judging import DAY, PACK, codes, judge

# worked cases of the domain


def test_ex1_rear_end():
    result = judge(car("A", "STRAIGHT", "FRONT"), car("B", "STRAIGHT", "REAR"), light="day")
    assert result.grades == outcome(A="FULL", B="NONE")
    assert result.shares == {"A": 1, "B": 0}
    assert codes(result) == ["RE-01"]
    assert result.situation is Situation.REAR_END
    assert result.form is CollisionForm.REAR_END
    assert result.confidence is Confidence.CERTAIN
    assert result.citations == (parse("法43"), parse("D146 60¶1(1)"))
    assert result.reasons[0].zh == "A追尾前车的行为违反了《中华人民共和国道路交通安全法》第四十三条的规定。"
    assert result.reasons[-1].zh == (
        "根据《道路交通事故处理程序规定》第六十条第一款第（一）项的规定，A承担全部责任，B无责任。"
    )


def test_ex2_lane_change():
    result = judge(car("A", "LANE_CHANGE_RIGHT", "RIGHT"), car("B", "STRAIGHT", "FRONT_LEFT"))
    assert result.grades == outcome(A="FULL", B="NONE")
    assert codes(result)[0] == "LC-01"


def test_ex3_both_into_the_same_lane():
    result = judge(car("A", "LANE_CHANGE_LEFT", "LEFT"), car("B", "LANE_CHANGE_RIGHT", "RIGHT"))
    assert result.grades == outcome(A="EQUAL", B="EQUAL")
    assert result.shares == {"A": Fraction(1, 2), "B": Fraction(1, 2)}


def test_ex5_unlit_truck():
    truck = car("B", "BROKEN_DOWN", "REAR", tail_lights_on=False, warned=False)
    result = judge(car("A", "STRAIGHT", "FRONT"), truck, light="night_unlit")
    assert result.grades == outcome(A="PRIMARY", B="SECONDARY")
    assert result.shares == {"A": Fraction(7, 10), "B": Fraction(3, 10)}
    assert ("B", "B-WARN") in {(one.label, one.code) for one in result.faults}
    assert {parse("法52"), parse("条60")} <= set(result.citations)


def test_ex6_pushed_chain():
    result = propose(ALL["RE-03"].examples[0].facts, PACK, DAY)
    assert result.grades == outcome(A="NONE", B="NONE", C="FULL")
    assert sum(result.shares.values()) == 1
    assert not result.separate
    assert result.collisions[1].pushed_through == ("B",)


def test_separate_collisions_have_grades_each():
    result = propose(ALL["RE-04"].examples[0].facts, PACK, DAY)
    assert result.separate
    assert [one.grades for one in result.collisions] == [
        outcome(C="FULL", B="NONE"),
        outcome(B="FULL", A="NONE"),
    ]


def test_a_pusher_who_is_not_alone_at_fault_is_left_to_the_officer():
    facts = scene(
        car("C", "STRAIGHT"),
        car("B", "STRAIGHT", pushed=True, tail_lights_on=False),
        car("A", "STOPPED_QUEUE", rolled_back=False),
        contacts="C.FRONT-B.REAR B.FRONT-A.REAR",
        light="night_unlit",
    )
    assert codes(propose(facts, PACK, DAY)) == ["pushed-but-shared"]


def test_three_vehicles_without_contacts_are_left_open():
    result = judge(car("A", "STRAIGHT", "FRONT"), car("B", "STRAIGHT", "REAR"), car("C", "STRAIGHT", "REAR"))
    assert codes(result) == ["contacts-unknown"]


SHANDONG = LiabilityPack.from_section(
    {"nmv_shares": {"FULL": 100, "PRIMARY": "80-90", "EQUAL": "60-70", "SECONDARY": "30-40", "NONE": "0-10"}}
)
RIDER = car("B", "STRAIGHT", "RIGHT", kind="NMV", signal="red")


def test_ex9_rider_on_red_and_careless_driver():
    driver = car("A", "STRAIGHT", "FRONT", signal="green", careless=True)
    result = judge(driver, RIDER, control="signals", pack=SHANDONG)
    assert result.grades == outcome(A="SECONDARY", B="PRIMARY")
    assert result.shares == {"A": Fraction(2, 5), "B": Fraction(3, 5)}
    assert judge(driver, RIDER, control="signals").shares == {}


def test_ex8_pedestrian_behind_a_reversing_car():
    result = judge(car("A", "REVERSING", "REAR"), car("B", None, kind="PEDESTRIAN"))
    assert result.grades == outcome(A="FULL", B="NONE")


def test_a_contested_red_light_is_not_dropped():
    claim = replace(car("B", "STRAIGHT", "FRONT_RIGHT"), disputed=frozenset({"signal"}))
    result = judge(car("A", "U_TURN", "LEFT", u_turn_forbidden=False), claim)
    assert codes(result) == ["contradiction"]


# overrides


@pytest.mark.parametrize(
    ("key", "code"), [("fled", "HR-01"), ("scene_tampered", "FD-01"), ("intent", "IN-01")]
)
def test_overrides(key, code):
    result = judge(car("A", "STRAIGHT", "FRONT", light="day"), car("B", "STRAIGHT", "REAR", **{key: True}))
    assert result.grades == outcome(A="NONE", B="FULL")
    assert codes(result) == [code]
    assert "general-procedure" in {one.code for one in result.warnings}


def test_both_fled_is_left_to_the_officer():
    result = judge(car("A", None, fled=True), car("B", None, fled=True))
    assert codes(result) == ["contested-override"]


def test_pure_accident_and_unprovable():
    both = car("A", "STRAIGHT", "FRONT"), car("B", "STRAIGHT", "REAR")
    accident = judge(*both, unforeseeable_event=True)
    assert accident.grades == outcome(A="NONE", B="NONE")
    assert parse("D146 60¶1(3)") in accident.citations
    unprovable = judge(*both, facts_unprovable=True)
    assert codes(unprovable) == ["UK-01"]
    assert [one.code for one in unprovable.advice] == ["certificate-of-facts"]


# faults combine


def test_same_fault_on_both_sides_and_one_contributory_more():
    a = car("A", "LANE_CHANGE_LEFT", "LEFT", no_turn_signal=True)
    b = car("B", "LANE_CHANGE_RIGHT", "RIGHT")
    assert judge(a, b).grades == outcome(A="PRIMARY", B="SECONDARY")
    assert judge(a, replace(b, answers={"no_turn_signal": True})).grades == outcome(A="EQUAL", B="EQUAL")


def test_the_phone_of_one_hit_from_behind_is_not_causal():
    b = car("B", "STRAIGHT", "REAR", phone=True, speeding=True)
    assert judge(car("A", "STRAIGHT", "FRONT"), b, light="day").grades == outcome(A="FULL", B="NONE")
    dark = car("B", "STRAIGHT", "REAR", brake_lights_defective=True)
    assert judge(car("A", "STRAIGHT", "FRONT"), dark, light="day").grades == outcome(
        A="PRIMARY", B="SECONDARY"
    )


def test_a_stated_red_light_counts_beside_a_u_turn():
    u_turn = car("A", "U_TURN", "LEFT", u_turn_forbidden=False)
    result = judge(u_turn, car("B", "STRAIGHT", "FRONT", signal="red"), control="signals")
    assert result.grades == outcome(A="EQUAL", B="EQUAL")


def test_details_may_stay_open_when_they_change_nothing():
    result = judge(car("A", "LANE_CHANGE_LEFT", "LEFT"), car("B", "STRAIGHT", "RIGHT"))
    assert result.confidence is Confidence.DETAIL_OPEN
    assert codes(result) == ["LC-01"]


@pytest.mark.parametrize("code", ALL)
def test_results_are_plain_json(code):
    for example in ALL[code].examples:
        data = propose(example.facts, PACK, DAY).to_json()
        assert json.loads(json.dumps(data)) == data
        assert data["engine"]


def test_facts_used_carry_their_sources():
    result = judge(car("A", "REVERSING", "REAR"), car("B", "STRAIGHT", "FRONT"))
    used = {one.ref: one for one in result.facts_used}
    assert used["A.movement"].sources == ("officer",)
    assert used["A.movement"].value == "REVERSING"
    assert result.grades["A"] is Grade.FULL
