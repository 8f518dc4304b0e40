from dataclasses import replace
from functools import cache

import pytest

from kuaichu.desks.liability.asking import answered, next_questions
from kuaichu.desks.liability.engine import Abstention, LiabilityPack, Proposal, propose
from kuaichu.desks.liability.questions import QUESTIONS, About, question
from kuaichu.desks.liability.scenarios import ALL
from kuaichu.desks.liability.scenarios._contributory import CONTRIBUTORY
from kuaichu.desks.liability.scenarios._scenario import car, scene

PACK = LiabilityPack.default()
DECIDED = [(code, i) for code, one in ALL.items() for i, e in enumerate(one.examples) if e.grades is not None]
VOLUNTEERED = {key for key, one in QUESTIONS.items() if one.volunteered}


@cache
def interviewed(code, index):
    return interview(ALL[code].examples[index].facts)


def interview(facts):
    """Ask as the roadside page does: movements, zones and light are known, then the first open question."""
    told = {k: v for k, v in facts.place.items() if k == "light" or k in VOLUNTEERED}
    volunteered = [{k: v for k, v in one.answers.items() if k in VOLUNTEERED} for one in facts.vehicles]
    vehicles = tuple(replace(one, answers=own) for one, own in zip(facts.vehicles, volunteered, strict=True))
    now, asked = replace(facts, vehicles=vehicles, place=told), []
    while open_refs := [ref for ref in next_questions(now, PACK) if ref not in asked]:
        asked.append(open_refs[0])
        now = answered(now, open_refs[0], facts.answer(open_refs[0]))
    return now, asked


@pytest.mark.parametrize(("code", "index"), DECIDED)
def test_the_questions_lead_to_the_grades_of_the_example(code, index):
    example = ALL[code].examples[index]
    now, asked = interviewed(code, index)
    result = propose(now, PACK, now.on)
    assert isinstance(result, Proposal), (asked, result)
    assert result.grades == example.grades
    assert len(asked) <= 5


def test_few_questions_are_enough():
    counts = [len(interviewed(code, i)[1]) for code, i in DECIDED]
    assert sum(counts) / len(counts) < 1.6


def test_pictures_come_first():
    assert next_questions(scene(car("A", None), car("B", "STRAIGHT")), PACK)[0] == "A.movement"


def test_a_waiting_car_hit_from_behind_is_one_question():
    facts = scene(car("A", "STRAIGHT", "FRONT"), car("B", "STOPPED_QUEUE", "REAR"), light="day")
    assert next_questions(facts, PACK) == ["B.rolled_back"]


def test_nothing_to_ask_after_a_proposal_or_a_contradiction():
    assert next_questions(scene(car("A", "REVERSING", "REAR"), car("B", "STRAIGHT", "FRONT")), PACK) == []
    assert next_questions(scene(car("A", "REVERSING", "FRONT"), car("B", "STRAIGHT", "REAR")), PACK) == []


def test_every_fact_a_rule_may_lack_has_a_question():
    for one in ALL.values():
        for example in one.examples:
            bare = replace(
                example.facts,
                vehicles=tuple(replace(v, answers={}) for v in example.facts.vehicles),
                place={},
            )
            result = propose(bare, PACK, bare.on)
            for ref in getattr(result, "would_decide", ()):
                assert (question(ref).about is About.PLACE) == ref.startswith("place.")
    assert {one.key for one in CONTRIBUTORY} <= VOLUNTEERED


def test_keys_of_examples_are_known():
    for one in ALL.values():
        for example in one.examples:
            assert set(example.facts.place) <= {k for k, q in QUESTIONS.items() if q.about is About.PLACE}
            for vehicle in example.facts.vehicles:
                for key, value in vehicle.answers.items():
                    assert value in {v for v, _ in QUESTIONS[key].choices}, (one.code, key)


def test_never_a_proposal_without_movements():
    assert isinstance(
        propose(
            scene(car("A", None, "FRONT"), car("B", None, "REAR")), PACK, next(iter(ALL.values())).valid_from
        ),
        Abstention,
    )
