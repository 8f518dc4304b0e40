"""`kuaichu check-likeness`: how well photographs that were used before are found again, and at what cost.

Pictures are drawn scenes, or the photographs of a folder. Each edit is made of every picture and looked for
among all of them. Drawn scenes share cars and houses, which makes false candidates likelier than in life.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from kuaichu.commands import set_up
from kuaichu.connectors import vision

if TYPE_CHECKING:
    from kuaichu.connectors.likeness.opencv import OpenCv

CITY = "check"
MANY = 100_000
SERIES = ("front", "rear", "contact")
KINDS = {".jpg", ".jpeg", ".png", ".webp"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("--photos", type=Path, help="a folder of photographs instead of drawn scenes")
    parser.add_argument(
        "--scenes", type=int, default=40, help="how many scenes are drawn, three pictures each"
    )
    parser.add_argument("--asked", type=int, default=30, help="of how many pictures the edits are looked for")


def run(options: argparse.Namespace) -> int:
    """Print the table; 1 if the packages are missing or there are no pictures."""
    set_up()
    if missing := vision.missing():
        print(f"It needs packages that are not installed: {', '.join(missing)}. 缺少组件", file=sys.stderr)
        return 1
    from kuaichu.cases.likenesses import ENOUGH
    from kuaichu.connectors.likeness.opencv import NEAR, OpenCv

    pictures = list(_from(options.photos) if options.photos else _drawn(options.scenes))
    if len(pictures) < 2:
        print("There are no photographs. 没有照片", file=sys.stderr)
        return 1
    eye = OpenCv()
    start = time.process_time()
    eye.learn(CITY, [(UUID(int=n), eye.hashes(data) or b"") for n, data in enumerate(pictures)])
    each = (time.process_time() - start) / len(pictures)
    asked = random.Random(1).sample(range(len(pictures)), min(options.asked, len(pictures)))
    print(
        f"{len(pictures)} pictures, {len(asked)} asked; candidate: ≤ {NEAR} bits; the same: ≥ {ENOUGH} points"
    )
    print(f"{'edit':22}{'candidate':>11}{'found':>8}{'points p5':>11}")
    for name, edit in EDITS.items():
        _line(name, *_looked_for(eye, pictures, asked, edit), ENOUGH)
    _others(eye, pictures, asked, ENOUGH, series=1 if options.photos else len(SERIES))
    print(f"hashes: {each * 1000:.1f} ms of CPU a picture; {_search_time()}")
    return 0


def _line(name: str, hits: int, points: list[int], asked: int, enough: int) -> None:
    found = sum(one >= enough for one in points)
    low = sorted(points)[len(points) // 20] if points else 0
    print(f"{name:22}{hits / asked:>11.2f}{found / asked:>8.2f}{low:>11}")


def _looked_for(
    eye: OpenCv, pictures: list[bytes], asked: list[int], edit: Callable[[Image.Image], Image.Image]
) -> tuple[int, list[int], int]:
    """How often the original is among the candidates, and its points that lie alike."""
    hits, points = 0, []
    for number in asked:
        changed = _edited(pictures[number], edit)
        if UUID(int=number) in dict(eye.nearest(CITY, changed, 24)):
            hits += 1
            points.append(eye.inliers(changed, pictures[number]))
    return hits, points, len(asked)


def _others(eye: OpenCv, pictures: list[bytes], asked: list[int], enough: int, *, series: int) -> None:
    """Candidates and findings among other pictures: of the same scene (may well be alike), of others."""
    for name, same in (("same scene", True), ("other scenes", False)):
        pairs = near = alike = 0
        for number in asked:
            others = {
                n for n in range(len(pictures)) if n != number and (n // series == number // series) == same
            }
            found = [
                one.int for one, _ in eye.nearest(CITY, pictures[number], len(pictures)) if one.int in others
            ]
            pairs += len(others)
            near += len(found)
            alike += sum(eye.inliers(pictures[number], pictures[one]) >= enough for one in found[:6])
        if pairs:
            print(f"{name:22}{near:>5} candidates in {pairs} pairs ({near / pairs:.1e}), {alike} found alike")


def _search_time() -> str:
    import numpy as np

    from kuaichu.connectors.likeness.opencv import HASHES, nearest_of

    roll = np.random.default_rng(1)
    words = roll.integers(0, 2**63, size=(HASHES, MANY // HASHES), dtype=np.uint64)
    probes = roll.integers(0, 2**63, size=4, dtype=np.uint64)
    times = []
    for _ in range(20):
        start = time.perf_counter()
        nearest_of(words, probes)
        times.append(time.perf_counter() - start)
    return f"search: {sorted(times)[10] * 1000:.2f} ms for one picture among {MANY:,} hashes"


def _edited(data: bytes, edit: Callable[[Image.Image], Image.Image]) -> bytes:
    with Image.open(io.BytesIO(data)) as image:
        changed = edit(ImageOps.exif_transpose(image).convert("RGB"))
    out = io.BytesIO()
    changed.save(out, "JPEG", quality=getattr(changed, "quality", 85))
    return out.getvalue()


def _recompressed(image: Image.Image) -> Image.Image:
    out = io.BytesIO()
    image.resize((image.width // 2, image.height // 2)).save(out, "JPEG", quality=40)
    return Image.open(io.BytesIO(out.getvalue())).convert("RGB")


def _cropped(part: float) -> Callable[[Image.Image], Image.Image]:
    def crop(image: Image.Image) -> Image.Image:
        x, y = image.width * part / 2, image.height * part / 2
        return image.crop((round(x), round(y), round(image.width - x), round(image.height - y)))

    return crop


def _side(image: Image.Image) -> Image.Image:
    return image.crop((round(image.width * 0.18), 0, image.width, image.height))


def _letterboxed(image: Image.Image) -> Image.Image:
    ground = Image.new("RGB", (image.width, round(image.height * 1.6)))
    ground.paste(image, (0, round(image.height * 0.3)))
    return ground


def _captioned(image: Image.Image) -> Image.Image:
    ImageDraw.Draw(image).rectangle(
        (0, round(image.height * 0.88), image.width, image.height), fill=(10, 10, 10)
    )
    return image


EDITS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "half size, JPEG q40": _recompressed,
    "brighter by a third": lambda image: ImageEnhance.Brightness(image).enhance(1.33),
    "darker by a third": lambda image: ImageEnhance.Brightness(image).enhance(0.67),
    "grey": lambda image: ImageOps.grayscale(image).convert("RGB"),
    "blurred": lambda image: image.filter(ImageFilter.GaussianBlur(2)),
    "cropped by 5 %": _cropped(0.05),
    "cropped by 12 %": _cropped(0.12),
    "cropped by 20 %": _cropped(0.2),
    "left side cut, 18 %": _side,
    "mirrored": ImageOps.mirror,
    "screenshot with bars": _letterboxed,
    "caption over 12 %": _captioned,
    "turned by 2°": lambda image: image.rotate(2, Image.Resampling.BILINEAR),
    "turned by 5°": lambda image: image.rotate(5, Image.Resampling.BILINEAR),
}


def _drawn(scenes: int) -> Iterator[bytes]:
    from kuaichu.replaying.photos import Scene, photograph

    for number in range(scenes):
        roll = random.Random(number)
        scene = Scene(
            seed=f"check/{number}",
            plates=(f"苏J{roll.randrange(10**5):05d}", f"苏J{roll.randrange(10**5):05d}"),
            zones=("FRONT", "REAR"),
            lon=120.16,
            lat=33.37,
            taken_at=datetime(2026, 5, 1, tzinfo=UTC),
            night=number % 4 == 3,
        )
        for place, shot in enumerate(SERIES):
            yield photograph(scene, shot, place)


def _from(folder: Path) -> Iterator[bytes]:
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in KINDS:
            data = path.read_bytes()
            try:
                with Image.open(io.BytesIO(data)) as image:
                    image.load()
            except OSError:
                continue
            yield data
