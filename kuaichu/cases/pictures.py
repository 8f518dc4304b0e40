"""Pictures: whether bytes are a photograph we can use, found out without decoding more than is safe."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from kuaichu.cases.exif import read_exif
from kuaichu.kernel.refusals import Invalid

FORMATS = ("JPEG", "PNG", "WEBP")
MIMES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
MOST_PIXELS = 64_000_000
# what must be held in memory whole: PNG and WebP pixels, a progressive JPEG's coefficients
MOST_PIXELS_WHOLE = 25_000_000
MOST_SCANS = 64
# what reading a hostile file may raise in Pillow and zlib
UNREADABLE = (
    OSError, SyntaxError, ValueError, EOFError, ArithmeticError, LookupError, TypeError, AttributeError,
    struct.error, zlib.error, Image.DecompressionBombError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Picture:
    """What examining found."""

    mime: str
    width: int
    height: int
    exif: dict[str, Any]


def examine(data: bytes) -> Picture:
    """Check that the bytes are a photograph we can use, without decoding more than is safe.

    Raises Invalid with what to do: not an image, too large, too many pixels, cut off.
    """
    if len(data) > settings.PHOTO_MAX_BYTES:
        raise _unusable(
            _("The photograph is larger than %(most)d MB. Take it again with a lower resolution.")
            % {"most": settings.PHOTO_MAX_BYTES // 1024 // 1024},
            "too_large",
        )
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            _insist_decodable(image, data)
            _whole(image, data)
            # many phones' JPEGs hold further pictures behind the first one; Pillow calls those MPO
            mime = MIMES.get(image.format or "", "image/jpeg")
            return Picture(mime, *image.size, read_exif(image))
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise _unusable(
            _("This is not a photograph we can read. Send a JPEG, PNG or WebP."), "no_image"
        ) from error
    except UNREADABLE as error:
        raise _unusable(_("The photograph is damaged or was cut off. Send it again."), "damaged") from error


def _insist_decodable(image: Image.Image, data: bytes) -> None:
    """Refuse what would cost far more to decode than any photograph: bombs of pixels and of scans."""
    jpeg = image.format in ("JPEG", "MPO")
    scans = data.count(b"\xff\xda") if jpeg else 1
    whole = not jpeg or bool(image.info.get("progressive"))
    if image.width * image.height > (MOST_PIXELS_WHOLE if whole else MOST_PIXELS) or scans > MOST_SCANS:
        raise _unusable(_("The image has too many pixels. Take a normal photograph."), "too_many_pixels")


def _whole(image: Image.Image, data: bytes) -> None:
    """Refuse a file that was cut off. A JPEG is not decoded for that (10 ms each): it must reach its end.

    What phones append behind the end (a motion photo's film) is no fault.
    """
    if image.format not in ("JPEG", "MPO"):
        image.load()
    elif data.find(b"\xff\xd9", _first_scan(data)) < 0:
        raise OSError("no end of image")


def _first_scan(data: bytes) -> int:
    """Where the picture's own scan begins, behind the segments with metadata and their thumbnails."""
    place = 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        if data[place + 1] == 0xFF:  # fill bytes
            place += 1
            continue
        if data[place + 1] == 0xDA:
            return place
        place += 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    raise OSError("no scan")


def _unusable(text: str, code: str) -> Invalid:
    return Invalid(text, code=code, fields={"photo": text})
