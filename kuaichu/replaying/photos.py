"""Photographs of accidents that never happened: drawn, distinct, with plausible metadata.

A little scene on a road: two cars, lane lines, houses, by day or by night, from the angle that a shot asks.
The same picture number gives the same picture, byte by byte; another one always gives other bytes.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PIL import ExifTags, Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter
from PIL.TiffImagePlugin import IFDRational

from kuaichu.replaying.motifs import CARS, Car, Point, card, damage, facade, plate, rear_view, side_view

SIZE = (1280, 960)
SHOTS = ("front", "rear", "contact", "plate", "damage", "licence")
CAMERAS = (
    ("HUAWEI", "NOH-AN00"),
    ("Xiaomi", "2201123C"),
    ("Apple", "iPhone 13"),
    ("vivo", "V2183A"),
    ("OPPO", "PGEM10"),
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What all photographs of one accident share. `seed` makes it this accident and no other."""

    seed: str
    plates: tuple[str, str]
    zones: tuple[str, str]
    lon: float
    lat: float
    taken_at: datetime
    night: bool = False
    quality: int = 82


def photograph(scene: Scene, shot: str, number: int) -> bytes:
    """The bytes of one JPEG: `shot` is one of SHOTS, `number` its place in the series."""
    roll = random.Random(f"{scene.seed}/{shot}/{number}")
    cars = _cars(scene)
    image = _DRAWN.get(shot, _street)(roll, scene, cars)
    image = _as_taken(roll, image, scene.night and shot in ("front", "rear", "contact"))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=scene.quality, exif=_exif(roll, scene, number))
    return out.getvalue()


def _cars(scene: Scene) -> tuple[Car, Car]:
    roll = random.Random(scene.seed)
    first, second = roll.sample(CARS, 2)
    return Car(first, scene.plates[0], scene.zones[0]), Car(second, scene.plates[1], scene.zones[1])


def _street(roll: random.Random, scene: Scene, cars: tuple[Car, Car]) -> Image.Image:
    """From in front or from behind: the whole place."""
    image = _road(roll)
    in_line = {"FRONT", "REAR"} <= {zone.split("_")[0] for zone in scene.zones}
    near, far = cars if roll.random() < 0.5 else (cars[1], cars[0])
    x, y = roll.randint(480, 640), roll.randint(600, 640)
    shift = roll.randint(-110, 130) if in_line else roll.randint(230, 300)
    rear_view(image, far, Point(x + shift, y - 20), roll.randint(300, 330))
    rear_view(
        image, near, Point(x - (0 if in_line else 90), y + roll.randint(110, 150)), roll.randint(410, 450)
    )
    return image


def _contact(roll: random.Random, _scene: Scene, cars: tuple[Car, Car]) -> Image.Image:
    """Where they touch: one car from the side, the other one's end against it."""
    image = _road(roll)
    side_view(image, cars[0], Point(roll.randint(380, 440), 690), 760)
    rear_view(image, cars[1], Point(roll.randint(900, 980), roll.randint(760, 800)), 460)
    damage(roll, image, Point(roll.randint(720, 790), roll.randint(590, 640)), 70)
    return image


def _plate(roll: random.Random, _scene: Scene, cars: tuple[Car, Car]) -> Image.Image:
    """The plate of one car, near."""
    car = cars[roll.randint(0, 1)]
    image = Image.new("RGB", SIZE, car.colour)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 620, SIZE[0], 760), fill=(38, 38, 40))
    for x in (90, 1010):
        draw.rounded_rectangle((x, 180, x + 180, 290), 30, fill=(190, 30, 34))
    plate(image, car.plate, (roll.randint(300, 360), roll.randint(380, 430)), 600)
    return image.rotate(roll.uniform(-4, 4), Image.Resampling.BILINEAR, fillcolor=car.colour)


