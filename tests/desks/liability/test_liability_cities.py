"""The cities as data: their packs, and what a city's file is refused for, with file and line."""

import json
import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from kuaichu.desks.liability.engine import Abstention, LiabilityPack, propose
from kuaichu.desks.liability.grades import Grade
from kuaichu.desks.liability.packs import pack_of
from kuaichu.desks.liability.scenarios import ALL
from kuaichu.desks.liability.scenarios._scenario import car, outcome, scene
from kuaichu.kernel.city import City, CityInvalid, city, line_of

DAY = date(2024, 5, 15)
CITIES = ["beijing", "binzhou", "chongqing", "guangyuan", "yancheng", "yantai"]
FOLDER = Path(__file__).parents[3] / "kuaichu" / "cities"
BASE = (FOLDER / "chongqing.toml").read_text(encoding="utf-8").partition("[liability.pack]")[0]
REST = "FULL = 100\nEQUAL = 50\nSECONDARY = 30\nNONE = 0"
RIDER = car("B", "STRAIGHT", "RIGHT", kind="NMV", signal="red")
CARELESS = car("A", "STRAIGHT", "FRONT", signal="green", careless=True)
TABLE = Path(__file__).parents[2] / "data" / "fault_tables" / "cn_beijing_43_full_responsibility.json"


@pytest.mark.parametrize("code", CITIES)
def test_every_city_checks(code):
    city(code).check()
    assert set(pack_of(code).off) <= set(ALL)


@pytest.mark.parametrize("code", CITIES)
def test_every_example_gives_a_result_in_every_city(code):
    pack = pack_of(code)
    for scenario in ALL.values():
        for example in scenario.examples:
            propose(example.facts, pack, example.facts.on)


@pytest.mark.parametrize(
    ("code", "part"),
    [("binzhou", "2/5"), ("yantai", "2/5"), ("yancheng", "2/5"), ("chongqing", "2/5"), ("guangyuan", None)],
)
def test_the_share_of_a_car_less_at_fault_than_a_rider(code, part):
    result = propose(scene(CARELESS, RIDER, control="signals"), pack_of(code), DAY)
    assert result.grades == outcome(A="SECONDARY", B="PRIMARY")
    assert result.shares.get("A") == (Fraction(part) if part else None)


def test_in_shandong_the_car_from_the_left_yields():
    """Shandong measures, Article 48, item 5; elsewhere both are equal."""
    facts = scene(car("A", "LANE_CHANGE_RIGHT", "RIGHT"), car("B", "LANE_CHANGE_LEFT", "LEFT"))
    here = propose(facts, pack_of("yantai"), DAY)
    assert here.grades == outcome(A="FULL", B="NONE")
    assert "山东办法 48(5)" in {str(one) for one in here.citations}
    assert propose(facts, pack_of("chongqing"), DAY).grades == outcome(A="EQUAL", B="EQUAL")


BEIJING_LIST = {one["no"] for one in json.loads(TABLE.read_text("utf-8"))["items"]}


def test_beijing_lists_all_its_situations():
    assert {int(number) for number in pack_of("beijing").situations} == BEIJING_LIST


@pytest.mark.parametrize("number", sorted(BEIJING_LIST))
def test_a_situation_of_beijing_gives_one_full_liability(number):
    """One party has the circumstance and the other none; illegal stops in the lane are Beijing's own row."""
    pack = pack_of("beijing")
    for code in pack.situations[str(number)]:
        shown = [propose(one.facts, pack, DAY) for one in ALL[code].examples if one.fires]
        full = [
            one
            for one in shown
            if not isinstance(one, Abstention)
            and any(Grade.FULL in collision.grades.values() for collision in one.collisions)
            and code in {reason.code for reason in one.reasons}
        ]
        assert full, code


