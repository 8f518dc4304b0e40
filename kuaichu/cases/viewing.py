"""Copies of photographs for looking at: re-encoded, smaller, without metadata; made when first looked at."""

from __future__ import annotations

import io
from collections.abc import Callable

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from kuaichu.cases import custody
from kuaichu.cases.models import Evidence, Viewing
from kuaichu.cases.pictures import FORMATS, UNREADABLE
from kuaichu.kernel.locks import writing
from kuaichu.kernel.objects import read, store
from kuaichu.kernel.prepared import find_one, insert_new
from kuaichu.kernel.refusals import NotFound

INTERIM = "interim"
SIZES = {"small": 360, INTERIM: 640, "large": 1600}


def viewing_copy(evidence: Evidence, size: str) -> bytes:
    """JPEG bytes of the copy whose longer side is at most SIZES[size] pixels.

    Raises NotFound for a photograph that is damaged inside: its original stays what it is.
    """
    return kept_copy(evidence, size, lambda: _encoded(picture_of(evidence, SIZES[size])))


def kept_copy(evidence: Evidence, name: str, make: Callable[[], bytes]) -> bytes:
    """The copy of this name (at most eight characters), made the first time."""
    made = find_one(Viewing, evidence_id=evidence.pk, size=name)
    if made is not None and store().exists(made.sha256):
        return read(made.sha256)
    data = make()
    stored = store().put(data, 8 * 1024 * 1024)
    with writing():
        custody.note(None, evidence, custody.COPIED, purpose=name)
        if not insert_new(Viewing(evidence=evidence, size=name, sha256=stored.sha256)):
            Viewing.objects.filter(evidence=evidence, size=name).update(sha256=stored.sha256)
    return data


def picture_of(evidence: Evidence, side: int) -> Image.Image:
    """The upright picture, its longer side at most `side` pixels. Raises NotFound for a damaged one."""
    try:
        with Image.open(io.BytesIO(read(evidence.sha256)), formats=FORMATS) as image:
            image.draft("RGB", _within(image.size, side))  # a JPEG is decoded at a half, a quarter, an eighth
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((side, side))
            return upright.convert("RGB")
    except UNREADABLE as damaged:
        raise NotFound(_("This photograph is damaged and cannot be shown."), code="damaged") from damaged


def _within(size: tuple[int, int], side: int) -> tuple[int, int]:
    """This size, made smaller so that the longer side is `side`."""
    longer = max(size)
    return size if longer <= side else (size[0] * side // longer, size[1] * side // longer)


def _encoded(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82)
    return out.getvalue()
