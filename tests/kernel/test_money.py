from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuaichu.kernel.money import (
    MOST_FEN,
    NotMoney,
    format_yuan,
    half_up,
    half_up_to_total,
    largest_remainder,
    yuan,
)

parts = st.lists(st.fractions(min_value=0, max_value=10_000, max_denominator=97), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1234.56", 123456),
        ("￥1,234.56", 123456),
        ("¥ 1234.5", 123450),
        ("１２３４．５６", 123456),
        ("１，２３４元", 123400),
        (" 0.01 ", 1),
        (".5", 50),
        ("7.", 700),
        ("2000.00", 200000),
        ("3.100", 310),
        ("1,234,567", 123456700),
        ("100000000000", MOST_FEN),
    ],
)
def test_amounts_people_type(text, fen):
    assert yuan(text) == fen


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("￥", "empty"),
        ("abc", "not_a_number"),
        ("1.2.3", "not_a_number"),
        ("12,34", "not_a_number"),
        ("1,2345", "not_a_number"),
        (".", "not_a_number"),
        ("1e5", "not_a_number"),
        ("１e5", "not_a_number"),
        ("三千", "not_a_number"),
        ("-5", "negative"),
        ("－5", "negative"),
        ("1.005", "too_fine"),
        ("100000000000.01", "too_large"),
        ("9" * 5000, "too_large"),
    ],
)
def test_what_is_no_amount_says_why(text, code):
    with pytest.raises(NotMoney) as refusal:
        yuan(text)
    assert refusal.value.code == code
    assert str(refusal.value.message)


def test_formats():
    assert [format_yuan(fen) for fen in (0, 5, 123456, 100000000, -5)] == [
        "￥0.00",
        "￥0.05",
        "￥1,234.56",
        "￥1,000,000.00",
        "-￥0.05",
    ]


@given(st.integers(min_value=0, max_value=MOST_FEN))
def test_format_and_read_are_inverse(fen):
    assert yuan(format_yuan(fen)) == fen


def test_half_goes_up_not_to_even():
    assert [half_up(Fraction(n, 2)) for n in (1, 3, 5, -1, -3)] == [1, 2, 3, -1, -2]
    assert half_up(Fraction(49, 100)) == 0


@given(parts)
def test_rounded_parts_keep_the_total_and_stay_near(raw):
    total = -(-sum(raw).numerator // sum(raw).denominator)
    exact = [*raw, total - sum(raw)]
    rounded = half_up_to_total(exact)
    assert sum(rounded) == total
    assert all(part >= 0 for part in rounded)
    assert all(r == e for r, e in zip(rounded, exact, strict=True) if e.denominator == 1)
    if all(e >= len(exact) for e in exact if e):
        assert sum(abs(r - e) > Fraction(1, 2) for r, e in zip(rounded, exact, strict=True)) <= 1


def test_three_thirds():
    third = Fraction(100, 3)
    assert half_up_to_total([Fraction(1000), third, third, third]) == [1000, 33, 33, 34]
    assert half_up_to_total([third, third, third], preference=[0, 1, 1]) == [34, 33, 33]


def test_a_remainder_never_makes_a_line_negative():
    assert sum(half_up_to_total([Fraction(1, 2)] * 4)) == 2
    assert min(half_up_to_total([Fraction(1, 2)] * 8)) >= 0


def test_a_broken_total_is_refused():
    with pytest.raises(ValueError):
        half_up_to_total([Fraction(1, 3)])


@given(st.integers(0, 10**9), st.lists(st.integers(0, 1000), min_size=1, max_size=9).filter(any))
def test_largest_remainder_is_exact_and_fair(total, weights):
    shares = largest_remainder(total, weights)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - Fraction(total * weight, sum(weights))) < 1


def test_largest_remainder_refuses_nothing_to_share_by():
    for bad in ([], [0, 0], [-1, 2]):
        with pytest.raises(ValueError):
            largest_remainder(10, bad)
