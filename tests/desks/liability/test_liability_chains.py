"""Chains of up to ten: who pushed whom, in which order, and what a set of collisions comes to."""

import time
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from kuaichu.desks.liability.engine import Abstention, LiabilityPack, Proposal, propose
from kuaichu.desks.liability.grades import Grade
from kuaichu.desks.liability.questions import QUESTIONS
from kuaichu.desks.liability.scenarios._scenario import car, outcome, scene
from kuaichu.desks.liability.vocabulary import Movement

DAY = date(2024, 5, 15)
PACK = LiabilityPack.default()
LABELS = "ABCDEFGHIJ"


def queue(*pushed, felt=0):
    """A stands first; each further one hit the one ahead, pushed or not; the last came driving."""
    labels = LABELS[: len(pushed) + 2]
    first = car("A", "STOPPED_QUEUE", rolled_back=False, **({"impacts_felt": felt} if felt else {}))
    middle = [
        car(label, "STOPPED_QUEUE" if one else "STRAIGHT", pushed=one, rolled_back=False)
        for label, one in zip(labels[1:], pushed, strict=False)
    ]
    met = " ".join(f"{b}.FRONT-{a}.REAR" for a, b in pairwise(labels))
    return scene(first, *middle, car(labels[-1], "STRAIGHT"), contacts=met, light="day")


@pytest.mark.parametrize("count", range(3, 11))
def test_the_last_pushed_all_the_others(count):
    facts = queue(*[True] * (count - 2))
    grades = dict(propose(facts, PACK, DAY).grades)
    assert grades.pop(LABELS[count - 1]) is Grade.FULL
    assert set(grades.values()) == {Grade.NONE}


@pytest.mark.parametrize("count", range(3, 11))
def test_each_answers_for_its_own_impact(count):
    result = propose(queue(*[False] * (count - 2)), PACK, DAY)
    assert result.separate
    full = {label for one in result.collisions for label, grade in one.grades.items() if grade is Grade.FULL}
    assert full == set(LABELS[1:count])


def test_a_set_of_collisions_of_which_one_was_a_push():
    """B hit A by itself; then D pushed C into B."""
    result = propose(queue(False, True), PACK, DAY)
    assert {tuple(sorted(one.grades.items())) for one in result.collisions} == {
        (("A", Grade.NONE), ("B", Grade.FULL)),
        (("B", Grade.NONE), ("D", Grade.FULL)),
        (("C", Grade.NONE), ("D", Grade.FULL)),
    }


@pytest.mark.parametrize(("felt", "code"), [(1, "RE-03"), (2, "RE-04")])
def test_the_impacts_felt_ahead_tell_the_order(felt, code):
    facts = queue(None, felt=felt)
    middle = replace(facts.vehicles[1], movement=Movement.STOPPED_QUEUE if felt == 1 else Movement.STRAIGHT)
    result = propose(replace(facts, vehicles=(facts.vehicles[0], middle, facts.vehicles[2])), PACK, DAY)
    assert code in {one.code for one in result.faults}


def test_an_unknown_order_names_what_would_decide():
    result = propose(queue(None), PACK, DAY)
    assert [one.code for one in result.reasons] == ["facts-missing"]
    assert result.would_decide == ("A.impacts_felt", "B.pushed")
    assert all(ref.split(".")[1] in QUESTIONS for ref in result.would_decide)


def test_a_push_and_two_impacts_contradict_each_other():
    result = propose(queue(True, felt=2), PACK, DAY)
    assert [one.code for one in result.reasons] == ["impacts"]
    assert result.would_decide == ("A.impacts_felt", "B.pushed")
    assert result.advice


def test_pushed_sideways_into_a_third():
    """A changes lane into B, and B is thrown against C beside it."""
    facts = scene(
        car("A", "LANE_CHANGE_LEFT"),
        car("B", "STRAIGHT", **{"pushed@C": True}),
        car("C", "STRAIGHT"),
        contacts="A.LEFT-B.RIGHT B.LEFT-C.RIGHT",
    )
    result = propose(facts, PACK, DAY)
    assert result.grades == outcome(A="FULL", B="NONE", C="NONE")
    assert result.collisions[1].pushed_through == ("B",)


def test_two_behind_who_may_have_pushed_are_left_to_the_officer():
    facts = scene(
        car("A", "STOPPED_QUEUE", rolled_back=False),
        car("B", "STOPPED_QUEUE", pushed=True, rolled_back=False),
        car("C", "STRAIGHT"),
        car("D", "STRAIGHT"),
        contacts="B.FRONT-A.REAR C.FRONT-B.REAR_LEFT D.FRONT-B.REAR_RIGHT",
        light="day",
    )
    assert [one.code for one in propose(facts, PACK, DAY).reasons] == ["pusher-unknown"]


def test_a_circle_of_pushes_is_left_to_the_officer():
    three = [car(x, "STOPPED_QUEUE", pushed=True, rolled_back=False) for x in "ABC"]
    facts = scene(*three, contacts="A.FRONT-B.REAR B.FRONT-C.REAR C.FRONT-A.REAR", light="day")
    assert isinstance(propose(facts, PACK, DAY), Abstention)


def test_all_equal_only_if_all_touched_all():
    three = [
        car(
            x,
            "LANE_CHANGE_LEFT" if x == "A" else "LANE_CHANGE_RIGHT",
            lanes_crossed=1,
            crossed_solid_line=False,
        )
        for x in "ABC"
    ]
    met = "A.LEFT-B.RIGHT A.LEFT-C.RIGHT"
    apart = propose(scene(*three, contacts=met, same_target_lane=True), PACK, DAY)
    assert apart.separate
    together = propose(scene(*three, contacts=f"{met} B.RIGHT-C.LEFT", same_target_lane=True), PACK, DAY)
    assert isinstance(together, Abstention) or set(together.grades.values()) == {Grade.EQUAL}


def test_ten_vehicles_within_fifty_milliseconds(capsys):
    """The best of five runs, so that a busy machine does not decide."""
    spent = []
    for pushed in ([True] * 8, [False] * 8):
        facts = queue(*pushed)
        runs = []
        for _ in range(5):
            begun = time.process_time()
            assert isinstance(propose(facts, PACK, DAY), Proposal)
            runs.append(time.process_time() - begun)
        spent.append(min(runs))
    with capsys.disabled():
        print(f"\n10 vehicles: pushed {spent[0] * 1000:.1f} ms, separate {spent[1] * 1000:.1f} ms")
    assert max(spent) < 0.05
