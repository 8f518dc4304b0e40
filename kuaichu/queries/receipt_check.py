"""Is this evidence receipt ours and unchanged, and are these its photographs? For anyone who holds one.

There is no viewer: what is told stands in the receipt itself, which whoever asks has in hand already.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kuaichu.cases import receipt_text
from kuaichu.cases.models import Receipt
from kuaichu.cases.receipt_text import BadReceipt, Photo, Statement
from kuaichu.desks.documents import certificates
from kuaichu.kernel.clock import CHINA


class Answer(StrEnum):
    """The answer in one word. `SIGNED` is by our key, but not in this register."""

    GENUINE = "genuine"
    SIGNED = "signed"
    ALTERED = "altered"
    NOT_OURS = "not_ours"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Compared:
    """A file against the receipt: its name, its SHA-256, and the photograph it is, if it is one."""

    name: str
    sha256: str
    photo: Photo | None


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking found; `said` is None where the answer forbids to repeat what is claimed."""

    answer: Answer
    said: Statement | None = None
    text: str = ""
    files: tuple[Compared, ...] = ()


def check(scanned: Iterable[str], files: Iterable[tuple[str, bytes]] = ()) -> Checked:
    """Check what was scanned, pasted or read from a kept file; `files` are (name, bytes) to compare."""
    try:
        text = receipt_text.text_of(scanned)
        said, envelope = receipt_text.opened(text)
    except BadReceipt:
        return Checked(Answer.UNREADABLE)
    key = certificates.keyset().find(envelope.key_id)
    if key is None:
        return Checked(Answer.NOT_OURS)
    if not key.verifies(envelope.signature, envelope.signed):
        return Checked(Answer.ALTERED)
    if not key.covers(said.issued_at.astimezone(CHINA).date()):
        return Checked(Answer.ALTERED)
    known = Receipt.objects.filter(case__number=said.case_number, number=said.number, sealed=text).exists()
    answer = Answer.GENUINE if known else Answer.SIGNED
    return Checked(answer, said, text, tuple(_compare(said, name, data) for name, data in files))


def _compare(said: Statement, name: str, data: bytes) -> Compared:
    digest = hashlib.sha256(data).hexdigest()
    return Compared(name[:80], digest, next((p for p in said.photos if p.sha256 == digest), None))
