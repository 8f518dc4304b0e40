"""What a sender announces of a photograph in the `Upload-Metadata` of tus: `key base64, key base64 …`."""

from __future__ import annotations

import base64
import binascii
import math
import re
from datetime import datetime
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from kuaichu.cases.capturing import SOURCES, device_of, quality_of
from kuaichu.cases.evidence import Capture
from kuaichu.kernel import clock
from kuaichu.kernel.refusals import Invalid

MOST_CHARACTERS = 4000
_SHA256 = re.compile(r"([0-9a-f]{64})?")
_KEY = re.compile(r"[!-+\--~]{1,64}")  # printable ASCII without blank and comma


def capture_of(told: str) -> Capture:
    """The photograph that is announced: `client_id`, `shot`, `sha256`, `source`, `captured_at`, `position`
    (longitude,latitude[,accuracy in metres], WGS-84), `device` and `quality` (JSON); others are left alone.

    Without a `client_id` the upload gets one of its own, and sent twice it is kept twice. Raises Invalid for
    what cannot be read.
    """
    said = pairs(told)
    longitude, latitude, accuracy = _position(said.get("position", ""))
    return Capture(
        client_id=_id(said.get("client_id", "")),
        shot=said.get("shot", "other"),
        sha256=_sha256(said.get("sha256", "").lower()),
        source=said["source"] if said.get("source") in SOURCES else "gallery",
        captured_at=moment(said.get("captured_at", "")),
        lon=longitude,
        lat=latitude,
        accuracy_m=accuracy,
        device=device_of(said.get("device", "")),
        quality=quality_of(said.get("quality", "")),
    )


def pairs(told: str) -> dict[str, str]:
    """The announced keys and values. Raises Invalid (`unreadable`)."""
    found: dict[str, str] = {}
    if len(told) > MOST_CHARACTERS:
        raise _unreadable()
    for pair in told.split(",") if told.strip() else ():
        key, _space, encoded = pair.strip().partition(" ")
        if not _KEY.fullmatch(key) or key in found:
            raise _unreadable()
        try:
            found[key] = base64.b64decode(encoded.strip(), validate=True).decode()
        except (binascii.Error, ValueError):
            raise _unreadable() from None
    return found


def moment(text: str) -> datetime | None:
    """A moment as phones write it; None for what is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=clock.CHINA)


def _id(text: str) -> UUID:
    try:
        return UUID(text) if text else uuid4()
    except ValueError:
        raise _unreadable() from None


def _sha256(text: str) -> str:
    if not _SHA256.fullmatch(text):
        raise _unreadable()
    return text


def _position(text: str) -> tuple[float | None, float | None, float | None]:
    """A sensor's word: what cannot be a position is left out."""
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        return None, None, None
    if len(numbers) not in (2, 3) or not all(map(math.isfinite, numbers)):
        return None, None, None
    return numbers[0], numbers[1], numbers[2] if len(numbers) == 3 else None


def _unreadable() -> Invalid:
    return Invalid(_("The announcement of the upload cannot be read."), code="unreadable")
