"""Reasons in full: every sentence about what would have changed the result is true, in both languages."""

import time
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings

from kuaichu.desks.liability.asking import answered
from kuaichu.desks.liability.engine import LiabilityPack, Proposal, propose
from kuaichu.desks.liability.grades import Grade
from kuaichu.desks.liability.questions import QUESTIONS, About
from kuaichu.desks.liability.reasons import explain
from kuaichu.desks.liability.reasons.clauses import clause
from kuaichu.desks.liability.reasons.counterfactual import MOST, results_of, what_if
from kuaichu.desks.liability.scenarios import ALL
from kuaichu.desks.liability.scenarios._scenario import car, scene
from kuaichu.desks.liability.vocabulary import Movement
from tests.desks.liability.test_liability_properties import ACCIDENTS, DAY, PACKS

PACK = LiabilityPack.default()
EXAMPLES = [(code, i) for code, one in ALL.items() for i in range(len(one.examples))]


def told(facts, changes):
    for ref, value in changes:
        facts = answered(facts, ref, value)
    return facts


def assert_true(facts, pack):
    found = what_if(facts, pack)
    assert found.tried <= MOST
    base = results_of(propose(facts, pack, facts.on))
    for one in found.found:
        assert one.results != base
        for values in product(*(change.values for change in one.changes)):
            other = told(facts, zip((c.ref for c in one.changes), values, strict=True))
            assert results_of(propose(other, pack, facts.on)) == one.results, one.sentence().en
    for one in found.nearly:
        answer = propose(told(facts, [(one.ref, one.value)]), pack, facts.on)
        assert (one.fault.label, one.fault.code) in {(f.label, f.code) for f in answer.faults}
        assert one.changes == (results_of(answer) != base)
    return found


@pytest.mark.parametrize(("code", "index"), EXAMPLES[::3])
def test_what_is_said_of_an_example_is_true(code, index):
    assert_true(ALL[code].examples[index].facts, PACK)


@settings(max_examples=40, deadline=None)
@given(ACCIDENTS, PACKS)
def test_what_is_said_is_true(facts, pack):
    assert_true(replace(facts, on=DAY), pack)


def test_a_red_light_of_the_other():
    facts = scene(
        car("A", "STRAIGHT", "FRONT", signal="red", other_came_from="left"),
        car("B", "STRAIGHT", "RIGHT", signal="green"),
        control="signals",
    )
    said = [one.sentence() for one in what_if(facts, PACK).found]
    assert said[0].en == "If B had had a red light at the stop line, A and B would bear equal liability."
    assert said[0].zh == "如果B通过停止线时是红灯，则A、B承担同等责任。"


def test_many_answers_with_one_result_are_one_sentence():
    facts = scene(car("A", "STRAIGHT", "FRONT"), car("B", "STRAIGHT", "REAR"), light="day")
    (one,) = what_if(facts, PACK).found
    assert one.changes[0].ref == "B.movement"
    assert Movement.REVERSING in one.changes[0].values
    assert one.results == ({"A": Grade.NONE, "B": Grade.FULL},)
    assert "reversing" in one.sentence().en
    assert "1 more" in one.sentence().en


def test_two_facts_together_where_no_single_one_matters():
    facts = scene(
        car("A", "LANE_CHANGE_LEFT", "LEFT", crossed_solid_line=True, lanes_crossed=1, no_turn_signal=True),
        car("B", "REVERSING", "REAR_RIGHT", alcohol=False, speeding=False),
        contacts="",
    )
    for one in what_if(facts, PACK).found:
        assert 1 <= len(one.changes) <= 2


def test_a_disputed_fact_is_settled_by_the_supposition():
    facts = scene(
        replace(car("A", "STRAIGHT", "FRONT", other_came_from="left"), disputed=frozenset({"signal"})),
        car("B", "STRAIGHT", "RIGHT", signal="green"),
        control="signals",
    )
    assert not isinstance(propose(facts, PACK, DAY), Proposal)
    found = {c.ref: c.values for one in what_if(facts, PACK).found for c in one.changes}
    assert "A.signal" in found


def test_the_cheap_form_leaves_movements_and_zones_as_told():
    for code, index in EXAMPLES[::5]:
        found = explain(ALL[code].examples[index].facts, PACK, full=False).what_ifs
        refs = {c.ref.split(".")[1] for one in found.found for c in one.changes}
        assert not refs & {"movement", "zone"}


@pytest.mark.parametrize(
    ("code", "index", "expected"),
    [("RE-01", 0, {"all-known"}), ("LC-01", 0, {"details-open"}), ("NM-01", 0, {"rule-unverified"})],
)
def test_how_sure_it_is_and_why(code, index, expected):
    said = explain(ALL[code].examples[index].facts, PACK, full=False).confidence
    assert {one.code for one in said} == expected


def test_every_answer_to_every_question_has_its_clause():
    for key, one in QUESTIONS.items():
        subject = "A" if one.about is About.VEHICLE else "place"
        for value, _ in one.choices:
            zh, en = clause(f"{subject}.{key}", value)
            assert zh
            assert en.isascii()
            assert "{" not in zh + en
            assert ("A" in zh) == (subject == "A") or key in {"light", "control"}


def test_yes_and_no_are_different_sentences():
    for key, one in QUESTIONS.items():
        if one.choices[0][0] is True:
            yes, no = clause(f"A.{key}", True), clause(f"A.{key}", False)
            assert yes[0] != no[0]
            assert yes[1] != no[1]


def test_plain_json():
    facts = ALL["SG-01"].examples[0].facts
    data = explain(facts, PACK).to_json()
    assert {"results", "what_if", "nearly", "confidence", "tried", "possible"} == set(data)
    assert all(row["zh"] and row["en"] for name in ("what_if", "nearly", "confidence") for row in data[name])


def test_looking_costs_at_most_sixty_proposals():
    facts = ALL["SG-01"].examples[0].facts
    explain(facts, PACK)
    start = time.process_time()
    explain(facts, PACK)
    assert time.process_time() - start < 0.3
