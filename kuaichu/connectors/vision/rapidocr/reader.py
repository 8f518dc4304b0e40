"""The reader: photographs in, fields out. It never raises for what a photograph holds."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from kuaichu.cases.sight import Found, Guide, Quad, Sight
from kuaichu.connectors.vision.rapidocr.engine import Engine
from kuaichu.connectors.vision.rapidocr.papers import Papers
from kuaichu.connectors.vision.rapidocr.pixels import Pixels, inside, pixels_of, place
from kuaichu.connectors.vision.rapidocr.plates import Plates, Spotted
from kuaichu.connectors.vision.rapidocr.spelling import Gate

DOCUMENTS = ("licence", "driving_licence", "vehicle_licence", "insurance")
CLOSE_UPS = ("plate",)
FAINT = -2.0
"""In the mean of a frame, as a natural logarithm: what is fainter is no plate at all."""


class RapidReader:
    """Reads plates and papers."""

    name = "rapidocr"
    version = Engine.version

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._engine: Engine | None = None

    def warm_up(self) -> None:
        """Load the networks and let each run once."""
        engine = self._ready()
        blank = np.full((96, 320, 3), 200, dtype=np.uint8)
        engine.boxes(blank)
        engine.read(blank)
        engine.upside_down([blank])

    def read(self, data: bytes, kind: str, guide: Guide | None = None) -> Sight:
        """What stands there; a document's own kind is found out. Empty for what cannot be decoded.

        `kind`: plate (a close-up), scene (plates far away), licence or one of DOCUMENTS.
        """
        pixels = pixels_of(data)
        if pixels is None:
            return Sight(kind, self.version)
        part, corner = inside(pixels, guide)
        if kind in DOCUMENTS:
            return self._paper(part, corner, pixels, kind)
        found = Plates(self._ready()).find(part)
        if not found and guide is not None:
            part, corner = pixels, (0, 0)
            found = Plates(self._ready()).find(part)
        return self._plates([one for one in found if one.spelling.mean >= FAINT], kind, corner, pixels)

    def _ready(self) -> Engine:
        if self._engine is None:
            self._engine = Engine()
        return self._engine

    def _plates(self, found: list[Spotted], kind: str, corner: tuple[int, int], whole: Pixels) -> Sight:
        """The surest plate as the field `plate`; all of them, with their places, as lines."""
        lines = tuple(
            (one.spelling.best, round(one.spelling.score, 3), place(one.box, corner, whole)) for one in found
        )
        if not found:
            return Sight(kind, self.version)
        return Sight(kind, self.version, {"plate": self._plate(found[0], lines[0][2])}, lines)

    def _plate(self, one: Spotted, quad: Quad) -> Found:
        seen = one.spelling.best[0] in one.plain
        sure = one.spelling.passes(self._gate) and (seen or one.spelling.margin >= self._gate.guessed)
        texts = tuple(text for text, _value in one.spelling.ranked)
        return Found(
            raw=one.plain,
            value=texts[0] if sure else "",
            candidates=texts,
            score=round(one.spelling.score, 3),
            quad=quad,
            checks=("grammar_ok",) if sure else ("grammar_ok", "unsure"),
        )

    def _paper(self, part: Pixels, corner: tuple[int, int], whole: Pixels, kind: str) -> Sight:
        spots, turned = self._ready().lines(part)
        papers = Papers(self._ready().alphabet)
        found = papers.fields(spots)
        # boxes of a turned page have no place in the photograph as it is shown
        fields = {
            name: Found(**_told(one), quad=None if turned else place(box, corner, whole))
            for name, (one, box) in found.items()
        }
        if code := _qr(part):
            fields["qr"] = Found(raw=code[:300], value=code[:300], checks=("hint",))
        return Sight(papers.kind(spots) or kind, self.version, fields, (), turned)


def _told(one: Found) -> dict[str, Any]:
    return {
        "raw": one.raw,
        "value": one.value,
        "candidates": one.candidates,
        "score": one.score,
        "checks": one.checks,
    }


def _qr(pixels: Pixels) -> str:
    """What a QR code in the picture says, if there is one that can be read."""
    try:
        text, _points, _straight = cv2.QRCodeDetector().detectAndDecode(pixels)
    except cv2.error:
        return ""
    return str(text)
