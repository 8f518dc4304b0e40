"""What a city may set about the engine."""

from dataclasses import replace

import pytest

from kuaichu.desks.liability.engine import LiabilityPack, propose
from kuaichu.desks.liability.scenarios import ALL
from kuaichu.desks.liability.scenarios._scenario import car, outcome
from kuaichu.law.statutes import parse
from tests.desks.liability.judging import DAY, PACK, codes, judge

STOPPED = car("B", "PARKED_ILLEGAL", "REAR", in_traffic_lane=True, warned=False)


def test_illegal_stop_by_city():
    a = car("A", "STRAIGHT", "FRONT")
    default, other = (
        judge(a, STOPPED, light="day"),
        judge(a, STOPPED, light="day", pack=LiabilityPack(illegal_stop="PK-05")),
    )
    assert default.grades == outcome(A="PRIMARY", B="SECONDARY")
    assert other.grades == outcome(A="NONE", B="FULL")
    assert default.alternatives[0].grades == other.grades
    assert other.alternatives[0].grades == default.grades


def test_switching_off_and_overriding_a_scenario():
    facts = ALL["LC-09"].examples[0].facts
    lenient = LiabilityPack.from_section(
        {"grades": {"LC-09": ["PRIMARY", "SECONDARY"]}, "supplements": {"LC-09": ["山东办法 63"]}}
    )
    result = propose(facts, lenient, DAY)
    assert result.grades == outcome(A="PRIMARY", B="SECONDARY")
    assert parse("山东办法 63") in result.citations
    off = LiabilityPack.from_section({"off": ["LC-09", "LC-02", "LC-03"]})
    assert codes(propose(facts, off, DAY)) == ["no-rule"]


def test_same_class_left_to_the_officer_and_aggravation():
    both = ALL["LC-04"].examples[0].facts
    assert codes(propose(both, LiabilityPack(same_class_equal=False), DAY)) == ["same-class"]
    drunk = replace(both, vehicles=(replace(both.vehicles[0], answers={"alcohol": True}), both.vehicles[1]))
    assert propose(drunk, PACK, DAY).grades == outcome(A="EQUAL", B="EQUAL")
    assert propose(drunk, LiabilityPack(aggravation=True), DAY).grades == outcome(A="PRIMARY", B="SECONDARY")


@pytest.mark.parametrize(("drunk", "grades"), [("A", ("PRIMARY", "SECONDARY")), ("B", ("EQUAL", "EQUAL"))])
def test_aggravation_lifts_secondary_but_not_primary(drunk, grades):
    facts = ALL["RE-05"].examples[0].facts
    told = tuple(replace(v, answers={**v.answers, "alcohol": v.label == drunk}) for v in facts.vehicles)
    for vehicles in (told, told[::-1]):
        result = propose(replace(facts, vehicles=vehicles), LiabilityPack(aggravation=True), DAY)
        assert result.grades == outcome(A=grades[0], B=grades[1])


@pytest.mark.parametrize(
    "section",
    [
        {"colour": 1},
        {"illegal_stop": "X"},
        {"grades": {"LC-09": ["FULL", "FULL"]}},
        {"supplements": {"LC-09": ["X 1"]}},
    ],
)
def test_pack_refuses(section):
    with pytest.raises(ValueError):
        LiabilityPack.from_section(section)
