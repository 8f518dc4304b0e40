from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuaichu.desks.liability.grades import Grade, default_shares, share_table, valid_multiset
from kuaichu.desks.liability.matrix import MATRIX, FaultClass, Standing, combine, standing

F, P, E, S, N = Grade.FULL, Grade.PRIMARY, Grade.EQUAL, Grade.SECONDARY, Grade.NONE


@pytest.mark.parametrize(
    "grades", [[F, N], [F], [F, N, N], [P, S], [E, E], [E] * 3, [P, S, S], [E, E, S], [N, N], [P, S, N]]
)
def test_fitting(grades):
    assert valid_multiset(grades)


@pytest.mark.parametrize(
    "grades", [[], [F, F], [F, S], [P], [P, N], [S], [S, N], [E], [E, N], [P, P, S], [P, E], [F, E, E]]
)
def test_not_fitting(grades):
    assert not valid_multiset(grades)


def test_default_shares():
    assert default_shares({"A": P, "B": S}) == {"A": Fraction(7, 10), "B": Fraction(3, 10)}
    assert default_shares({"A": P, "B": S, "C": S, "D": N})["C"] == Fraction(3, 20)
    assert default_shares({"A": E, "B": E, "C": E})["B"] == Fraction(1, 3)
    assert default_shares({"A": N, "B": N}) == {"A": 0, "B": 0}
    with pytest.raises(ValueError, match="fit together"):
        default_shares({"A": F, "B": F})


@given(st.lists(st.sampled_from(list(Grade)), min_size=1, max_size=5))
def test_shares_add_up(grades):
    if valid_multiset(grades):
        shares = default_shares(dict(enumerate(grades)))
        assert sum(shares.values()) == (0 if set(grades) == {N} else 1)


def test_share_table_of_a_province():
    table = share_table(
        {"FULL": 100, "PRIMARY": "80-90", "EQUAL": "60-70", "SECONDARY": "30-40", "NONE": "0-10"}
    )
    assert (table[S].low, table[S].high, table[S].usual) == (Fraction(3, 10), Fraction(2, 5), Fraction(2, 5))
    assert share_table({"PRIMARY": "70-90-80"})[P].usual == Fraction(4, 5)
    assert E not in share_table({"FULL": 100})


@pytest.mark.parametrize("text", ["90-80", "120", "70-90-95", "1-2-3-4", "x"])
def test_share_table_refuses(text):
    with pytest.raises(ValueError):
        share_table({"PRIMARY": text})


CELLS = [
    ("A", "none", F, N),
    ("A", "B", P, S),
    ("A", "A", E, E),
    ("A", "A+B", S, P),
    ("A+B", "none", F, N),
    ("A+B", "B", P, S),
    ("A+B", "A", P, S),
    ("A+B", "A+B", E, E),
    ("B", "none", F, N),
    ("B", "B", E, E),
    ("B", "A", S, P),
    ("B", "A+B", S, P),
]


@pytest.mark.parametrize(("first", "second", "mine", "yours"), CELLS)
def test_matrix_cells(first, second, mine, yours):
    assert combine(Standing(first), Standing(second)) == (mine, yours)


def test_matrix_is_symmetric_valid_and_complete():
    for first, second in product(Standing, Standing):
        cell = combine(first, second)
        if first is second is Standing.NONE:
            assert cell is None
            continue
        assert cell == tuple(reversed(MATRIX[second, first]))
        assert valid_multiset(cell)


def test_standing():
    assert standing(frozenset()) is Standing.NONE
    assert standing(frozenset(FaultClass)) is Standing.AB
    assert standing(frozenset({FaultClass.B})) is Standing.B
