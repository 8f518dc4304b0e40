"""Copies of photographs for others than the police and whoever took them: bystanders made unrecognisable.

Until it is known what must be blurred, only a small copy is shared, on which a bystander's face or plate is a
few pixels; after the city's time-out the usual copy is shared as it is, so that nobody waits for a machine.
"""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta

import msgspec
from PIL import Image, ImageFilter

from kuaichu.cases import files, redactions
from kuaichu.cases.models import Evidence, Party
from kuaichu.cases.redactions import Area
from kuaichu.cases.rules import rules
from kuaichu.cases.viewing import INTERIM, SIZES, kept_copy, picture_of, viewing_copy
from kuaichu.kernel import clock

PAPERS = ("licence",)
"""Papers with number, address and face: another party never sees them."""
BLOCKS = 7
GROWN = 0.15


def may_see(photo: Evidence, viewer: Party) -> bool:
    """Whether a party may look at a photograph of its case at all."""
    return photo.shot not in PAPERS or photo.party_id == viewer.pk


def shared_copy(photo: Evidence, size: str) -> bytes:
    """JPEG bytes of the copy of this size (key of SIZES) that others may see. Raises NotFound if damaged."""
    found = redactions.of(photo.pk)
    if found is None:
        waited = clock.now() - photo.received_at
        patient = waited < timedelta(minutes=rules(files.case(photo.case_id).city).redaction_minutes)
        return viewing_copy(photo, INTERIM if patient and SIZES[size] > SIZES[INTERIM] else size)
    areas = redactions.hidden(redactions.areas_of(found), redactions.plates_of(photo.case))
    if not areas:
        return viewing_copy(photo, size)
    return kept_copy(photo, _name(size, areas), lambda: _blurred(photo, SIZES[size], areas))


def _name(size: str, areas: list[Area]) -> str:
    """A copy's name changes with what is blurred: `large` and a mark, at most eight characters."""
    return size[0] + hashlib.sha256(msgspec.json.encode(areas)).hexdigest()[:7]


def _blurred(photo: Evidence, side: int, areas: list[Area]) -> bytes:
    image = picture_of(photo, side)
    for area in areas:
        _blur(image, area)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82)
    return out.getvalue()


def _blur(image: Image.Image, area: Area) -> None:
    """Few large blocks, made soft: what was there can no longer be told."""
    wide, tall = image.size
    left, right = (area.x - area.w * GROWN) * wide, (area.x + area.w * (1 + GROWN)) * wide
    top, bottom = (area.y - area.h * GROWN) * tall, (area.y + area.h * (1 + GROWN)) * tall
    left, top = max(0, round(left)), max(0, round(top))
    right, bottom = min(wide, round(right)), min(tall, round(bottom))
    if right - left < 2 or bottom - top < 2:
        return
    part = image.crop((left, top, right, bottom))
    high = max(1, round(BLOCKS * part.height / max(part.size)))
    broad = max(1, round(BLOCKS * part.width / max(part.size)))
    coarse = part.resize((broad, high), Image.Resampling.BOX).resize(part.size, Image.Resampling.NEAREST)
    image.paste(coarse.filter(ImageFilter.GaussianBlur(max(part.size) / BLOCKS / 2)), (left, top))
