"""The signed QR and the anti-counterfeit code of a paper.

QR: CBOR claims in COSE_Sign1 (RFC 9052, Ed25519) as `HTTPS://HOST/V/<base32>`: all characters of the QR's
alphanumeric mode, any phone opens the page, and a checker with the key set verifies the same bytes offline.
The claims are a CWT (RFC 8392): subject = paper number, issued-at, and one private claim with kind, masked
plates, grades, the first 16 bytes of the facts' SHA-256 and the log index. No name, identity or phone number.

Code: for people without a scanner, 12 characters in three groups of four. It is an HMAC over the paper, not a
random number: it needs no table of its own, a code fits one version of one paper and no other, and
55 bits with a rate limit cannot be guessed. The twelfth character checks the others over GF(32), so any
single wrong character and any two swapped characters are told before the lookup.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

import segno

from kuaichu.desks.documents.papers.facts import CHINA
from kuaichu.desks.documents.signing_keys import Keyset
from kuaichu.kernel import cose

HASH_BYTES = 16
LENGTH_LIMIT = 700
MASK = 2
QUIET = 4
PRIVATE_CLAIM = -70_001
"""CWT claim key for private use (below -65536)."""

_SUBJECT, _ISSUED_AT = 2, 6
_KIND, _PLATES, _GRADES, _HASH, _INDEX = range(1, 6)


class Refused(StrEnum):
    """Why a code is not accepted."""

    FORMAT = "format"
    UNKNOWN_KEY = "unknown_key"
    SIGNATURE = "signature"
    KEY_PERIOD = "key_period"


class BadCode(ValueError):
    """The scanned text is not a paper of ours; `why` says what failed."""

    def __init__(self, why: Refused) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class Claims:
    """What the QR says. `plates` are masked, `grades` letters F P E S N by party, `facts_hash` 16 bytes."""

    number: str
    kind: str
    issued_at: datetime
    plates: tuple[str, ...]
    grades: str
    facts_hash: bytes
    log_index: int

    def matches(self, facts_sha256: bytes) -> bool:
        """Whether the facts with this SHA-256 are the ones signed."""
        return hmac.compare_digest(self.facts_hash, facts_sha256[:HASH_BYTES])


def issue(claims: Claims, *, host: str, key_id: bytes, sign: Callable[[bytes], bytes]) -> str:
    """The text of the QR; `sign` gives the Ed25519 signature of the key with this id.

    Raises `ValueError` for a host that cannot stand in the QR's alphanumeric mode.
    """
    if not re.fullmatch(r"[A-Za-z0-9.-]+(:[0-9]+)?", host):
        raise ValueError("host")
    message = cose.seal(_payload(claims), key_id=key_id, sign=sign)
    return f"HTTPS://{host.upper()}/V/{base64.b32encode(message).decode().rstrip('=')}"


def verify(text: str, keys: Keyset) -> Claims:
    """The claims of a scanned text, checked without the network. Raises `BadCode`.

    Whether the paper has been revoked since only the online page knows; say so beside an offline answer.
    """
    found = envelope(text)
    key = keys.find(found.key_id)
    if key is None:
        raise BadCode(Refused.UNKNOWN_KEY)
    if not key.verifies(found.signature, found.signed):
        raise BadCode(Refused.SIGNATURE)
    claims = _claims(_decoded(found.payload))
    if not key.covers(claims.issued_at.astimezone(CHINA).date()):
        raise BadCode(Refused.KEY_PERIOD)
    return claims


def envelope(text: str) -> cose.Envelope:
    """Key, payload and signature of a scanned text, unchecked. Raises `BadCode`."""
    found = re.fullmatch(r"HTTPS?://[A-Z0-9.:-]+/V/([A-Z2-7]+)", text.strip().upper()[: LENGTH_LIMIT + 1])
    if found is None or len(text) > LENGTH_LIMIT:
        raise BadCode(Refused.FORMAT)
    body = found.group(1)
    try:
        return cose.opened(base64.b32decode(body + "=" * (-len(body) % 8)))
    except ValueError as error:
        raise BadCode(Refused.FORMAT) from error


def svg(text: str, *, quiet: int = QUIET) -> str:
    """The QR as SVG: level M (higher ones only make the modules smaller), `quiet` modules of white around.

    On paper the layout keeps the ground around it white, so that all of the 30 mm are modules.
    """
    out = io.BytesIO()
    # A fixed mask: comparing all eight costs 25 ms a paper, and any of them decodes (tested at 96 dpi).
    code = segno.make(text, error="m", boost_error=False, micro=False, mask=MASK)
    code.save(out, kind="svg", border=quiet, xmldecl=False, svgns=True, omitsize=True, nl=False)
    return out.getvalue().decode()


def _payload(claims: Claims) -> dict[int, Any]:
    return {
        _SUBJECT: claims.number,
        _ISSUED_AT: int(claims.issued_at.timestamp()),
        PRIVATE_CLAIM: {
            _KIND: claims.kind,
            _PLATES: list(claims.plates),
            _GRADES: claims.grades,
            _HASH: claims.facts_hash[:HASH_BYTES],
            _INDEX: claims.log_index,
        },
    }


def _claims(payload: Any) -> Claims:
    try:
        own = payload[PRIVATE_CLAIM]
        return Claims(
            number=str(payload[_SUBJECT]),
            kind=str(own[_KIND]),
            issued_at=datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(payload[_ISSUED_AT])),
            plates=tuple(map(str, own[_PLATES])),
            grades=str(own[_GRADES]),
            facts_hash=bytes(own[_HASH]),
            log_index=int(own[_INDEX]),
        )
    except (LookupError, TypeError, ValueError, OverflowError) as error:
        raise BadCode(Refused.FORMAT) from error


def _decoded(data: bytes) -> Any:
    try:
        return cose.decoded(data)
    except cose.NotSigned as error:
        raise BadCode(Refused.FORMAT) from error


ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford base32: no I, L, O, U."""

