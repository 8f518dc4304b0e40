"""Plates, licences and policies by PP-OCRv6 small in RapidOCR, with weights inside its wheel (no network).

Keys of the city's file, all optional, are the gates of a plate in natural logarithms: `margin`, how much
likelier than the second best (1.0); `guessed`, the same where the province was not seen in the plain reading
(3.0); `mean`, how likely on average in a frame (-0.4). `kuaichu check-reading` shows what they do.
"""

from __future__ import annotations

from collections.abc import Mapping

from kuaichu.connectors.vision.rapidocr.reader import RapidReader
from kuaichu.connectors.vision.rapidocr.spelling import Gate


def connect(config: Mapping[str, str]) -> RapidReader:
    """The reader of this process; one engine, for one thread at a time."""
    gate = {"margin": 1.0, "mean": -0.4, "guessed": 3.0}
    return RapidReader(Gate(**{key: float(config.get(key, value)) for key, value in gate.items()}))
