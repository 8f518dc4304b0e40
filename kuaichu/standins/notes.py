"""What a witness needs and must not take from whom it watches: signed notes and consistency proofs.

Signed notes and cosignatures by C2SP (signed-note, tlog-checkpoint, tlog-cosignature v1); the proof that a
log only grew by RFC 9162 §2.1.4.2.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


class BadNote(ValueError):
    """No checkpoint signed by this key."""


@dataclass(frozen=True)
class Seen:
    """A checkpoint: the log's name, its size and root."""

    origin: str
    size: int
    root: bytes


def opened(note: str, public: bytes) -> Seen:
    """The checkpoint of a note that this raw Ed25519 key signed under the log's name. Raises BadNote."""
    text, _, signatures = note.partition("\n\n")
    lines = text.split("\n")
    if len(lines) < 3 or not (lines[1].isascii() and lines[1].isdigit()):
        raise BadNote
    for line in signatures.split("\n"):
        if _signed(line, lines[0], text + "\n", public):
            return Seen(lines[0], int(lines[1]), _decoded(lines[2], 32))
    raise BadNote


def _signed(line: str, name: str, text: str, public: bytes) -> bool:
    key_id = hashlib.sha256(name.encode() + b"\n\x01" + public).digest()[:4]
    try:
        blob = base64.b64decode(line.removeprefix(f"— {name} "), validate=True)
        if not line.startswith(f"— {name} ") or blob[:4] != key_id:
            return False
        Ed25519PublicKey.from_public_bytes(public).verify(blob[4:], text.encode())
    except (ValueError, InvalidSignature):
        return False
    return True


def _decoded(text: str, size: int) -> bytes:
    try:
        value = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise BadNote from None
    if len(value) != size:
        raise BadNote
    return value


def cosigned(note: str, name: str, key: Ed25519PrivateKey, at: int) -> str:
    """The witness's line: algorithm 4, time in Unix seconds, signature over both."""
    text = note.partition("\n\n")[0] + "\n"
    public = key.public_key().public_bytes_raw()
    key_id = hashlib.sha256(name.encode() + b"\n\x04" + public).digest()[:4]
    signature = key.sign(f"cosignature/v1\ntime {at}\n{text}".encode())
    return f"— {name} {base64.b64encode(key_id + at.to_bytes(8, 'big') + signature).decode()}"


def grew(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the tree of `old` leaves is the beginning of the tree of `new` leaves."""
    if old == new:
        return old_root == new_root and not proof
    if not 0 < old < new or not proof:
        return False
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = path[0]
    for node in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = _node(node, first), _node(node, second)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            second = _node(second, node)
        place, last = place >> 1, last >> 1
    return last == 0 and (first, second) == (old_root, new_root)


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
