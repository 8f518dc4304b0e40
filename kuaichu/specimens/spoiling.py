"""Photographs of a card as phones take them: on a table, tilted, blurred, with glare and noise, compressed.

The grades are those of the measured choice of engine: clean, mild, moderate, severe (barely readable by eye).
"""

from __future__ import annotations

import io
import random
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

Pixels = npt.NDArray[np.uint8]
SCENE = (1600, 1200)


@dataclass(frozen=True, slots=True)
class Grade:
    """How bad: part of the width filled, blur (sigma, pixels), corners moved, glare, noise, JPEG quality."""

    fill: float
    blur: float
    tilt: float
    glare: float
    noise: float
    quality: int


GRADES = {
    "clean": Grade(0.90, 0.0, 0.00, 0.0, 0.0, 95),
    "mild": Grade(0.85, 1.0, 0.03, 0.3, 4.0, 85),
    "moderate": Grade(0.75, 2.2, 0.07, 0.6, 9.0, 65),
    "severe": Grade(0.60, 3.6, 0.11, 0.9, 16.0, 45),
}


def photographed(card: Pixels, grade: Grade, seed: int) -> bytes:
    """A JPEG of the card on a table; the same for the same seed."""
    roll = random.Random(seed)
    dice = np.random.default_rng(seed)
    scene = _table(dice)
    scene = _laid(card, scene, grade, roll)
    if grade.glare:
        scene = _glared(scene, grade.glare, roll)
    if grade.blur:
        scene = np.asarray(cv2.GaussianBlur(scene, (0, 0), grade.blur), dtype=np.uint8)
    if grade.noise:
        noisy = scene.astype(np.float32) + dice.normal(0, grade.noise, scene.shape)
        scene = np.clip(noisy, 0, 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(scene[:, :, ::-1])).save(out, "JPEG", quality=grade.quality)
    return out.getvalue()


def _table(dice: np.random.Generator) -> Pixels:
    coarse = dice.integers(70, 150, (9, 12, 3), dtype=np.uint8)
    return np.asarray(cv2.resize(coarse, SCENE, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)


def _laid(card: Pixels, scene: Pixels, grade: Grade, roll: random.Random) -> Pixels:
    height, width = card.shape[:2]
    wide = SCENE[0] * grade.fill
    high = wide * height / width
    if high > SCENE[1] * 0.95:
        wide, high = wide * SCENE[1] * 0.95 / high, SCENE[1] * 0.95
    left, top = (SCENE[0] - wide) / 2, (SCENE[1] - high) / 2

    def moved(x: float, y: float) -> list[float]:
        return [x + roll.uniform(-1, 1) * grade.tilt * wide, y + roll.uniform(-1, 1) * grade.tilt * high]

    corners = [
        moved(left, top),
        moved(left + wide, top),
        moved(left + wide, top + high),
        moved(left, top + high),
    ]
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(source, np.array(corners, dtype=np.float32))
    laid = cv2.warpPerspective(card, matrix, SCENE, flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full((height, width), 255, dtype=np.uint8), matrix, SCENE)
    return np.where(mask[:, :, None] > 127, laid, scene).astype(np.uint8)


def _glared(scene: Pixels, strength: float, roll: random.Random) -> Pixels:
    """A lamp's reflection: a soft bright spot over part of the card."""
    x, y = roll.uniform(0.25, 0.75) * SCENE[0], roll.uniform(0.25, 0.75) * SCENE[1]
    rows, columns = np.mgrid[0 : SCENE[1], 0 : SCENE[0]]
    spot = np.exp(-(((columns - x) / 260) ** 2 + ((rows - y) / 150) ** 2))[:, :, None] * 235 * strength
    return np.asarray(np.clip(scene.astype(np.float32) + spot, 0, 255), dtype=np.uint8)
