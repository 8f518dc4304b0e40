"""What is kept beside a grade, and within what an officer may fix a civil share."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuaichu.desks.liability.apportioning import allowed, apportion, kept, on_purpose, outside
from kuaichu.desks.liability.grades import Grade, valid_multiset
from kuaichu.desks.liability.vocabulary import UserKind

MV, NMV, WALKER = UserKind.MV, UserKind.NMV, UserKind.PEDESTRIAN
CARS, MIXED = {"A": MV, "B": MV}, {"A": MV, "B": NMV}
CITIES = ("yancheng", "binzhou", "yantai", "guangyuan", "beijing", "chongqing")


@pytest.mark.parametrize(
    ("city", "motor", "civil", "low", "high"),
    [
        ("binzhou", "PRIMARY", "9/10", "4/5", "9/10"),
        ("binzhou", "EQUAL", "7/10", "3/5", "7/10"),
        ("yancheng", "PRIMARY", "4/5", "7/10", "4/5"),
        ("yancheng", "SECONDARY", "2/5", "3/10", "2/5"),
        ("guangyuan", "NONE", "1/10", "1/10", "1/10"),
    ],
)
def test_the_provinces_table_gives_share_and_range(city, motor, civil, low, high):
    rider = {"PRIMARY": "SECONDARY", "SECONDARY": "PRIMARY", "EQUAL": "EQUAL", "NONE": "FULL"}[motor]
    grades = {"A": motor, "B": rider}
    made = kept(apportion(city, MIXED, grades))
    assert made.civil == {"A": civil, "B": str(1 - Fraction(civil))}
    assert made.rule["basis"] == "province"
    one = allowed(city, MIXED, grades)["A"]
    assert (one.low, one.high) == (Fraction(low), Fraction(high))
    assert made.clearing["A"] == {"PRIMARY": "7/10", "EQUAL": "1/2", "SECONDARY": "3/10", "NONE": "0"}[motor]


def test_an_officers_share_must_lie_within_the_table():
    grades = {"A": "PRIMARY", "B": "SECONDARY"}
    ranges = allowed("binzhou", MIXED, grades)
    for share, wrong in (("17/20", []), ("4/5", []), ("1/2", ["A", "B"]), ("1", ["A", "B"])):
        fixed = {"A": Fraction(share), "B": 1 - Fraction(share)}
        assert outside(fixed, ranges, grades) == wrong, share


def test_between_cars_sixty_forty_stands_and_half_does_not():
    grades = {"A": "PRIMARY", "B": "SECONDARY"}
    ranges = allowed("yancheng", CARS, grades)
    assert outside({"A": Fraction(3, 5), "B": Fraction(2, 5)}, ranges, grades) == []
    assert outside({"A": Fraction(2, 5), "B": Fraction(3, 5)}, ranges, grades) == ["A", "B"]
    assert outside({"A": Fraction(1), "B": Fraction(0)}, ranges, grades) == ["A", "B"]
    whole = {"A": "FULL", "B": "NONE"}
    assert outside({"A": Fraction(9, 10), "B": Fraction(1, 10)}, allowed("yancheng", CARS, whole), whole) == [
        "A",
        "B",
    ]


def test_a_fixed_share_goes_for_clearing_too_and_the_tables_own_is_none():
    grades = {"A": "PRIMARY", "B": "SECONDARY"}
    fixed = kept(apportion("binzhou", MIXED, grades, fixed={"A": Fraction(17, 20), "B": Fraction(3, 20)}))
    assert (fixed.civil, fixed.rule["basis"]) == (fixed.clearing, "fixed")
    same = kept(apportion("binzhou", MIXED, grades, fixed={"A": Fraction(9, 10), "B": Fraction(1, 10)}))
    assert (same.rule["basis"], same.clearing["A"]) == ("province", "7/10")


def test_where_nothing_fixes_it_the_officer_may():
    grades = {"A": "PRIMARY", "B": "SECONDARY"}
    assert kept(apportion("guangyuan", MIXED, grades)).civil == {}
    ranges = allowed("guangyuan", MIXED, grades)
    assert outside({"A": Fraction(3, 4), "B": Fraction(1, 4)}, ranges, grades) == []
    assert outside({"A": Fraction(1), "B": Fraction(0)}, ranges, grades) == ["A", "B"]


def test_who_rode_into_a_car_on_purpose_gets_nothing():
    found = {"B.intent": True, "A.intent": False, "B.signal": "red"}
    assert on_purpose(found) == ["B"]
    made = kept(apportion("binzhou", MIXED, {"A": "NONE", "B": "FULL"}, on_purpose=on_purpose(found)))
    assert (made.civil, made.rule["basis"]) == ({"A": "0", "B": "1"}, "intent")


KINDS = st.lists(st.sampled_from([MV, NMV, WALKER]), min_size=2, max_size=4)


@given(st.sampled_from(CITIES), KINDS, st.data())
def test_the_tables_own_share_is_always_allowed(city, kinds, data):
    labels = dict(zip("ABCD", kinds, strict=False))
    one = st.lists(st.sampled_from(list(Grade)), min_size=len(kinds), max_size=len(kinds))
    grades = dict(zip(labels, data.draw(one.filter(valid_multiset)), strict=True))
    made = apportion(city, labels, grades)
    ranges = allowed(city, labels, grades)
    assert set(ranges) == set(labels)
    if made.civil():
        assert outside(made.civil(), ranges, grades) == []
        assert sum(made.civil().values()) in (0, 1)
