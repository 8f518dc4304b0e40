"""Signed bytes: COSE_Sign1 (RFC 9052) with Ed25519, as papers' QR codes and evidence receipts carry them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cbor2

_ALG, _KID, _EDDSA, _SIGN1 = 1, 4, -8, 18
_UNREADABLE = (
    cbor2.CBORError, ValueError, TypeError, OverflowError, RecursionError, MemoryError, ArithmeticError,
)  # fmt: skip


class NotSigned(ValueError):
    """The bytes are no message of this kind."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message taken apart, its signature unchecked. `signed` is what the signature is over."""

    key_id: bytes
    payload: bytes
    signature: bytes
    signed: bytes


def seal(payload: object, *, key_id: bytes, sign: Callable[[bytes], bytes]) -> bytes:
    """The message over `payload` (deterministic CBOR); `sign` gives the Ed25519 signature of this key."""
    protected = encoded({_ALG: _EDDSA, _KID: key_id})
    body = encoded(payload)
    signature = sign(_to_be_signed(protected, body))
    return cbor2.dumps(cbor2.CBORTag(_SIGN1, [protected, {}, body, signature]))


def opened(message: bytes) -> Envelope:
    """The parts of a message. Raises `NotSigned`, whatever the bytes are."""
    found = decoded(message)
    parts = found.value if isinstance(found, cbor2.CBORTag) and found.tag == _SIGN1 else None
    if not isinstance(parts, list | tuple) or len(parts) != 4:
        raise NotSigned
    protected, _, payload, signature = parts
    if not all(isinstance(part, bytes) for part in (protected, payload, signature)):
        raise NotSigned
    header = decoded(protected)
    if not isinstance(header, dict) or header.get(_ALG) != _EDDSA or not isinstance(header.get(_KID), bytes):
        raise NotSigned
    return Envelope(bytes(header[_KID]), payload, signature, _to_be_signed(protected, payload))


def encoded(value: object) -> bytes:
    """Deterministic CBOR."""
    return cbor2.dumps(value, canonical=True)


def decoded(data: bytes) -> Any:
    """Decode hostile CBOR; every way of failing is `NotSigned`."""
    try:
        return cbor2.loads(data)
    except _UNREADABLE as error:
        raise NotSigned from error


def _to_be_signed(protected: bytes, payload: bytes) -> bytes:
    return cbor2.dumps(["Signature1", protected, b"", payload])
