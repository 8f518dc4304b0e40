"""RapidOCR's networks: where text is, which way up, and how likely each character is at each place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidocr import RapidOCR

from kuaichu.connectors.vision.rapidocr.pixels import Box, Pixels, cut

LogProbs = npt.NDArray[np.float32]
"""Frames by characters, natural logarithms."""
HEIGHT, LEAST_WIDTH, MOST_WIDTH = 48, 320, 1600
MOST_BOXES = 90
TALL = 1.5
_PARAMS = {
    "Global.log_level": "error",
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    "Det.limit_type": "max",
    "Det.limit_side_len": 960,
    "Rec.rec_batch_num": 1,
    "Cls.cls_batch_num": 1,
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A line of text: its box (clockwise from its own upper left), what stands there, and how likely."""

    box: Box
    text: str
    score: float
    frames: LogProbs


class Engine:
    """The three networks, each loaded once; for one thread at a time, as RapidOCR keeps state in them."""

    version = f"rapidocr {version('rapidocr')} PP-OCRv6 small"

    def __init__(self) -> None:
        parts: Any = RapidOCR(params=_PARAMS)  # its parts are untyped
        self._find = parts._load_det_model()
        self._turn = parts._load_cls_model()
        self._spell = parts._load_rec_model()
        self.alphabet: tuple[str, ...] = tuple(self._spell.postprocess_op.character)

    def boxes(self, pixels: Pixels) -> list[Box]:
        """Where text stands, at most MOST_BOXES, the largest kept, in reading order."""
        found = self._find(pixels).boxes
        boxes = [] if found is None else [np.asarray(box, dtype=np.float32) for box in found]
        if len(boxes) > MOST_BOXES:
            least = sorted((_area(box) for box in boxes), reverse=True)[MOST_BOXES - 1]
            boxes = [box for box in boxes if _area(box) >= least][:MOST_BOXES]
        return boxes

    def frames(self, crop: Pixels) -> LogProbs:
        """How likely each character is in each frame of one straight line of text."""
        height, width = crop.shape[:2]
        if width > height * MOST_WIDTH / HEIGHT:
            crop = crop[:, : int(height * MOST_WIDTH / HEIGHT)]
            width = crop.shape[1]
        batch = self._spell.resize_norm_img(crop, max(width / height, LEAST_WIDTH / HEIGHT))[np.newaxis]
        probabilities = self._spell.session(batch)[0]
        return np.asarray(np.log(np.maximum(probabilities, 1e-12)), dtype=np.float32)

    def upside_down(self, crops: Sequence[Pixels]) -> list[bool]:
        """Which of these lines stand on their heads."""
        if not crops:
            return []
        return ["180" in label and score > 0.9 for label, score in self._turn(list(crops)).cls_res]

    def read(self, crop: Pixels) -> tuple[str, float, LogProbs]:
        """The likeliest text of one line, its mean probability and the frames."""
        frames = self.frames(crop)
        best = frames.argmax(axis=1)
        keep = (best != 0) & np.concatenate(([True], best[1:] != best[:-1]))
        score = float(np.exp(frames[keep, best[keep]]).mean()) if keep.any() else 0.0
        return "".join(self.alphabet[i] for i in best[keep]).strip(), score, frames

    def lines(self, pixels: Pixels) -> tuple[list[Spot], int]:
        """All lines of a page whichever way up it lies, and by how many degrees it must be turned clockwise.

        The boxes are those of the turned page.
        """
        boxes = self.boxes(pixels)
        if not boxes:
            return [], 0
        turned = self._turned(pixels, boxes)
        if turned:
            pixels = np.ascontiguousarray(np.rot90(pixels, -turned // 90))
            boxes = self.boxes(pixels)
        spots = []
        for box in boxes:
            crop = cut(pixels, box)
            if crop.shape[0] >= TALL * crop.shape[1]:
                continue
            text, score, frames = self.read(crop)
            if text and score >= 0.5:
                spots.append(Spot(box, text, score, frames))
        return spots, turned

    def _turned(self, pixels: Pixels, boxes: list[Box]) -> int:
        """0, 90, 180 or 270 degrees clockwise: by the shape of the lines, then by which way up they are."""
        longest = sorted(boxes, key=_area, reverse=True)[:9]
        crops = [cut(pixels, box) for box in longest]
        tall = sum(crop.shape[0] >= TALL * crop.shape[1] for crop in crops) * 2 > len(crops)
        flat = [np.ascontiguousarray(np.rot90(crop)) if tall else crop for crop in crops]
        over = sum(self.upside_down(flat)) * 2 > len(flat)
        if tall:
            return 90 if over else 270
        return 180 if over else 0


def _area(box: Box) -> float:
    return float(np.linalg.norm(box[1] - box[0]) * np.linalg.norm(box[3] - box[0]))