def _damage(roll: random.Random, _scene: Scene, cars: tuple[Car, Car]) -> Image.Image:
    """The damage, near."""
    car = cars[roll.randint(0, 1)]
    image = Image.new("RGB", SIZE, car.colour)
    draw = ImageDraw.Draw(image)
    for _ in range(3):
        x = roll.randint(0, SIZE[0])
        draw.line(
            (x, 0, x + roll.randint(-160, 160), SIZE[1]), fill=tuple(c * 3 // 4 for c in car.colour), width=6
        )
    draw.ellipse((-200, 560, 420, 1180), fill=(24, 24, 26))
    draw.ellipse((-60, 700, 280, 1040), fill=(150, 152, 156))
    damage(roll, image, Point(roll.randint(560, 760), roll.randint(360, 520)), roll.randint(170, 240))
    return image


def _licence(roll: random.Random, _scene: Scene, cars: tuple[Car, Car]) -> Image.Image:
    """A licence on a dashboard; what is printed on it is made up."""
    image = Image.new("RGB", SIZE, (46, 44, 42))
    card(roll, image, cars[roll.randint(0, 1)].plate)
    return image.rotate(roll.uniform(-5, 5), Image.Resampling.BILINEAR, fillcolor=(46, 44, 42))


_DRAWN: dict[str, Callable[[random.Random, Scene, tuple[Car, Car]], Image.Image]] = {
    "contact": _contact,
    "plate": _plate,
    "damage": _damage,
    "licence": _licence,
}


def _road(roll: random.Random) -> Image.Image:
    """Sky, houses, trees, asphalt with lane lines that run to one point."""
    top, low = (118, 158, 205), (222, 230, 238)
    strip = Image.new("RGB", (1, 2))
    strip.putpixel((0, 0), top)
    strip.putpixel((0, 1), low)
    image = strip.resize(SIZE, Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(image)
    facade(roll, draw, SIZE[0], 440)
    vanish = roll.randint(560, 720)
    draw.rectangle((0, 440, *SIZE), fill=(112, 118, 92))
    draw.polygon([(vanish - 60, 430), (vanish + 60, 430), (1500, 960), (-220, 960)], fill=(84, 86, 90))
    for foot in (-200, 1480):
        draw.line((vanish, 430, foot, 960), fill=(214, 214, 208), width=7)
    for foot in (330, 900):
        for step in range(1, 8):
            near, far = (step / 8) ** 2, ((step + 0.45) / 8) ** 2
            dash = [(vanish + (foot - vanish) * t, 430 + 530 * t) for t in (near, far)]
            draw.line(dash, fill=(226, 226, 220), width=2 + step)
    return image


def _as_taken(roll: random.Random, image: Image.Image, night: bool) -> Image.Image:
    """The hand's shake, the sensor's noise, the hour's light."""
    image = image.filter(ImageFilter.BoxBlur(roll.uniform(0.3, 0.9)))
    if night:
        image = ImageEnhance.Brightness(image).enhance(roll.uniform(0.38, 0.5))
        glow = Image.new("RGB", SIZE)
        spot = (roll.randint(200, 1000), roll.randint(60, 200))
        ImageDraw.Draw(glow).ellipse(
            (spot[0] - 260, spot[1] - 180, spot[0] + 260, spot[1] + 300), fill=(120, 96, 50)
        )
        image = ImageChops.add(image, glow.reduce(8).filter(ImageFilter.GaussianBlur(14)).resize(SIZE))
    else:
        image = ImageEnhance.Brightness(image).enhance(roll.uniform(0.88, 1.08))
    grain = Image.frombytes("L", (320, 240), roll.randbytes(320 * 240)).point(lambda v: 118 + v * 20 // 255)
    grain = Image.merge("RGB", [grain.resize(SIZE, Image.Resampling.BILINEAR)] * 3)
    return ImageChops.add(image, grain, 1, -128)


def _exif(roll: random.Random, scene: Scene, number: int) -> Image.Exif:
    exif = Image.Exif()
    make, model = CAMERAS[random.Random(scene.seed).randrange(len(CAMERAS))]
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = make, model
    exif[ExifTags.Base.Orientation] = 1
    stamp = f"{scene.taken_at:%Y:%m:%d %H:%M:%S}"
    exif[ExifTags.Base.DateTime] = stamp
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.DateTimeOriginal] = stamp
    details[ExifTags.Base.SubsecTimeOriginal] = f"{number:03d}"
    details[ExifTags.Base.ISOSpeedRatings] = 1600 if scene.night else 100
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLongitudeRef] = "N", "E"
    gps[ExifTags.GPS.GPSLatitude] = _sexagesimal(scene.lat + roll.uniform(-5e-5, 5e-5))
    gps[ExifTags.GPS.GPSLongitude] = _sexagesimal(scene.lon + roll.uniform(-5e-5, 5e-5))
    return exif


def _sexagesimal(value: float) -> tuple[IFDRational, IFDRational, IFDRational]:
    minutes = value % 1 * 60
    return IFDRational(int(value)), IFDRational(int(minutes)), IFDRational(int(minutes % 1 * 60_000), 1000)
