"""How well plates are read: real crops, alone and in a drawn street, and what a register makes of it."""

from __future__ import annotations

import csv
import hashlib
import io
import random
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw

from kuaichu.cases.ports import Reader
from kuaichu.cases.sight import Found
from kuaichu.specimens.papers import font

DENSITY = 0.3
"""Share of all plates that exist: a register with so many decoys beside the true ones."""
WIDTHS = (300, 160)
PIECE = 440 / 140


@dataclass
class Rates:
    """Counts of one trial. `first`: the likeliest spelling is right, sure or not; `listed`: any is."""

    name: str
    tried: int = 0
    right: int = 0
    wrong: int = 0
    unsure: int = 0
    nothing: int = 0
    first: int = 0
    listed: int = 0
    by_register: int = 0
    wrong_by_register: int = 0
    seconds: float = 0.0

    def share(self, count: int) -> str:
        """A count as a percentage of all that were tried."""
        return f"{100 * count / self.tried:.1f} %" if self.tried else "–"


def sample(folder: Path | None = None, limit: int = 0) -> list[tuple[str, bytes]]:
    """Texts and pictures: of the sample inside, or of a folder of `<plate>.jpg`; at most `limit`, evenly."""
    if folder is None:
        with as_file(files("kuaichu.specimens") / "data" / "plates") as inside:
            rows = list(csv.DictReader((inside / "labels.csv").read_text("utf-8").splitlines()))
            found = [(row["plate"], (inside / row["file"]).read_bytes()) for row in rows]
    else:
        found = [(path.stem, path.read_bytes()) for path in sorted(folder.glob("*.jpg"))]
    step = max(1, len(found) // limit) if limit else 1
    return found[::step][: limit or None]


def in_street(crop: bytes, width: int, seed: int) -> bytes:
    """The crop as a plate of this width on a car's rear in a drawn street of 1280 × 960 pixels."""
    dice, roll = np.random.default_rng(seed), random.Random(seed)
    coarse = dice.integers(40, 140, (12, 16, 3), dtype=np.uint8)
    street = np.asarray(cv2.resize(coarse, (1280, 960), interpolation=cv2.INTER_CUBIC), dtype=np.uint8).copy()
    plate = np.asarray(
        Image.open(io.BytesIO(crop))
        .convert("RGB")
        .resize((width, int(width / PIECE)), Image.Resampling.BICUBIC)
    )
    left, top = roll.randint(width // 2, 1280 - 2 * width), roll.randint(300, 800 - width)
    cv2.rectangle(
        street, (left - width // 2, top - width // 3), (left + width * 3 // 2, top + width), (30, 25, 90), -1
    )
    street[top : top + plate.shape[0], left : left + width] = plate
    out = io.BytesIO()
    Image.fromarray(street).save(out, "JPEG", quality=88)
    return out.getvalue()


def drawn(plate: str) -> bytes:
    """A drawn plate of 440 × 140 pixels: blue, green with eight characters."""
    ground, ink = ((0, 60, 160), (255, 255, 255)) if len(plate) == 7 else ((90, 190, 110), (10, 10, 10))
    image = Image.new("RGB", (440, 140), ground)
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle([5, 5, 434, 134], radius=12, outline=ink, width=3)
    text = f"{plate[:2]}·{plate[2:]}"
    size = next(size for size in range(100, 20, -2) if pen.textlength(text, font=font(size)) < 400)
    pen.text((220, 66), text, fill=ink, font=font(size), anchor="mm", stroke_width=1)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()


def exists(plate: str, truth: Collection[str], density: float = DENSITY) -> bool:
    """Whether the register knows a plate: the true ones and, drawn by hash, this share of all others."""
    drawn = int.from_bytes(hashlib.sha256(plate.encode()).digest()[:4], "big") / 2**32
    return plate in truth or drawn < density


def measure(
    reader: Reader, name: str, kind: str, pictures: Iterable[tuple[str, bytes]], truth: Collection[str]
) -> Rates:
    """Read every picture and count."""
    rates = Rates(name)
    for plate, data in pictures:
        before = time.process_time()
        found = reader.read(data, kind).fields.get("plate")
        rates.seconds += time.process_time() - before
        _count(rates, plate, found, truth)
    return rates


def _count(rates: Rates, plate: str, found: Found | None, truth: Collection[str]) -> None:
    rates.tried += 1
    if found is None:
        rates.nothing += 1
        return
    rates.right += found.value == plate
    rates.wrong += bool(found.value) and found.value != plate
    rates.unsure += not found.value
    rates.first += found.candidates[:1] == (plate,)
    rates.listed += plate in found.candidates
    known = next((one for one in found.candidates if exists(one, truth)), "")
    rates.by_register += known == plate
    rates.wrong_by_register += bool(known) and known != plate


def trials(reader: Reader, pictures: Sequence[tuple[str, bytes]]) -> Iterator[Rates]:
    """The crops alone, and the crops in a street at each width."""
    truth = frozenset(plate for plate, _data in pictures)
    yield measure(reader, "crop, 94 × 24 pixels", "plate", pictures, truth)
    for width in WIDTHS:
        scenes = ((plate, in_street(data, width, n)) for n, (plate, data) in enumerate(pictures))
        yield measure(reader, f"street, plate {width} pixels wide", "scene", scenes, truth)
