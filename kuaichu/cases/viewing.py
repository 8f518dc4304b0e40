"""Copies of photographs for looking at: re-encoded, smaller, without metadata; made when first looked at."""

from __future__ import annotations

import io

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from kuaichu.cases.models import Evidence, Viewing
from kuaichu.cases.pictures import FORMATS, UNREADABLE
from kuaichu.kernel.locks import writing
from kuaichu.kernel.objects import read, store
from kuaichu.kernel.refusals import NotFound

SIZES = {"small": 360, "large": 1600}


def viewing_copy(evidence: Evidence, size: str) -> bytes:
    """JPEG bytes of the copy whose longer side is at most SIZES[size] pixels.

    Raises NotFound for a photograph that is damaged inside: its original stays what it is.
    """
    made = Viewing.objects.filter(evidence=evidence, size=size).first()
    if made is not None and store().exists(made.sha256):
        return read(made.sha256)
    try:
        data = _encode(read(evidence.sha256), SIZES[size])
    except UNREADABLE as damaged:
        raise NotFound(_("This photograph is damaged and cannot be shown."), code="damaged") from damaged
    stored = store().put(data, 8 * 1024 * 1024)
    with writing():
        Viewing.objects.update_or_create(evidence=evidence, size=size, defaults={"sha256": stored.sha256})
    return data


def _encode(original: bytes, side: int) -> bytes:
    with Image.open(io.BytesIO(original), formats=FORMATS) as image:
        image.draft("RGB", (side, side))
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((side, side))
        out = io.BytesIO()
        upright.convert("RGB").save(out, "JPEG", quality=82)
        return out.getvalue()
