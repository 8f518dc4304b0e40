from datetime import date

import pytest

from kuaichu.desks.liability.engine import Abstention, LiabilityPack, propose
from kuaichu.desks.liability.grades import valid_multiset
from kuaichu.desks.liability.scenarios import ALL
from kuaichu.desks.liability.scenarios._contributory import CONTRIBUTORY
from kuaichu.desks.liability.scenarios._overrides import _OF_ONE
from kuaichu.law.statutes import article, exists, parse

PACK = LiabilityPack.default()
ASKED_FOR = [
    "RE-01",
    "RE-02",
    "RE-03",
    "RE-04",
    "RE-05",
    "RE-06",
    "RE-07",
    "LC-01",
    "LC-02",
    "LC-03",
    "LC-04",
    "LC-05",
    "LC-06",
    "LC-07",
    "LC-09",
    "IX-01",
    "IX-02",
    "IX-03",
    "IX-04",
    "IX-05",
    "IX-06",
    "IX-07",
    "RV-01",
    "RV-02",
    "RL-01",
    "DR-01",
    "DR-02",
    "PK-01",
    "PK-02",
    "PK-03",
    "PK-04",
    "PK-05",
    "WR-01",
    "WR-02",
    "SG-01",
    "SG-02",
    "SG-03",
    "SG-06",
    "SG-08",
    "UT-01",
    "UT-02",
    "NM-01",
    "EN-01",
    "RB-01",
]
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
    assert (code in {one.code for one in result.faults}) == example.fires
    assert all(valid_multiset(one.grades.values()) for one in result.collisions)


@pytest.mark.parametrize("code", ALL)
def test_every_scenario_has_an_example_in_which_it_decides(code):
    """PK-05 needs a city which chose it."""
    scenario = ALL[code]
    pack = LiabilityPack(illegal_stop="PK-05") if code == "PK-05" else PACK
    results = [propose(one.facts, pack, one.facts.on) for one in scenario.examples]
    assert any(code in {f.code for f in getattr(one, "faults", ())} for one in results)


def test_every_cited_place_exists_in_the_version_in_force():
    cited = [one.citation for s in ALL.values() for one in s.laws]
    cited += [one.citation for s in ALL.values() if s.other_fault for one in s.other_fault.laws]
    cited += [one.citation for b in CONTRIBUTORY for one in b.laws]
    cited += [parse(text) for row in _OF_ONE for text in row[4]]
    cited += [parse(f"D146 60¶1({n})") for n in (1, 2, 3)] + [parse("D146 67")]
    for day in (date(2021, 4, 29), date(2024, 5, 15), date(2026, 1, 1)):
        for one in cited:
            assert exists(one, day), one
            assert article(one, day).version_note == "", one


@pytest.mark.parametrize("code", ALL)
def test_texts_are_bilingual_and_cite_something(code):
    one = ALL[code]
    assert one.laws
    assert one.zh
    assert one.rule_zh.endswith("。")
    assert one.rule_en.endswith(".")
    assert any("一" <= sign <= "鿿" for sign in one.zh)
    assert one.en.isascii() or "’" in one.en
    assert len(one.cause) == 4


def test_no_scenario_before_the_accident_procedure():
    facts = ALL["RV-01"].examples[0].facts
    result = propose(facts, PACK, date(2018, 4, 30))
    assert isinstance(result, Abstention)
    assert result.reasons[0].code == "no-rule"
