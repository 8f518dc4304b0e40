"""Spelling under a grammar: against trying everything, and what a grammar brings back."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuaichu.connectors.vision.rapidocr.spelling import Gate, Speller, Spelling

ALPHABET = ["blank", "A", "B", "C", "·"]
SPELLER = Speller(ALPHABET)


def frames_of(rows: list[list[float]]) -> np.ndarray:
    odds = np.array(rows, dtype=np.float64)
    return np.log(odds / odds.sum(axis=1, keepdims=True)).astype(np.float32)


def best_by_trying(frames: np.ndarray, text: str) -> float:
    """The likeliest path of exactly this text: every path of characters and nothing is tried."""
    nothing = np.log(np.exp(frames[:, [0, 4]].astype(float)).sum(axis=1))
    best = -np.inf
    for path in product((*text, None), repeat=len(frames)):
        spelled, before = "", None
        for sign in path:
            if sign is not None and sign != before:
                spelled += sign
            before = sign
        if spelled == text:
            values = [nothing[t] if s is None else frames[t, ALPHABET.index(s)] for t, s in enumerate(path)]
            best = max(best, float(sum(values)))
    return best


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.floats(0.01, 1), min_size=5, max_size=5), min_size=3, max_size=5),
    st.sampled_from([("AB", "ABC"), ("ABC", "A"), ("A", "A"), ("AB", "AB", "C")]),
)
def test_the_best_spelling_is_that_of_all_paths(rows: list[list[float]], form: tuple[str, ...]) -> None:
    frames = frames_of(rows)
    texts = {"".join(signs) for signs in product(*form)}
    tried = {text: best_by_trying(frames, text) for text in texts}
    found = SPELLER.spell(frames, form)
    if max(tried.values()) == -np.inf:
        assert found is None
        return
    assert found is not None
    assert found.best in texts
    assert found.ranked[0][1] == pytest.approx(max(tried.values()), abs=1e-4)
    first, *others = sorted(tried.values(), reverse=True)
    if not others or first - others[0] > 1e-6:  # of two that are just as likely, neither is the best
        assert tried[found.best] == pytest.approx(first, abs=1e-4)
    assert [value for _text, value in found.ranked] == sorted((v for _t, v in found.ranked), reverse=True)


def test_a_lost_first_sign_comes_back_and_separators_count_for_nothing() -> None:
    sharp = [[0.9, 0.05, 0.02, 0.02, 0.01], [0.02, 0.02, 0.02, 0.02, 0.92], [0.02, 0.02, 0.92, 0.02, 0.02]]
    found = SPELLER.spell(frames_of(sharp), ("AC", "B"))
    assert found is not None
    assert found.best == "AB"
    assert found.ranked[1][0] == "CB"


def test_the_same_sign_twice_needs_nothing_between() -> None:
    run = frames_of([[0.05, 0.8, 0.05, 0.05, 0.05]] * 2)
    apart = frames_of(
        [[0.05, 0.8, 0.05, 0.05, 0.05], [0.9, 0.02, 0.03, 0.03, 0.02], [0.05, 0.8, 0.05, 0.05, 0.05]]
    )
    assert SPELLER.spell(run, ("A", "A")) is None
    found = SPELLER.spell(apart, ("A", "A"))
    assert found is not None
    assert found.best == "AA"


def test_other_text_may_stand_around_it() -> None:
    line = [[0.02, 0.02, 0.02, 0.92, 0.02]] * 2 + [
        [0.9, 0.02, 0.03, 0.03, 0.02],
        [0.02, 0.92, 0.02, 0.02, 0.02],
    ]
    around = SPELLER.spell(frames_of(line), ("AB",), within=True)
    alone = SPELLER.spell(frames_of(line), ("AB",))
    assert around is not None
    assert alone is not None
    assert around.best == alone.best == "A"
    assert around.mean > -0.2 > -1 > alone.mean


def test_a_prior_moves_what_is_less_likely_down() -> None:
    even = frames_of([[0.1, 0.4, 0.39, 0.1, 0.01]])
    found = SPELLER.spell(even, ("AB",), prior=lambda text: -5.0 if text == "A" else 0.0)
    assert found is not None
    assert found.best == "B"


def test_gates() -> None:
    clear = Spelling((("A", -0.1), ("B", -9.0)), 4)
    close = Spelling((("A", -0.1), ("B", -0.3)), 4)
    faint = Spelling((("A", -8.0), ("B", -20.0)), 4)
    gate = Gate(1.0, -0.4)
    assert [one.passes(gate) for one in (clear, close, faint)] == [True, False, False]
    assert 0 <= faint.score < close.score < clear.score <= 1
