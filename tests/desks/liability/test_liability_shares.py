"""Grade, clearing share and civil share are three fields, converted by declared tables."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuaichu.desks.liability.grades import Grade, default_shares, valid_multiset
from kuaichu.desks.liability.share_tables import ShareCertainty, read_tables, share_tables
from kuaichu.desks.liability.shares import (
    Basis,
    civil_shares,
    motor_part,
    three_shares,
    unprovable_shares,
)
from kuaichu.desks.liability.vocabulary import UserKind
from kuaichu.law.statutes import parse

F, P, E, S, N = Grade.FULL, Grade.PRIMARY, Grade.EQUAL, Grade.SECONDARY, Grade.NONE
MV, NMV, WALKER = UserKind.MV, UserKind.NMV, UserKind.PEDESTRIAN
TABLES = share_tables()
CARS = {"A": MV, "B": MV}
MIXED = {"A": MV, "B": NMV}


@given(st.lists(st.sampled_from(Grade), min_size=1, max_size=6))
def test_between_motor_vehicles_as_by_custom(grades):
    given_ = dict(zip("ABCDEF", grades, strict=False))
    if valid_multiset(grades):
        kinds = dict.fromkeys(given_, MV)
        assert civil_shares(kinds, given_, TABLES["national"]) == default_shares(given_)


def test_three_fields_of_one_party():
    made = three_shares(MIXED, {"A": S, "B": P}, TABLES["shandong"])
    car, rider = made.parties["A"], made.parties["B"]
    assert (car.grade, car.clearing, car.civil) == (S, Fraction(3, 10), Fraction(2, 5))
    assert (car.civil_range.low, car.civil_range.high) == (Fraction(3, 10), Fraction(2, 5))
    assert (rider.grade, rider.civil, rider.civil_range.low) == (P, Fraction(3, 5), Fraction(3, 5))
    assert made.basis is Basis.PROVINCE
    assert made.to_json()["parties"]["A"] == {
        "grade": "SECONDARY",
        "clearing": "3/10",
        "civil": "2/5",
        "civil_range": ["3/10", "2/5"],
    }


@pytest.mark.parametrize(
    ("table", "motor", "part"),
    [
        ("shandong", P, "9/10"),
        ("shandong", E, "7/10"),
        ("jiangsu", P, "4/5"),
        ("jiangsu", S, "2/5"),
        ("guangdong", E, "3/5"),
        ("chongqing", S, "2/5"),
        ("national", F, "1"),
        ("national", N, "1/10"),
        ("sichuan", N, "1/10"),
    ],
)
def test_motor_part_by_province(table, motor, part):
    rider = {F: N, P: S, E: E, S: P, N: F}[motor]
    found = motor_part(MIXED, {"A": motor, "B": rider}, "B", TABLES[table])
    assert found.usual == Fraction(part)


def test_where_the_province_is_silent_the_share_is_open():
    for table in ("national", "sichuan", "beijing"):
        made = three_shares(MIXED, {"A": P, "B": S}, TABLES[table])
        assert made.basis is Basis.OPEN
        assert made.civil() == {}
        assert made.parties["A"].clearing == Fraction(7, 10)


def test_several_motor_vehicles_are_one_side():
    kinds = {"A": MV, "B": MV, "C": WALKER}
    made = three_shares(kinds, {"A": P, "B": S, "C": S}, TABLES["shandong"])
    assert made.civil() == {"A": Fraction(63, 100), "B": Fraction(27, 100), "C": Fraction(1, 10)}
    assert sum(made.civil().values()) == 1


def test_intent_of_the_weaker_side_frees_the_motor_vehicle():
    made = three_shares(MIXED, {"A": N, "B": F}, TABLES["shandong"], on_purpose={"B"})
    assert made.civil() == {"A": 0, "B": 1}
    assert made.basis is Basis.INTENT


def test_a_fixed_share_goes_before_table_and_clause():
    fixed = {"A": Fraction(3, 5), "B": Fraction(2, 5)}
    made = three_shares(CARS, {"A": P, "B": S}, TABLES["national"], fixed=fixed)
    assert made.civil() == fixed
    assert made.parties["A"].clearing == Fraction(3, 5)
    with pytest.raises(ValueError, match="add up"):
        three_shares(
            CARS, {"A": P, "B": S}, TABLES["national"], fixed={"A": Fraction(3, 5), "B": Fraction(3, 5)}
        )


def test_closed_roads_and_standing_vehicles():
    grades = {"A": N, "B": F}
    common = TABLES["common-practice"]
    assert motor_part(MIXED, grades, "B", common, closed_road=True).usual == Fraction(1, 20)
    assert motor_part(MIXED, grades, "B", common, standing=True).usual == 0
    sichuan = TABLES["sichuan"]
    assert (sichuan.cap_fen(N), sichuan.cap_fen(N, closed_road=True)) == (2_000_000, 1_000_000)
    assert sichuan.cap_fen(P) is None


def test_unprovable_is_money_and_never_a_grade():
    assert unprovable_shares(CARS, TABLES["beijing"]) == {"A": Fraction(1, 2), "B": Fraction(1, 2)}
    assert unprovable_shares({"A": NMV, "B": WALKER}, TABLES["beijing"]) != {}
    assert unprovable_shares(MIXED, TABLES["beijing"]) == {}
    assert unprovable_shares(CARS, TABLES["national"]) == {}


def test_grades_which_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="fit together"):
        three_shares(CARS, {"A": F, "B": F}, TABLES["national"])


@pytest.mark.parametrize("code", TABLES)
def test_every_table_names_source_and_certainty(code):
    table = TABLES[code]
    assert table.source
    assert table.certainty in ShareCertainty
    assert not table.law or parse(table.law)


NATIONAL = """
[national]
zh = "x"
en = "x"
source = "x"
certainty = "sourced"
between_motors = { FULL = 100, PRIMARY = 70, EQUAL = 50, SECONDARY = 30, NONE = 0 }
against_weaker = { FULL = 100, PRIMARY = 80, NONE = "0-10" }
clearing = { FULL = 100, PRIMARY = 70, EQUAL = 50, SECONDARY = 30, NONE = 0 }
"""


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        (
            "SECONDARY = 30, NONE = 0 }\nagainst",
            "SECONDARY = 20, NONE = 0 }\nagainst",
            "PRIMARY \\+ SECONDARY",
        ),
        ('NONE = "0-10"', 'NONE = "0-20"', "at most 10"),
        ("PRIMARY = 80", 'PRIMARY = "90-80"', "share range"),
        ("{ FULL = 100, PRIMARY = 80", "{ FULL = 90, PRIMARY = 80", "bears 100"),
        ("PRIMARY = 80", "PRIMARY = 30, EQUAL = 60", "graver"),
        ('zh = "x"', 'zh = "x"\ncolour = 1', "colour"),
        ('source = "x"', "", "source"),
    ],
)
def test_a_table_which_does_not_hold_is_refused_by_name(was, now, said):
    read_tables(NATIONAL)
    with pytest.raises(ValueError, match=f"national.*{said}"):
        read_tables(NATIONAL.replace(was, now))
