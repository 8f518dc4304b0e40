"""Vehicles against vehicles: which rule leads, what is not asked, and who is not bound by a rule."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuaichu.desks.liability.asking import next_questions
from kuaichu.desks.liability.engine import Abstention, LiabilityPack, Proposal, propose
from kuaichu.desks.liability.questions import QUESTIONS, key_of, question
from kuaichu.desks.liability.scenarios import ALL
from kuaichu.desks.liability.scenarios._logic import ALWAYS, NEVER, Finding, Truth, all_of, staged
from kuaichu.desks.liability.scenarios._scenario import car, outcome, scene
from kuaichu.desks.liability.vocabulary import Situation
from kuaichu.law.statutes import parse

DAY = date(2024, 5, 15)
PACK = LiabilityPack.default()


def judge(*vehicles, pack=PACK, **place):
    return propose(scene(*vehicles, **place), pack, DAY)


def codes(result):
    return {one.code for one in (result.faults if isinstance(result, Proposal) else result.reasons)}


# the more special rule leads, and grades do not change


@pytest.mark.parametrize("spot", ["crosswalk", "ordinary", None])
@pytest.mark.parametrize("forbidden", [True, False, None])
def test_u_turn_by_sign_and_by_place(spot, forbidden):
    found = judge(
        car("A", "U_TURN", "LEFT", u_turn_forbidden=forbidden), car("B", "STRAIGHT", "FRONT"), spot=spot
    )
    assert found.grades == outcome(A="FULL", B="NONE")
    assert ("UT-03" in codes(found)) == (spot == "crosswalk")
    assert ("UT-02" in codes(found)) == (forbidden is True)
    assert ("UT-01" in codes(found)) == (spot != "crosswalk" and not forbidden)
    assert found.cause == {"UT-03": "1045", "UT-02": "1044", "UT-01": "1046"}[max(codes(found))]


@pytest.mark.parametrize(
    ("key", "code", "general", "cause"),
    [
        ("cut_in_after_overtaking", "OT-05", "LC-01", "1225"),
        ("crossed_solid_line", "LC-02", "LC-01", "1345"),
        ("over_channelising", "LC-08", "LC-01", "1345"),
    ],
)
def test_special_lane_changes_lead(key, code, general, cause):
    plain = judge(car("A", "LANE_CHANGE_RIGHT", "RIGHT"), car("B", "STRAIGHT", "FRONT_LEFT"))
    found = judge(car("A", "LANE_CHANGE_RIGHT", "RIGHT", **{key: True}), car("B", "STRAIGHT", "FRONT_LEFT"))
    assert codes(found) == {code, general}
    assert found.cause == cause
    assert found.grades == plain.grades == outcome(A="FULL", B="NONE")


def test_a_ramp_is_no_zip_merge_and_no_lane_change():
    a = car("A", "MERGING", "FRONT_LEFT", merged_from="ramp", went_in_turn=False)
    found = judge(a, car("B", "STRAIGHT", "RIGHT", went_in_turn=False))
    assert codes(found) == {"EN-05"}
    assert found.situation is Situation.RIGHT_OF_WAY
    assert parse("条85¶1") not in found.citations
    city = judge(replace(a, answers={"merged_from": "city_ramp"}), car("B", "STRAIGHT", "RIGHT"))
    assert parse("条85¶1") in city.citations


def test_lane_change_in_a_roundabout_leads():
    found = judge(car("A", "LANE_CHANGE_RIGHT", "RIGHT"), car("B", "STRAIGHT", "LEFT"), control="roundabout")
    assert codes(found) == {"LC-01", "RB-02"}
    assert found.grades == outcome(A="FULL", B="NONE")


def test_around_an_obstacle_is_not_the_wrong_side():
    a = car("A", "STRAIGHT", "FRONT", side_of_road="around_obstacle", entered_narrow_first=True)
    found = judge(a, car("B", "STRAIGHT", "FRONT", side_of_road="own"))
    assert codes(found) == {"MT-02"}
    assert found.grades == outcome(A="NONE", B="FULL")


def test_both_on_the_wrong_side_of_an_obstacle_rule():
    a = car("A", "STRAIGHT", "FRONT", side_of_road="around_obstacle", entered_narrow_first=False)
    found = judge(a, car("B", "STRAIGHT", "FRONT", side_of_road="over_centre"))
    assert found.grades == outcome(A="EQUAL", B="EQUAL")
    assert "EQ-00" in {one.code for one in found.reasons}


# who is not bound


@pytest.mark.parametrize(
    ("answers", "place"),
    [
        ({"signal": "red"}, {"control": "signals"}),
        ({"has_yield_sign": True}, {"control": "signs"}),
        ({"crossed_forbidden_line": True}, {}),
        ({"speeding": True, "signal": "red"}, {"control": "signals"}),
    ],
)
def test_an_ambulance_on_duty_is_not_bound_by_signals_and_yielding(answers, place):
    other = car("A", "STRAIGHT", "FRONT", signal="green", entered_earlier=False, has_yield_sign=False)
    found = judge(other, car("B", "STRAIGHT", "LEFT", on_duty=True, **answers), **place)
    assert codes(found) == {"EM-01"}
    assert found.grades == outcome(A="FULL", B="NONE")
    bound = judge(other, car("B", "STRAIGHT", "LEFT", **answers), **place)
    assert isinstance(bound, Abstention) or bound.grades != found.grades


def test_an_ambulance_on_duty_still_reverses_with_care():
    found = judge(car("A", "STRAIGHT", "FRONT"), car("B", "REVERSING", "REAR", on_duty=True))
    assert found.grades == outcome(A="NONE", B="FULL")


def test_a_disputed_mission_is_left_open():
    b = replace(car("B", "STRAIGHT", "LEFT", signal="red"), disputed=frozenset({"on_duty"}))
    a = car("A", "STRAIGHT", "FRONT", signal="green", entered_earlier=False)
    found = judge(a, b, control="signals")
    assert isinstance(found, Abstention)
    assert "B.on_duty" in found.would_decide


@pytest.mark.parametrize("speeding", [True, None])
def test_lost_load_is_no_rear_end_collision(speeding):
    found = judge(
        car("A", "STRAIGHT", "REAR", load_lost=True), car("B", "STRAIGHT", "FRONT", speeding=speeding)
    )
    assert "LD-02" in codes(found)
    assert not codes(found) & {"RE-01"}
    assert found.grades == (outcome(A="PRIMARY", B="SECONDARY") if speeding else outcome(A="FULL", B="NONE"))


def test_a_stated_departure_explains_a_scrape_of_two_going_straight():
    plain = judge(car("A", "STRAIGHT", "LEFT"), car("B", "STRAIGHT", "RIGHT"))
    assert codes(plain) == {"both-straight"}
    told = judge(
        car("A", "STRAIGHT", "LEFT", borrowed_lane=True), car("B", "STRAIGHT", "RIGHT"), control="no_junction"
    )
    assert codes(told) == {"LN-03"}


@pytest.mark.parametrize("key", ["went_uphill", "along_the_rock", "other_began_first"])
def test_what_excludes_each_other_is_a_contradiction(key):
    found = judge(
        car("A", "OVERTAKING", "LEFT", **{key: True}), car("B", "OVERTAKING", "RIGHT", **{key: True})
    )
    assert codes(found) == {"exclusive"}


# leaving a city's choice to the officer


@pytest.mark.parametrize(
    "pack", [LiabilityPack(same_class_equal=False), LiabilityPack(off=frozenset({"EQ-00"}))]
)
def test_the_same_class_may_be_left_to_the_officer(pack):
    facts = ALL["EQ-00"].examples[0].facts
    assert codes(propose(facts, pack, DAY)) == {"same-class"}


def test_a_grade_lifted_to_equal_is_not_named_as_the_same_class():
    facts = ALL["EQ-00"].examples[1].facts
    drunk = replace(facts.vehicles[1], answers={**facts.vehicles[1].answers, "alcohol": True})
    found = propose(replace(facts, vehicles=(facts.vehicles[0], drunk)), LiabilityPack(aggravation=True), DAY)
    assert found.grades == outcome(A="EQUAL", B="EQUAL")
    assert "EQ-00" not in {one.code for one in found.reasons}


# nobody is asked about what does not concern him

ORDINARY = [
    ("STRAIGHT", "STRAIGHT"),
    ("STRAIGHT", "STOPPED_QUEUE"),
    ("STRAIGHT", "STOPPED_SIGNAL"),
    ("LANE_CHANGE_LEFT", "STRAIGHT"),
    ("LANE_CHANGE_RIGHT", "STRAIGHT"),
    ("LEFT_TURN", "STRAIGHT"),
    ("RIGHT_TURN", "STRAIGHT"),
    ("REVERSING", "STOPPED_QUEUE"),
    ("LEAVING_BAY", "STRAIGHT"),
]
SPECIAL = {
    "other_began_first", "overtook_on_right", "merged_from", "against_officer", "left_turning_lane",
    "entered_narrow_first", "went_uphill", "half_way_down", "along_the_rock", "one_lane", "meeting_road",
}  # fmt: skip


@pytest.mark.parametrize("movements", ORDINARY, ids="/".join)
def test_special_facts_are_not_asked_of_ordinary_accidents(movements):
    for mine in QUESTIONS["zone"].choices:
        for yours in QUESTIONS["zone"].choices:
            facts = scene(car("A", movements[0], mine[0]), car("B", movements[1], yours[0]), light="day")
            assert not {key_of(ref) for ref in next_questions(facts, PACK)} & SPECIAL


@pytest.mark.parametrize("key", sorted(SPECIAL))
def test_every_special_question_is_reached_by_an_example(key):
    """It is asked somewhere: no dead question."""
    for scenario in ALL.values():
        for example in scenario.examples:
            bare = replace(
                example.facts,
                vehicles=tuple(
                    replace(v, answers={k: a for k, a in v.answers.items() if k != key})
                    for v in example.facts.vehicles
                ),
                place={k: a for k, a in example.facts.place.items() if k != key},
            )
            result = propose(bare, PACK, bare.on)
            if key in {key_of(ref) for ref in getattr(result, "would_decide", ())}:
                assert not question(f"A.{key}").volunteered
                return
    pytest.fail(f"nobody is ever asked {key}")


def test_merging_is_first_asked_where_from():
    assert key_of(
        next_questions(scene(car("A", "MERGING", "LEFT"), car("B", "STRAIGHT", "RIGHT")), PACK)[0]
    ) == ("merged_from")


FINDINGS = st.sampled_from(
    [ALWAYS, NEVER, *(Finding(Truth.UNKNOWN, needed=frozenset({f"A.{x}"})) for x in "pqr")]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(FINDINGS, min_size=1, max_size=5))
def test_staged_says_the_same_as_all_of_and_asks_for_less(findings):
    joined, after = all_of(*findings), staged(*findings)
    assert after.truth is joined.truth
    assert after.needed <= joined.needed
    assert bool(after.needed) == bool(joined.needed)
