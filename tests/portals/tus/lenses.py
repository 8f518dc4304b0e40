"""What a camera sees, as a film for Chromium's fake camera: sharp, blurred, dark, far away, trembling."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont

SIZE = (1280, 720)


def street(plate_width: int = 520) -> Image.Image:
    """A car's rear with its plate in the middle, `plate_width` pixels wide."""
    image = Image.new("RGB", SIZE, (142, 148, 156))
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 560, 1280, 720), fill=(92, 94, 98))
    if plate_width > 300:
        pen.rounded_rectangle((240, 90, 1040, 640), 60, fill=(52, 66, 92), outline=(20, 26, 38), width=6)
        pen.rounded_rectangle((330, 120, 950, 300), 30, fill=(176, 196, 214), outline=(24, 30, 40), width=5)
        for x in (260, 930):
            pen.rounded_rectangle((x, 330, x + 90, 420), 16, fill=(170, 34, 30), outline=(40, 8, 8), width=4)
        for x in range(0, 1280, 120):
            pen.polygon([(x, 720), (x + 40, 720), (x + 60, 600), (x + 40, 600)], fill=(230, 230, 226))
    high = round(plate_width * 0.32)
    left, top = 640 - plate_width // 2, 360 - high // 2
    pen.rounded_rectangle((left, top, left + plate_width, top + high), 10, fill=(18, 62, 160))
    font = ImageFont.load_default(size=max(10, round(high * 0.72)))
    pen.text((640, 360), "J 20019", font=font, fill=(240, 244, 250), anchor="mm")
    return image


def blurred(image: Image.Image, radius: float = 9) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(radius))


def dark(image: Image.Image) -> Image.Image:
    return ImageEnhance.Brightness(image).enhance(0.13)


def glaring(image: Image.Image) -> Image.Image:
    """A lamp reflected in the plate's right half."""
    shining = image.copy()
    ImageDraw.Draw(shining).ellipse((640, 260, 860, 470), fill=(255, 255, 255))
    return shining


def shaken(image: Image.Image, seed: int) -> Image.Image:
    roll = random.Random(seed)
    return image.transform(
        SIZE, Image.Transform.AFFINE, (1, 0, roll.randint(-90, 90), 0, 1, roll.randint(-60, 60))
    )


def film(path: Path, frames: Sequence[Image.Image]) -> Path:
    """The frames one after the other, over and over."""
    with path.open("wb") as out:
        for frame in frames:
            data = io.BytesIO()
            frame.save(data, "JPEG", quality=90)
            out.write(data.getvalue())
    return path
