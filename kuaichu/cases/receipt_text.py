"""What an evidence receipt says, and how it travels: as bytes, as text, and as frames of QR codes.

A receipt is COSE_Sign1 over CWT claims (RFC 8392): subject = case number, issued-at, and one private claim.
Its text is base32 without padding, so that a QR stays in its alphanumeric mode. A short one travels as an
address (`HTTPS://HOST/R/<text>`): any phone's camera opens the page that checks it. A longer one travels as
frames `KC1/<number>/<count>/<mark>/<piece>`, shown in turn and put together in any order.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from kuaichu.kernel import cose

PRIVATE_CLAIM = -70_002
"""CWT claim key for private use; papers use another, so that neither is taken for the other."""
LETTERS = {
    "front": "F", "rear": "R", "contact": "C", "plate": "P", "licence": "L", "sign": "S", "wheels": "W",
    "damage": "D", "object": "B", "note": "N", "form": "Z",
}  # fmt: skip
OTHER = "O"
"""Every other kind, also those whose name would tell something private."""
SHOTS = {letter: shot for shot, letter in LETTERS.items()} | {OTHER: "other"}
CELLS = 100
"""Cells of a degree: a place is told as a cell of 0.01°, about one kilometre."""
LONGEST_ADDRESS = 560
PIECE = 300
LONGEST_TEXT = 8000
_SUBJECT, _ISSUED_AT = 2, 6
_NUMBER, _CELL, _PHOTOS, _BEFORE = range(1, 5)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class BadReceipt(ValueError):
    """The text or bytes are no evidence receipt."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A photograph in a receipt: SHA-256 of its bytes (hex), its shot's letter, when received and taken."""

    sha256: str
    letter: str
    received_at: datetime
    taken_at: datetime | None


@dataclass(frozen=True, slots=True)
class Statement:
    """What a receipt states. `cell` is (latitude, longitude) in whole hundredths of a degree, rounded down.

    `before` is the SHA-256 (hex) of the receipt of this case before it, "" for the first one.
    """

    case_number: str
    number: int
    issued_at: datetime
    cell: tuple[int, int] | None
    photos: tuple[Photo, ...]
    before: str


def sealed(said: Statement, *, key_id: bytes, sign: Callable[[bytes], bytes]) -> str:
    """The signed receipt as text."""
    return as_text(cose.seal(_claims(said), key_id=key_id, sign=sign))


def as_text(message: bytes) -> str:
    """Bytes as base32 without padding."""
    return base64.b32encode(message).decode().rstrip("=")


def as_bytes(text: str) -> bytes:
    """The bytes of a text. Raises BadReceipt."""
    if not re.fullmatch(r"[A-Z2-7]{16,}", text) or len(text) > LONGEST_TEXT:
        raise BadReceipt
    try:
        return base64.b32decode(text + "=" * (-len(text) % 8))
    except ValueError as error:
        raise BadReceipt from error


def digest(text: str) -> str:
    """SHA-256 (hex) of a receipt's bytes."""
    return hashlib.sha256(as_bytes(text)).hexdigest()


def opened(text: str) -> tuple[Statement, cose.Envelope]:
    """What a receipt says, and its envelope for checking who signed it. Raises BadReceipt."""
    try:
        envelope = cose.opened(as_bytes(text))
        return _statement(cose.decoded(envelope.payload)), envelope
    except (cose.NotSigned, LookupError, TypeError, ValueError, OverflowError) as error:
        raise BadReceipt from error


def frames(text: str, host: str) -> list[str]:
    """What the QR codes say: one address while that is short enough, else numbered pieces."""
    address = f"HTTPS://{host.upper()}/R/{text}"
    if len(address) <= LONGEST_ADDRESS:
        return [address]
    count = -(-len(text) // PIECE)
    size = -(-len(text) // count)
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    return [f"KC1/{i}/{len(pieces)}/{_mark(text)}/{piece}" for i, piece in enumerate(pieces, start=1)]


def text_of(scanned: Iterable[str]) -> str:
    """The receipt's text from what was scanned or pasted: bare, an address, or all frames in any order.

    Raises BadReceipt, also while frames are missing.
    """
    lines = [line for one in scanned for line in one.upper().split()]
    pieces = [re.fullmatch(r"KC1/(\d{1,2})/(\d{1,2})/([A-Z2-7]{6})/([A-Z2-7]+)", line) for line in lines]
    if lines and all(pieces):
        text = _joined([found.groups() for found in pieces if found])
    else:
        text = re.sub(r"^HTTPS?://[A-Z0-9.:-]+/R/", "", "".join(lines)).rstrip("=/")
    if not re.fullmatch(r"[A-Z2-7]{16,}", text) or len(text) > LONGEST_TEXT:
        raise BadReceipt
    return text


def _joined(found: list[tuple[str, ...]]) -> str:
    pieces = {int(number): piece for number, _count, _mark_of, piece in found}
    counts, marks = {int(one[1]) for one in found}, {one[2] for one in found}
    if len(counts) != 1 or len(marks) != 1 or set(pieces) != set(range(1, counts.pop() + 1)):
        raise BadReceipt
    text = "".join(pieces[number] for number in sorted(pieces))
    if _mark(text) != marks.pop():
        raise BadReceipt
    return text


def _mark(text: str) -> str:
    """Six characters that tell the frames of one receipt from those of another."""
    return as_text(hashlib.sha256(text.encode()).digest())[:6]


def _claims(said: Statement) -> dict[int, Any]:
    own: dict[int, Any] = {
        _NUMBER: said.number,
        _PHOTOS: [
            [bytes.fromhex(p.sha256), p.letter, _ago(said, p.received_at), _ago(said, p.taken_at)]
            for p in said.photos
        ],
    }
    if said.cell is not None:
        own[_CELL] = list(said.cell)
    if said.before:
        own[_BEFORE] = bytes.fromhex(said.before)
    return {_SUBJECT: said.case_number, _ISSUED_AT: _seconds(said.issued_at), PRIVATE_CLAIM: own}


def _ago(said: Statement, moment: datetime | None) -> int | None:
    """Whole seconds before the receipt was issued; negative for a phone whose clock is ahead."""
    return None if moment is None else _seconds(said.issued_at) - _seconds(moment)


def _seconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(seconds=1)


def _statement(claims: Any) -> Statement:
    own, issued = claims[PRIVATE_CLAIM], int(claims[_ISSUED_AT])
    if not isinstance(own, dict):
        raise BadReceipt
    cell = own.get(_CELL)
    return Statement(
        case_number=str(claims[_SUBJECT]),
        number=int(own[_NUMBER]),
        issued_at=_EPOCH + timedelta(seconds=issued),
        cell=None if cell is None else (int(cell[0]), int(cell[1])),
        photos=tuple(_photo(row, issued) for row in own[_PHOTOS]),
        before=bytes(own.get(_BEFORE, b"")).hex(),
    )


def _photo(row: Any, issued: int) -> Photo:
    digest_of, letter, received, taken = row
    if not isinstance(digest_of, bytes) or len(digest_of) != 32 or letter not in SHOTS:
        raise BadReceipt
    moments = [
        None if ago is None else _EPOCH + timedelta(seconds=issued - int(ago)) for ago in (received, taken)
    ]
    if moments[0] is None:
        raise BadReceipt
    return Photo(digest_of.hex(), letter, moments[0], moments[1])
