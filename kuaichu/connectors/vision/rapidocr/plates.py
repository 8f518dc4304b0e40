"""Number plates in a photograph: boxes that may be one, spelled under the forms of GA 36-2018."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from kuaichu.cases.plates import PROVINCES, normalise
from kuaichu.connectors.vision.rapidocr.engine import Engine, LogProbs
from kuaichu.connectors.vision.rapidocr.pixels import Box, Pixels, cut
from kuaichu.connectors.vision.rapidocr.spelling import Speller, Spelling

LETTERS, DIGITS = "ABCDEFGHJKLMNPQRSTUVWXYZ", "0123456789"
SERIAL, ENERGY = LETTERS + DIGITS, "DABCEFGHJK"
ORDINARY: tuple[tuple[str, ...], ...] = (
    (PROVINCES, LETTERS, *[SERIAL] * 5),
    (PROVINCES, LETTERS, ENERGY, SERIAL, *[DIGITS] * 4),
    (PROVINCES, LETTERS, *[DIGITS] * 5, ENERGY),
)
MARKED: dict[str, tuple[tuple[str, ...], ...]] = {
    "挂学警": ((PROVINCES, LETTERS, *[SERIAL] * 4, "挂学警"),),
    "领": ((PROVINCES, LETTERS, *[DIGITS] * 4, "领"), (PROVINCES, *[DIGITS] * 5, "领")),
    "使": ((*[DIGITS] * 6, "使"), ("使", *[DIGITS] * 6)),
    "港澳": (("粤", "Z", *[SERIAL] * 4, "港澳"),),
    "应急": ((PROVINCES, "X", *[DIGITS] * 4, "应", "急"),),
    "WJ": (("W", "J", PROVINCES, *[DIGITS] * 4, LETTERS + DIGITS),),
}
"""Forms that are tried only where the plain reading shows their mark."""
THIRD_LETTER = -1.5
"""What each letter beyond the second costs among the last five: such plates are rare."""
GROW = 0.12
LEAST_HEIGHT = 9
MOST_TRIED = 14


@dataclass(frozen=True, slots=True)
class Spotted:
    """A plate: how it is spelled, what was read without a grammar, and where."""

    spelling: Spelling
    plain: str
    box: Box


@dataclass(frozen=True, slots=True)
class _Piece:
    box: Box
    text: str
    frames: LogProbs


class Plates:
    """Finds plates with one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._speller = Speller(engine.alphabet)

    def find(self, pixels: Pixels) -> list[Spotted]:
        """The plates, the surest first. A picture of little more than a plate is taken as one line."""
        height, width = pixels.shape[:2]
        if width <= 420 and 2.0 <= width / height <= 7.0:
            whole = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
            one = self._spotted([self._piece(pixels, whole, 0.0)])
            if one is not None:
                return [one]
        pieces = [self._piece(pixels, box, GROW) for box in _likely(self._engine.boxes(pixels))]
        found = [one for group in _groups(pieces) if (one := self._spotted(group)) is not None]
        return _apart(sorted(found, key=lambda one: one.spelling.mean, reverse=True))

    def _piece(self, pixels: Pixels, box: Box, grow: float) -> _Piece:
        text, _score, frames = self._engine.read(cut(pixels, box, grow))
        return _Piece(box, normalise(text), frames)

    def _spotted(self, group: Sequence[_Piece]) -> Spotted | None:
        text = "".join(piece.text for piece in group)
        if not _plausible(text):
            return None
        frames = np.concatenate([piece.frames for piece in group])
        spelled = [one for form in _forms(text) if (one := self._speller.spell(frames, form, prior=_prior))]
        if not spelled:
            return None
        ranked = sorted((pair for one in spelled for pair in one.ranked), key=lambda pair: -pair[1])
        box = group[0].box if len(group) == 1 else _around([piece.box for piece in group])
        return Spotted(Spelling(tuple(dict(ranked).items())[:6], len(frames)), text, box)


def _forms(text: str) -> Iterable[tuple[str, ...]]:
    marked = [form for mark, forms in MARKED.items() if any(c in text for c in mark) for form in forms]
    return (*marked, *ORDINARY)


def _prior(text: str) -> float:
    letters = sum(char in LETTERS for char in text[2:]) - 2
    return THIRD_LETTER * max(0, letters) if len(text) == 7 and text[0] in PROVINCES else 0.0


def _plausible(text: str) -> bool:
    """Whether a plain reading may be a plate: mostly letters and digits, and about as many."""
    signs = len(re.findall(r"[A-Z0-9]", text))
    return 5 <= signs <= 9 and len(text) - signs <= 3


def _likely(boxes: list[Box]) -> list[Box]:
    """Boxes of the shape of a plate or of half of one, the largest first, not too many."""
    fits: list[tuple[float, int, Box]] = []
    for box in boxes:
        width, height = float(np.linalg.norm(box[1] - box[0])), float(np.linalg.norm(box[3] - box[0]))
        if height >= LEAST_HEIGHT and 0.8 <= width / height <= 8.0:
            fits.append((width * height, len(fits), box))
    return [box for _area, _n, box in sorted(fits, reverse=True)[:MOST_TRIED]]


def _groups(pieces: list[_Piece]) -> Iterable[tuple[_Piece, ...]]:
    """Each piece alone, and two that stand side by side or one above the other like one plate's halves."""
    for piece in pieces:
        yield (piece,)
    for one in pieces:
        for two in pieces:
            if one is not two and not _plausible(one.text) and _neighbours(one.box, two.box):
                yield one, two


def _neighbours(one: Box, two: Box) -> bool:
    """Whether `two` continues `one`: to its right at the same height, or below it (plates of two rows)."""
    (x1, y1, w1, h1), (x2, y2, w2, h2) = _span(one), _span(two)
    if not 0.4 <= h1 / h2 <= 2.5:
        return False
    beside = abs(y1 - y2) < 0.4 * h1 and 0 <= x2 - x1 - w1 < 1.2 * h1
    overlap = min(x1 + w1, x2 + w2) - max(x1, x2)
    below = 0 <= y2 - y1 - h1 < 0.6 * h1 and overlap > 0.7 * min(w1, w2) and w2 >= w1
    return beside or below


def _span(box: Box) -> tuple[float, float, float, float]:
    """Left, top, width and height around a box."""
    low, high = box.min(axis=0), box.max(axis=0)
    return float(low[0]), float(low[1]), max(1.0, float(high[0] - low[0])), max(1.0, float(high[1] - low[1]))


def _around(boxes: Sequence[Box]) -> Box:
    low = np.min([box.min(axis=0) for box in boxes], axis=0)
    high = np.max([box.max(axis=0) for box in boxes], axis=0)
    corners = [[low[0], low[1]], [high[0], low[1]], [high[0], high[1]], [low[0], high[1]]]
    return np.array(corners, dtype=np.float32)


def _apart(found: list[Spotted]) -> list[Spotted]:
    """Without those that lie on a surer one."""
    kept: list[Spotted] = []
    for one in found:
        if not any(_overlap(one.box, other.box) for other in kept):
            kept.append(one)
    return kept


def _overlap(one: Box, two: Box) -> bool:
    (x1, y1, w1, h1), (x2, y2, w2, h2) = _span(one), _span(two)
    across = min(x1 + w1, x2 + w2) - max(x1, x2)
    down = min(y1 + h1, y2 + h2) - max(y1, y2)
    return across > 0 and down > 0 and across * down > 0.3 * min(w1 * h1, w2 * h2)
