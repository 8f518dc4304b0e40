"""Time-based one-time codes (RFC 6238: SHA-1, 6 digits, 30 seconds), as an authenticator app shows them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import struct

STEP = 30


def secret(base32: str) -> bytes:
    """The key behind a base32 text as people copy it. Raises ValueError when it is none."""
    text = base32.replace(" ", "").replace("-", "").upper().rstrip("=")
    try:
        key = base64.b32decode(text + "=" * (-len(text) % 8))
    except binascii.Error:
        raise ValueError("not a base32 text") from None
    if len(key) < 10:
        raise ValueError("a key shorter than 80 bits")
    return key


def code(key: bytes, at: float, digits: int = 6) -> str:
    """The code of a key at a Unix time (RFC 4226 truncation of the 30-second counter's HMAC)."""
    digest = hmac.new(key, struct.pack(">Q", int(at) // STEP), hashlib.sha1).digest()
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def seconds_left(at: float) -> int:
    """Whole seconds until the code changes, 1 to 30."""
    return STEP - int(at) % STEP
