from datetime import date

import pytest

from kuaichu.desks.liability.engine import Abstention, LiabilityPack, propose
from kuaichu.desks.liability.grades import valid_multiset
from kuaichu.desks.liability.scenarios import ALL
from kuaichu.desks.liability.scenarios._contributory import CONTRIBUTORY
from kuaichu.desks.liability.scenarios._overrides import ORDER
from kuaichu.desks.liability.scenarios._scenario import Scope
from kuaichu.law.statutes import Standing, in_force, parse

PACK = LiabilityPack.default()
FAMILIES = {
    "RE": 7, "LC": 9, "IX": 12, "SG": 8, "WR": 2, "OT": 6, "UT": 3, "RV": 2, "RL": 1, "DR": 2, "PK": 5,
    "EN": 6, "RB": 2, "MT": 6, "LN": 3, "EM": 2, "LD": 2, "TW": 1, "VD": 1, "SV": 2, "NM": 12, "PD": 3,
    "HR": 1, "FD": 1, "IN": 1, "AC": 1, "UK": 1,
}  # fmt: skip
ASKED_FOR = [f"{family}-{n:02}" for family, last in FAMILIES.items() for n in range(1, last + 1)] + ["EQ-00"]
EXAMPLES = [(code, i) for code, one in ALL.items() for i in range(len(one.examples))]


def test_the_table_is_complete():
    assert sorted(ALL) == sorted(ASKED_FOR)


@pytest.mark.parametrize(("code", "index"), EXAMPLES)
def test_example(code, index):
    example = ALL[code].examples[index]
    result = propose(example.facts, PACK, example.facts.on)
    if example.grades is None:
        assert isinstance(result, Abstention)
        assert result.reasons
        return
    assert not isinstance(result, Abstention), result
    assert result.grades == example.grades
    assert (code in {one.code for one in result.reasons}) == example.fires
    assert all(valid_multiset(one.grades.values()) for one in result.collisions)


@pytest.mark.parametrize("code", ALL)
def test_every_scenario_has_an_example_in_which_it_decides(code):
    """PK-05 needs a city which chose it."""
    scenario = ALL[code]
    pack = LiabilityPack(illegal_stop="PK-05") if code == "PK-05" else PACK
    results = [propose(one.facts, pack, one.facts.on) for one in scenario.examples]
    assert any(code in {reason.code for reason in one.reasons} for one in results)


WITHOUT_NEAR_MISS = {
    "RV-02", "RL-01", "DR-01", "SG-02", "SG-03", "SG-06", "SG-08", "WR-02", "UT-02", "RE-06", "LC-03",
    "LC-09", "IX-04", "RB-01", "EN-01", "PK-01", "PK-02", "PK-04",
}  # fmt: skip
"""Their near misses are the examples of their neighbours; no new scenario comes without one of its own."""


@pytest.mark.parametrize("code", sorted(ALL.keys() - WITHOUT_NEAR_MISS))
def test_every_scenario_has_an_example_in_which_it_does_not(code):
    """A near miss: the same kind of accident, but the scenario does not fire or the engine abstains."""
    assert any(not one.fires or one.grades is None for one in ALL[code].examples)


def test_every_cited_place_exists_in_the_version_in_force():
    cited = [one.citation for s in ALL.values() for one in s.laws]
    cited += [one.citation for s in ALL.values() if s.other_fault for one in s.other_fault.laws]
    cited += [one.citation for b in CONTRIBUTORY for one in b.laws]
    cited += [parse(f"D146 60¶1({n})") for n in (1, 2, 3)] + [parse("D146 67")]
    for day in (date(2021, 4, 29), date(2024, 5, 15), date(2026, 1, 1)):
        for one in cited:
            assert in_force(one, day).standing is Standing.HELD, one


@pytest.mark.parametrize("code", ALL)
def test_texts_are_bilingual_and_cite_something(code):
    one = ALL[code]
    assert one.laws
    assert one.zh
    assert one.rule_zh.endswith("。")
    assert one.rule_en.endswith(".")
    assert any("一" <= sign <= "鿿" for sign in one.zh)
    assert one.en.isascii() or "’" in one.en
    assert len(one.cause) == 4 or not one.cause


def test_what_comes_before_the_table_has_its_order():
    before = {code for code, one in ALL.items() if one.scope in (Scope.PARTY, Scope.ACCIDENT)}
    assert before == set(ORDER)
    assert all(ALL[code].fault_class is None for code in ORDER)


def test_no_scenario_before_the_accident_procedure():
    facts = ALL["RV-01"].examples[0].facts
    result = propose(facts, PACK, date(2018, 4, 30))
    assert isinstance(result, Abstention)
    assert result.reasons[0].code == "no-rule"
