"""From untrusted bytes to pixels, within limits of size and memory."""

from __future__ import annotations

import io
import warnings

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

from kuaichu.cases.pictures import FORMATS, MOST_PIXELS, UNREADABLE
from kuaichu.cases.sight import Guide, Quad

Pixels = npt.NDArray[np.uint8]
Box = npt.NDArray[np.float32]
SIDE = 2048
"""Photographs are looked at with a longer side of at most this."""


def pixels_of(data: bytes) -> Pixels | None:
    """The upright photograph as BGR, its longer side at most SIDE; None when it cannot be decoded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                if image.width * image.height > MOST_PIXELS:
                    return None
                image.draft("RGB", (SIDE, SIDE))
                upright = ImageOps.exif_transpose(image)
                upright.thumbnail((SIDE, SIDE))
                rgb = np.asarray(upright.convert("RGB"), dtype=np.uint8)
    except (*UNREADABLE, Image.DecompressionBombWarning, MemoryError):
        return None
    return np.ascontiguousarray(rgb[:, :, ::-1])


def inside(pixels: Pixels, guide: Guide | None, margin: float = 0.06) -> tuple[Pixels, tuple[int, int]]:
    """The part within the guide and a margin around it, and where its corner lies in the whole."""
    if guide is None:
        return pixels, (0, 0)
    height, width = pixels.shape[:2]
    left, top, right, bottom = (min(max(value, 0.0), 1.0) for value in guide)
    x0, x1 = int(max(0.0, left - margin) * width), int(min(1.0, right + margin) * width)
    y0, y1 = int(max(0.0, top - margin) * height), int(min(1.0, bottom + margin) * height)
    if x1 - x0 < 32 or y1 - y0 < 16:
        return pixels, (0, 0)
    return np.ascontiguousarray(pixels[y0:y1, x0:x1]), (x0, y0)


def cut(pixels: Pixels, box: Box, grow: float = 0.0) -> Pixels:
    """The text in a box, straightened; `grow` widens the box by this part of its height on all sides."""
    quad = widened(box, grow) if grow else box.astype(np.float32)
    width = int(max(_length(quad[0], quad[1]), _length(quad[3], quad[2]), 1))
    height = int(max(_length(quad[0], quad[3]), _length(quad[1], quad[2]), 1))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(quad, target)
    straight = cv2.warpPerspective(
        pixels, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE, flags=cv2.INTER_CUBIC
    )
    return np.asarray(straight, dtype=np.uint8)


def widened(box: Box, grow: float) -> Box:
    """The box made larger by `grow` times its height on all sides."""
    across, down = _unit(box[1] - box[0]), _unit(box[3] - box[0])
    step = grow * _length(box[0], box[3])
    signs = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], dtype=np.float32)
    return (box + step * (signs[:, :1] * across + signs[:, 1:] * down)).astype(np.float32)


def place(box: Box, corner: tuple[int, int], pixels: Pixels) -> Quad:
    """A box of a part as fractions of the whole photograph."""
    height, width = pixels.shape[:2]
    points = [
        (round(float(x + corner[0]) / width, 4), round(float(y + corner[1]) / height, 4)) for x, y in box
    ]
    return points[0], points[1], points[2], points[3]


def _length(one: Box, two: Box) -> float:
    return float(np.linalg.norm(one - two))


def _unit(vector: Box) -> Box:
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector
