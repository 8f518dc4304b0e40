"""The outside checks hold, and the page about them is what a fresh run writes."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from fractions import Fraction

import pytest

from kuaichu.__main__ import main
from kuaichu.desks.liability.asking import MOST_QUESTIONS
from kuaichu.desks.liability.engine import Abstention
from kuaichu.desks.liability.scenarios import ALL
from kuaichu.outside import CHECKS, montgomery, questions, stated
from kuaichu.outside.entailed import certain_bearer
from kuaichu.outside.figures import Row, Tally, Verdict, percent, tally
from kuaichu.outside.page import page
from kuaichu.outside.police_record import LABEL, facts_of, records, table
from tests.docs.reading import ROOT

NAMES = ("beijing", "montgomery", "irsa", "questions")


@pytest.fixture(scope="module")
def checks():
    return {name: CHECKS[name]() for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_unexplained(checks, name):
    assert not checks[name].faults


def test_the_page_is_not_stale(checks):
    written = (ROOT / "docs" / "checks.md").read_text("utf-8")
    assert written == page(checks.values()), "kuaichu check-liability --write docs/checks.md"


def test_all_43_situations_fire(checks):
    found = checks["beijing"]
    assert {one.key.split()[0] for one in found.rows} == {str(n) for n in range(1, 44)}
    assert {one.verdict for one in found.rows} == {Verdict.AGREES}


def test_a_situation_that_does_not_fire_is_a_fault():
    one = stated.situations("beijing")[0]
    deaf = replace(one, codes=("WR-01",))
    assert stated.compare("x", "x", (one,)).faults == ()
    assert "did not fire" in stated.compare("x", "x", (deaf,)).faults[0]
    other = replace(one, expects={"A": "NONE", "B": "FULL"})
    assert "wanted A NONE, B FULL" in stated.compare("x", "x", (other,)).faults[0]


def test_a_difference_of_law_names_an_article_that_exists():
    differing = [one for one in stated.situations("irsa") if one.law]
    assert differing
    with pytest.raises(ValueError, match="no such article"):
        stated._situation({"key": "1", "text": "x", "expects": {}, "law": "法999"})


def test_the_police_do_not_fall_behind(checks):
    """A floor under the figures: rules may change, but not to the worse unnoticed."""
    found = checks["montgomery"].tallies[montgomery.RECORDED]
    assert found.cases == 140
    assert found.decided >= 80
    assert found.agreement >= Fraction(90, 100)


def test_the_naive_ranking_is_as_strong_as_it_can_be(checks):
    found = checks["montgomery"].tallies[montgomery.NAIVE]
    assert (found.decided, found.agreed) == (115, 101)


def test_the_label_decides_nothing():
    """With all labels turned round the proposals stay, and right becomes wrong."""
    turn = {"Yes": "No", "No": "Yes"}
    for record in records():
        turned = tuple({**line, LABEL: turn[line[LABEL]]} for line in record)
        assert facts_of(turned) == facts_of(record)
        before, after = montgomery._row(record, presume=False), montgomery._row(turned, presume=False)
        assert (before.proposed, before.why) == (after.proposed, after.why)
        if before.verdict is Verdict.AGREES:
            assert after.verdict is Verdict.DISAGREES


def test_the_order_of_the_drivers_decides_nothing():
    for record in records():
        one, turned = (montgomery._party(pair) for pair in (record, record[::-1]))
        assert one.verdict is turned.verdict, one.key


def test_every_word_of_the_record_is_known_or_left_unknown_on_purpose():
    lines = [line for record in records() for line in record]
    known = {*table()["movement"], *table()["lane_change"]["words"], "UNKNOWN", "OTHER", "N/A"}
    assert {line["Vehicle Movement"] for line in lines} <= known
    assert {line["Vehicle First Impact Location"] for line in lines} <= {
        *table()["zone"],
        "UNKNOWN",
        "NON-COLLISION",
    }
    assert set(lines[0]) <= set(montgomery.columns())
    judged = {name for name, row in montgomery.columns().items() if row["use"] == "judgement"}
    assert judged
    assert not judged & set(lines[0])


def test_halves_come_from_the_report_number_alone():
    halves = [montgomery.half_of(record[0]["Report Number"]) for record in records()]
    assert set(halves) == set(montgomery.HALVES)
    assert abs(halves.count("develop") - halves.count("check")) < 20


def test_party_certain_only_if_every_answer_names_the_same():
    rear = next(
        r for r in records() if r[0]["Report Number"] == "MCP33420014"
    )  # unlit road, rear lights unknown
    result = montgomery.propose(facts_of(rear), montgomery.LiabilityPack.default(), facts_of(rear).on)
    assert certain_bearer(facts_of(rear), result) == "B"
    signals = next(r for r in records() if r[0]["Report Number"] == "MCP3312003W")  # colours unknown
    result = montgomery.propose(facts_of(signals), montgomery.LiabilityPack.default(), facts_of(signals).on)
    assert certain_bearer(facts_of(signals), result) is None


def test_percent_and_tally():
    assert [percent(Fraction(*x)) for x in ((0, 1), (1, 3), (2, 3), (1, 1), (1, 2000))] == [
        "0.0 %",
        "33.3 %",
        "66.7 %",
        "100.0 %",
        "0.1 %",
    ]
    rows = [Row("k", "t", verdict, "", "", "") for verdict in Verdict]
    assert tally(rows) == Tally(cases=3, decided=2, agreed=1)
    assert tally([]).coverage == 0


def test_the_command(capsys, tmp_path):
    assert main(["check-liability", "irsa", "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["tallies"]["where the law says the same"]["agreement"] == 1
    assert main(["check-liability", "montgomery", "--list"]) == 0
    said = capsys.readouterr().out
    assert "MCP3374001B" in said
    assert "facts as recorded" in said
    target = tmp_path / "checks.md"
    assert main(["check-liability", "--write", str(target)]) == 0
    assert target.read_text("utf-8").startswith("# Outside checks")


def test_few_questions_are_enough(checks):
    said = checks["questions"].remarks["worked examples"]
    cases, mean, most = re.match(r"(\d+) cases, ([\d.]+) questions on average, (\d+) at most", said).groups()
    assert int(cases) == sum(len(one.examples) for one in ALL.values())
    assert float(mean) < 2
    assert int(most) <= MOST_QUESTIONS


def test_i_dont_know_is_never_asked_twice_and_is_explained():
    key, facts, _ = next(one for one in questions.pairs() if "LEFT_TURN" in one[0])
    found = questions.interview(key, facts, lambda _: None)
    assert len(set(found.asked)) == len(found.asked) <= MOST_QUESTIONS
    assert found.fault == ""
    assert found.result.reasons


def test_an_interview_without_an_explanation_is_a_fault():
    assert questions.Interview("x", (), Abstention(())).fault == "x: no proposal and no reason"