def test_beijing_aggravates_and_blames_the_illegal_stop():
    pack = pack_of("beijing")
    stopped = car("B", "PARKED_ILLEGAL", "REAR", in_traffic_lane=True, warned=False)
    result = propose(scene(car("A", "STRAIGHT", "FRONT"), stopped, light="day"), pack, DAY)
    assert result.grades == outcome(A="NONE", B="FULL")
    drunk = scene(car("A", "LANE_CHANGE_LEFT", "LEFT", alcohol=True), car("B", "LANE_CHANGE_RIGHT", "RIGHT"))
    assert propose(drunk, pack, DAY).grades == outcome(A="PRIMARY", B="SECONDARY")
    assert propose(drunk, LiabilityPack.default(), DAY).grades == outcome(A="EQUAL", B="EQUAL")


def test_beijing_splits_money_and_never_the_grade_where_nothing_can_be_proven():
    facts = scene(car("A", "STRAIGHT", "FRONT"), car("B", "STRAIGHT", "REAR"), facts_unprovable=True)
    here, elsewhere = (propose(facts, pack_of(code), DAY) for code in ("beijing", "binzhou"))
    assert isinstance(here, Abstention)
    assert [one.code for one in here.advice] == ["certificate-of-facts", "equal-money"]
    assert [one.code for one in elsewhere.advice] == ["certificate-of-facts"]


def test_classes_and_grades_are_data():
    facts = ALL["LC-09"].examples[0].facts
    pack = LiabilityPack.from_section({"off": ["LC-02", "LC-03"], "classes": {"LC-09": "B"}})
    fault = next(one for one in propose(facts, pack, DAY).faults if one.code == "LC-09")
    assert fault.fault_class == "B"


@pytest.mark.parametrize(
    ("added", "line", "said"),
    [
        ('[liability.pack]\noff = [\n  "LC-01",\n  "ZZ-99",\n]', 4, "no such scenario"),
        ('[liability.pack.grades]\n"ZZ-99" = ["FULL", "NONE"]', 2, "no such scenario"),
        ('[liability.pack.situations]\n"1" = ["RE-01"]\n"2" = ["ZZ-99"]', 3, "no such scenario"),
        ('[liability.pack]\noff = ["HR-01"]', 2, "national law"),
        ("[liability.pack]\ncolour = 1", 2, "no such option"),
        ("[liability.pack]\naggravation = 1", 2, "true or false"),
        ('[liability.pack]\nshares = "mars"', 2, "is one of"),
        (
            f"[liability.pack.mv_shares]\nPRIMARY = 80\n{REST}",
            1,
            "add up",
        ),
        ('[liability.pack.nmv_shares]\nNONE = "0-20"', 1, "at most 10"),
        ('[liability.pack.supplements]\n"RE-01" = ["法43"]\n"RE-02" = ["山东办法 999"]', 3, "山东办法 999"),
        ('[liability.pack.supplements]\n"RE-01" = ["X 1"]', 2, "not a citation"),
        ('[liability.pack.grades]\n"RE-02" = ["FULL", "FULL"]', 2, "fit together"),
        ('[liability.pack.classes]\n"RE-02" = "C"', 2, "C"),
        ("[colour]\nx = 1", 1, "unknown section"),
    ],
)
def test_a_file_which_cannot_be_used_fails_with_file_and_line(added, line, said):
    text = BASE + added
    with pytest.raises(CityInvalid) as refused:
        City("trial", tomllib.loads(text), text).check()
    assert str(refused.value).startswith(f"trial.toml:{BASE.count(chr(10)) + line}")
    assert said in str(refused.value)


def test_types_and_unknown_fields_name_their_line_too():
    for was, now in (("take_minutes = 15", 'take_minutes = "15"'), ("take_minutes", "takes_minutes")):
        text = BASE.replace(was, now)
        with pytest.raises(CityInvalid) as refused:
            City("trial", tomllib.loads(text), text).check()
        assert f"trial.toml:{_line(text, now)} [liability]" in str(refused.value)


def _line(text, part):
    return text[: text.index(part)].count("\n") + 1


def test_line_of():
    text = '# x\n[a]\nb = 1\n[a.c]\n"d-1" = [\n  "E",\n]\n'
    assert [
        line_of(text, keys) for keys in (("a",), ("a", "b"), ("a", "c", "d-1"), ("a", "c", "d-1", "E"))
    ] == [2, 3, 5, 6]
    assert line_of(text, ("z",)) == 1
