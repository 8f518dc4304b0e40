"""The few things of a photograph's own metadata that matter as evidence."""

from __future__ import annotations

import contextlib
import math
from datetime import datetime
from typing import Any

from PIL import ExifTags, Image

from kuaichu.cases.files import clean
from kuaichu.kernel.clock import CHINA


def read_exif(image: Image.Image) -> dict[str, Any]:
    """Capture time (ISO, Asia/Shanghai assumed without an offset), position, maker and model, if told.

    Never raises: what cannot be read is absent, and absence is normal.
    """
    found: dict[str, Any] = {}
    with contextlib.suppress(Exception):  # hostile metadata must not refuse a photograph
        exif = image.getexif()
        _camera(exif, found)
        _time(exif, found)
        _position(exif, found)
    return found


def _camera(exif: Image.Exif, found: dict[str, Any]) -> None:
    for key, tag in (
        ("maker", ExifTags.Base.Make),
        ("model", ExifTags.Base.Model),
        ("software", ExifTags.Base.Software),
    ):
        text = clean(str(exif.get(tag, "")))[:40]  # cameras pad with NUL, which databases refuse
        if text:
            found[key] = text


def _time(exif: Image.Exif, found: dict[str, Any]) -> None:
    details = exif.get_ifd(ExifTags.IFD.Exif)
    raw = details.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
    if not raw:
        return
    with contextlib.suppress(ValueError):
        taken = datetime.strptime(str(raw).strip("\x00 "), "%Y:%m:%d %H:%M:%S").replace(tzinfo=CHINA)
        found["taken_at"] = taken.isoformat()


def _position(exif: Image.Exif, found: dict[str, Any]) -> None:
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    lat = _degrees(gps.get(ExifTags.GPS.GPSLatitude), gps.get(ExifTags.GPS.GPSLatitudeRef), "S")
    lon = _degrees(gps.get(ExifTags.GPS.GPSLongitude), gps.get(ExifTags.GPS.GPSLongitudeRef), "W")
    if lat is not None and lon is not None and abs(lat) <= 90 and abs(lon) <= 180:
        found["lat"], found["lon"] = lat, lon


def _degrees(parts: Any, side: Any, negative: str) -> float | None:
    if not parts or len(parts) != 3:
        return None
    value = float(parts[0]) + float(parts[1]) / 60 + float(parts[2]) / 3600
    if not math.isfinite(value):  # zero denominators arrive as NaN
        return None
    return round(-value if str(side).upper().startswith(negative) else value, 7)