_CODE_LENGTH = 12


def code(key: bytes, number: str, facts_sha256: bytes) -> str:
    """The anti-counterfeit code of a paper, e.g. `7K3M-9QXR-04WD`. `key`: at least 16 secret bytes."""
    if len(key) < 16:
        raise ValueError("key: at least 16 bytes")
    digest = hmac.new(key, number.encode() + b"\0" + facts_sha256, hashlib.sha256).digest()
    bits = int.from_bytes(digest[:7], "big") >> 1
    body = "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(_CODE_LENGTH - 1)))
    whole = body + _check_character(body)
    return "-".join(whole[start : start + 4] for start in range(0, _CODE_LENGTH, 4))


def read_code(typed: str) -> str | None:
    """What a person typed, in the printed form; None when it cannot be a code (a slip, a swap)."""
    bare = re.sub(r"[\s\-－—]", "", typed).upper().translate(str.maketrans("OIL", "011"))
    if len(bare) != _CODE_LENGTH or not set(bare) <= set(ALPHABET) or bare[-1] != _check_character(bare[:-1]):
        return None
    return "-".join(bare[start : start + 4] for start in range(0, _CODE_LENGTH, 4))


def same_code(typed: str, expected: str) -> bool:
    """Whether the typed code is the expected one; takes the same time either way."""
    read = read_code(typed)
    return read is not None and hmac.compare_digest(read.encode(), expected.encode())


def _check_character(body: str) -> str:
    """Σ αⁱ·cᵢ over GF(32): the weights differ and are never zero, so slips and swaps change the sum."""
    total = 0
    for char in body:
        total = _times_alpha(total ^ ALPHABET.index(char))
    return ALPHABET[total]


def _times_alpha(value: int) -> int:
    value <<= 1
    return value ^ 0b100101 if value & 32 else value
