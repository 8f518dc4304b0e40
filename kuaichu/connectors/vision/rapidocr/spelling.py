"""Spelling under a grammar: the likeliest text of a form in the frames of the recogniser (CTC, Viterbi).

The networks often lose a thin first character or take D for 0. A grammar says which characters may stand
where, separators count as nothing, and out come the likeliest text of that form and the next likely ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from kuaichu.connectors.vision.rapidocr.engine import LogProbs

NEVER = -1e9
SEPARATORS = "·•.-_ ・:,'`丶"
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Gate:
    """When a spelling counts as read: so much likelier than the next one, so likely in the mean of a frame.

    `guessed` is the margin where the plain reading lost the first character of a plate.
    """

    margin: float
    mean: float
    guessed: float = 0.0


@dataclass(frozen=True, slots=True)
class Spelling:
    """Texts of one form, the likeliest first, with their log-probabilities; `frames` of the line."""

    ranked: tuple[tuple[str, float], ...]
    frames: int

    @property
    def best(self) -> str:
        """The likeliest text."""
        return self.ranked[0][0]

    @property
    def mean(self) -> float:
        """Log-probability of the best in the mean of a frame."""
        return self.ranked[0][1] / max(1, self.frames)

    @property
    def margin(self) -> float:
        """How much likelier the best is than the next, at most 20."""
        return min(20.0, self.ranked[0][1] - self.ranked[1][1]) if len(self.ranked) > 1 else 20.0

    def passes(self, gate: Gate) -> bool:
        """Whether it counts as read."""
        return self.margin >= gate.margin and self.mean >= gate.mean

    @property
    def score(self) -> float:
        """Between 0 and 1: the share of the best among all ranked, times its mean probability of a frame."""
        shares = np.exp(np.array([value for _text, value in self.ranked]) - self.ranked[0][1])
        return float(np.exp(self.mean) / shares.sum())


class Speller:
    """Spells with one alphabet."""

    def __init__(self, alphabet: Sequence[str]) -> None:
        self._place = {char: i for i, char in reversed(list(enumerate(alphabet)))}
        self._nothing = np.array([0, *(self._place[c] for c in SEPARATORS if c in self._place)])
        self._slots: dict[str, npt.NDArray[np.int64]] = {}

    def spell(
        self,
        frames: LogProbs,
        form: Sequence[str],
        *,
        within: bool = False,
        prior: Callable[[str], float] | None = None,
        most: int = 6,
    ) -> Spelling | None:
        """The likeliest texts whose i-th character is one of `form[i]`; None where none can be.

        `within`: other text may stand before and after it in the line. `prior` adds to the log-probability.
        """
        slots = [self._slot(chars) for chars in form]
        if len(frames) < len(form):
            return None
        marks = [frames[:, slot].astype(np.float64) for slot in slots]
        nothing = np.log(np.exp(frames[:, self._nothing].astype(np.float64)).sum(axis=1))
        outside = np.maximum(nothing, frames.max(axis=1)) if within else nothing
        same = [_same(one, two) for one, two in pairwise(slots)]
        ranked = _ranked(_best_through(marks, nothing, outside, same), form)
        if ranked[0][1] <= NEVER / 2:
            return None
        judged = sorted(
            ((text, value + (prior(text) if prior else 0.0)) for text, value in ranked), key=lambda x: -x[1]
        )
        return Spelling(tuple(judged[:most]), len(frames))

    def _slot(self, chars: str) -> npt.NDArray[np.int64]:
        made = self._slots.get(chars)
        if made is None:
            made = self._slots[chars] = np.array([self._place[c] for c in chars])
        return made


def _same(one: npt.NDArray[np.int64], two: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Which characters of one place (rows) are which of the next (columns): between them must be nothing."""
    return np.asarray(one[:, None] == two[None, :])


def _best_through(
    marks: list[Floats], nothing: Floats, outside: Floats, same: list[npt.NDArray[np.bool_]]
) -> list[Floats]:
    """For each place and character, the best log-probability of a whole text with that character there."""
    forward = _forward(marks, nothing, outside, same)
    back = [mark[::-1] for mark in reversed(marks)]
    turned = [one.T for one in reversed(same)]
    backward = _forward(back, nothing[::-1], outside[::-1], turned)
    through = []
    for i, mark in enumerate(marks):
        # both ways count the frame's own mark
        through.append((forward[i] + backward[len(marks) - 1 - i][::-1] - mark).max(axis=0))
    return through


def _forward(
    marks: list[Floats], nothing: Floats, outside: Floats, same: list[npt.NDArray[np.bool_]]
) -> list[Floats]:
    """Best path up to each frame that ends in each character of each place."""
    length = len(nothing)
    ends = [np.full_like(mark, NEVER) for mark in marks]
    gaps = np.full(len(marks), NEVER)  # best path that ends in nothing before place i
    gaps_new = gaps.copy()
    ends[0][0] = marks[0][0]
    gaps[0] = outside[0]
    for t in range(1, length):
        for i, mark in enumerate(marks):
            enter = gaps[i]
            if i:
                before = np.where(same[i - 1], NEVER, ends[i - 1][t - 1][:, None]).max(axis=0)
                enter = np.maximum(before, enter)
            ends[i][t] = np.maximum(ends[i][t - 1], enter) + mark[t]
            silence = outside[t] if i == 0 else nothing[t]
            ended = ends[i - 1][t - 1].max() if i else NEVER
            gaps_new[i] = max(gaps[i], ended) + silence
        gaps, gaps_new = gaps_new, gaps
    return ends


def _ranked(through: list[Floats], form: Sequence[str]) -> list[tuple[str, float]]:
    """The best text, those with one other character, and those with two, whose losses are added up."""
    best = [int(one.argmax()) for one in through]
    top = float(max(one.max() for one in through))
    text = [chars[i] for chars, i in zip(form, best, strict=True)]
    swaps = sorted(
        (top - float(through[i][k]), i, form[i][k])
        for i in range(len(form))
        for k in range(len(form[i]))
        if k != best[i]
    )[:12]
    found = {"".join(text): top}
    for n, (loss, i, char) in enumerate(swaps):
        found.setdefault(_swapped(text, {i: char}), top - loss)
        for loss2, i2, char2 in swaps[:n]:
            if i2 != i:
                found.setdefault(_swapped(text, {i: char, i2: char2}), top - loss - loss2)
    return sorted(found.items(), key=lambda pair: -pair[1])


def _swapped(text: Sequence[str], swaps: Mapping[int, str]) -> str:
    return "".join(swaps.get(i, char) for i, char in enumerate(text))
