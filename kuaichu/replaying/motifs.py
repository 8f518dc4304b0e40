"""What the drawn photographs are made of: cars, plates, houses, scratches."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

Colour = tuple[int, int, int]
CARS: tuple[Colour, ...] = (
    (236, 238, 240),
    (28, 30, 34),
    (120, 124, 130),
    (30, 66, 140),
    (160, 24, 30),
    (96, 74, 56),
    (52, 92, 74),
    (198, 200, 204),
)
FONT = Path(__file__).resolve().parent.parent / "desks/documents/fonts/NotoSerifSC-Bold-GB2312.ttf"
GLASS, RUBBER = (44, 54, 66), (20, 20, 22)


@dataclass(frozen=True, slots=True)
class Point:
    """Pixels from the left and from the top."""

    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Car:
    """A car in a picture."""

    colour: Colour
    plate: str
    zone: str


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """The font of plates and cards."""
    return ImageFont.truetype(str(FONT), size)


def plate(image: Image.Image, text: str, at: tuple[int, int], width: int) -> None:
    """A plate: blue with white figures, green with black ones for electric cars (eight characters)."""
    height = width * 14 // 44
    electric = len(text) > 7
    ground, figures = ((120, 190, 120), (10, 10, 10)) if electric else ((20, 60, 150), (250, 250, 250))
    draw = ImageDraw.Draw(image)
    x, y = at
    draw.rounded_rectangle(
        (x, y, x + width, y + height), height // 8, fill=ground, outline=figures, width=max(1, height // 20)
    )
    spaced = f"{text[:2]}·{text[2:]}"
    draw.text(
        (x + width // 2, y + height // 2),
        spaced,
        fill=figures,
        font=font(max(8, height * (5 if electric else 6) // 10)),
        anchor="mm",
    )


def rear_view(image: Image.Image, car: Car, foot: Point, width: int) -> None:
    """A car seen along its length, standing at `foot` (middle of its lower edge)."""
    draw = ImageDraw.Draw(image)
    height = width * 3 // 4
    left, top, base = foot.x - width // 2, foot.y - height, foot.y
    dark = tuple(c * 2 // 3 for c in car.colour)
    draw.ellipse((left - 20, base - 24, left + width + 20, base + 22), fill=(52, 53, 56))
    for x in (left + width // 12, left + width - width // 12 - width // 7):
        draw.rounded_rectangle((x, base - height // 4, x + width // 7, base + 6), 8, fill=RUBBER)
    inset = width // 7
    roof = [
        (left + inset, top),
        (left + width - inset, top),
        (left + width, top + height // 2),
        (left, top + height // 2),
    ]
    draw.polygon(roof, fill=car.colour)
    pane = [(left + inset + 12, top + 14), (left + width - inset - 12, top + 14)]
    draw.polygon(
        [*pane, (left + width - 26, top + height // 2 - 8), (left + 26, top + height // 2 - 8)], fill=GLASS
    )
    draw.rounded_rectangle(
        (left, top + height // 2 - 10, left + width, base - height // 9), 18, fill=car.colour
    )
    draw.rectangle((left + 6, base - height // 4, left + width - 6, base - height // 9), fill=dark)
    lamp = width // 6
    lit = (232, 70, 60) if "FRONT" not in car.zone else (250, 244, 214)
    for x in (left + 10, left + width - 10 - lamp):
        draw.rounded_rectangle(
            (x, top + height // 2 + 6, x + lamp, top + height // 2 + 6 + lamp // 2), 8, fill=lit
        )
    plate(image, car.plate, (foot.x - width // 6, top + height * 5 // 8), width // 3)


def side_view(image: Image.Image, car: Car, middle: Point, length: int) -> None:
    """A car seen from its side."""
    draw = ImageDraw.Draw(image)
    half, height = length // 2, length // 5
    left, right, base = middle.x - half, middle.x + half, middle.y
    draw.ellipse((left, base - 20, right, base + 30), fill=(52, 53, 56))
    roof = [(left + length // 5, base - height), (left + length * 3 // 10, base - height * 9 // 5)]
    roof += [(right - length * 3 // 10, base - height * 9 // 5), (right - length // 7, base - height)]
    draw.polygon(roof, fill=car.colour)
    pane = [(left + length // 4, base - height), (left + length // 3, base - height * 17 // 10)]
    draw.polygon(
        [*pane, (right - length // 3, base - height * 17 // 10), (right - length // 5, base - height)],
        fill=GLASS,
    )
    draw.rounded_rectangle((left, base - height, right, base - height // 6), 40, fill=car.colour)
    draw.line(
        (middle.x, base - height * 17 // 10, middle.x, base - height // 5),
        fill=tuple(c * 2 // 3 for c in car.colour),
        width=5,
    )
    for x in (left + length // 5, right - length // 5):
        radius = height // 2
        draw.ellipse((x - radius, base - radius, x + radius, base + radius), fill=RUBBER)
        draw.ellipse(
            (x - radius // 2, base - radius // 2, x + radius // 2, base + radius // 2), fill=(158, 160, 164)
        )


def damage(roll: random.Random, image: Image.Image, at: Point, size: int) -> None:
    """Scratches and a dent."""
    draw = ImageDraw.Draw(image)
    dent = (at.x - size, at.y - size // 2, at.x + size, at.y + size // 2)
    draw.chord(dent, roll.randint(0, 90), roll.randint(180, 300), fill=(70, 70, 74))
    for _ in range(roll.randint(14, 26)):
        x, y = at.x + roll.randint(-size, size), at.y + roll.randint(-size // 2, size // 2)
        tone = roll.randint(120, 235)
        end = (x + roll.randint(-size, size), y + roll.randint(-14, 14))
        draw.line(((x, y), end), fill=(tone, tone, tone - 10), width=roll.randint(1, 5))


def facade(roll: random.Random, draw: ImageDraw.ImageDraw, width: int, ground: int) -> None:
    """A row of houses with windows and trees before them."""
    x = -20
    while x < width:
        wide, high = roll.randint(110, 240), roll.randint(120, 330)
        tone = roll.randint(130, 215)
        draw.rectangle((x, ground - high, x + wide, ground), fill=(tone, tone - 8, tone - 20))
        for row in range(ground - high + 16, ground - 24, 34):
            for column in range(x + 12, x + wide - 18, 30):
                draw.rectangle((column, row, column + 16, row + 20), fill=(74, 88, 104))
        x += wide + roll.randint(0, 40)
    for _ in range(roll.randint(3, 7)):
        at, radius = roll.randint(0, width), roll.randint(24, 52)
        draw.rectangle((at - 4, ground - 40, at + 4, ground + 6), fill=(84, 62, 44))
        draw.ellipse(
            (at - radius, ground - 40 - 2 * radius, at + radius, ground - 30),
            fill=(66, roll.randint(96, 130), 62),
        )


def card(roll: random.Random, image: Image.Image, words: str) -> None:
    """A card with a portrait and lines of print, most of them unreadable."""
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((190, 170, 1090, 800), 28, fill=(232, 238, 232), outline=(120, 140, 124), width=4)
    draw.text((640, 240), "中华人民共和国机动车驾驶证（演示）", fill=(40, 44, 48), font=font(40), anchor="mm")
    draw.rectangle((850, 330, 1040, 580), fill=(150, 170, 196))
    draw.ellipse((900, 360, 990, 470), fill=(206, 176, 150))
    draw.pieslice((868, 460, 1022, 640), 180, 360, fill=(60, 70, 92))
    for row in range(6):
        length = roll.randint(220, 520)
        draw.rectangle((250, 340 + row * 64, 250 + length, 352 + row * 64), fill=(96, 104, 108))
    draw.text((250, 742), words, fill=(40, 44, 48), font=font(34), anchor="lm")
