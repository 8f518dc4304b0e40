"""Faces by Haar cascades, as OpenCV brings them: frontal and from the side.

Good enough for blurring, and for nothing else: it sees faces where there are none (blurred for nothing) and
misses some (an officer adds them).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np

from kuaichu.connectors.likeness.opencv import grey_of

CASCADES = ("haarcascade_frontalface_default.xml", "haarcascade_profileface.xml")
SMALLEST = 0.022
"""Of the longer side: smaller faces cannot be told apart in the copies."""
Box = tuple[float, float, float, float]


class Haar:
    """Finds faces."""

    version = f"haar/opencv-{cv2.__version__}"

    def __init__(self) -> None:
        folder = Path(cv2.data.haarcascades)  # type: ignore[attr-defined]
        self._cascades = [cv2.CascadeClassifier(str(folder / name)) for name in CASCADES]

    def find(self, data: bytes) -> list[Box]:
        """Left, top, width and height of each face, in parts of the upright photograph."""
        grey = grey_of(data)
        if grey is None:
            return []
        height, width = grey.shape
        even, least = cv2.equalizeHist(grey), max(16, round(SMALLEST * max(grey.shape)))
        found: list[Box] = []
        for cascade in self._cascades:
            for mirrored in (False, True):
                seen = np.ascontiguousarray(even[:, ::-1]) if mirrored else even
                for x, y, w, h in cascade.detectMultiScale(seen, 1.15, 5, minSize=(least, least)):
                    left = width - x - w if mirrored else x
                    found.append(
                        (float(left / width), float(y / height), float(w / width), float(h / height))
                    )
                if "frontal" in CASCADES[self._cascades.index(cascade)]:
                    break  # a face from the front is its own mirror
        return _apart(found)


def connect(_config: Mapping[str, str]) -> Haar:
    """The finder; it takes no further keys."""
    return Haar()


def _apart(found: list[Box]) -> list[Box]:
    """Without boxes that lie mostly within another one."""
    kept: list[Box] = []
    for one in sorted(found, key=lambda box: -box[2] * box[3]):
        if not any(_within(one, other) > 0.6 for other in kept):
            kept.append(one)
    return kept


def _within(one: Box, other: Box) -> float:
    wide = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    tall = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return max(0.0, wide) * max(0.0, tall) / (one[2] * one[3])
