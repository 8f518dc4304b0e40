"""Pictures to try: made here, or found beside the tests."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

from PIL import ExifTags, Image

EXIF = Path(__file__).parent.parent / "data" / "photos" / "exif"


def encoded(kind: str, size: tuple[int, int] = (64, 48), **options: Any) -> bytes:
    out = io.BytesIO()
    picture = Image.effect_noise(size, 60).convert("RGB")
    picture.save(out, kind, **options)
    return out.getvalue()


def exif_of(**tags: Any) -> bytes:
    exif = Image.Exif()
    for name, value in tags.items():
        exif[getattr(ExifTags.Base, name)] = value
    return encoded("JPEG", exif=exif)


def png(width: int, height: int, body: bytes = b"") -> bytes:
    """A PNG that says how large it is, and holds almost nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(body, 9)) + chunk(b"IEND", b"")


SAMPLES = {kind: encoded(kind) for kind in ("JPEG", "PNG", "WEBP")}
