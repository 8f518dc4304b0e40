"""Checkpoints: size and root of a log at one moment, signed, and co-signed by witnesses.

A checkpoint is a signed note of C2SP (tlog-checkpoint, signed-note): origin, size, root, Ed25519. Without
witnesses that keep checkpoints the log is only consistent with itself. A witness adds a timestamped signature
(C2SP tlog-cosignature v1) once it has seen that the log only grew since the checkpoint it signed before.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class BadCheckpoint(ValueError):
    """A note that is not a checkpoint of this origin signed by this key."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What the log says it is at one moment. `origin` names the log, without spaces or plus signs."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The signed text."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    def signed(self, sign: Callable[[bytes], bytes], public: bytes) -> str:
        """The note; `sign` gives the Ed25519 signature of the raw public key `public`."""
        if not self.origin or any(char.isspace() or char == "+" for char in self.origin):
            raise ValueError("origin: empty, or with a space or plus sign")
        text = self.text()
        blob = base64.b64encode(note_key_id(self.origin, public) + sign(text.encode())).decode()
        return f"{text}\n— {self.origin} {blob}\n"

    @classmethod
    def opened(cls, note: str, origin: str, public: bytes) -> Checkpoint:
        """The checkpoint of a note signed by this key; other (witness) signatures are ignored.

        Raises `BadCheckpoint`.
        """
        text, found, signatures = note.partition("\n\n")
        lines = text.split("\n")
        if (
            not found
            or len(lines) < 3
            or lines[0] != origin
            or not lines[1].isascii()
            or not lines[1].isdigit()
        ):
            raise BadCheckpoint("not a checkpoint of this log")
        if not any(_signed_by(line, origin, public, f"{text}\n") for line in signatures.split("\n")):
            raise BadCheckpoint("no signature of this key")
        try:
            checkpoint = cls(origin, int(lines[1]), base64.b64decode(lines[2], validate=True))
        except (binascii.Error, ValueError) as error:
            raise BadCheckpoint("unreadable root or size") from error
        if len(checkpoint.root) != 32:
            raise BadCheckpoint("unreadable root or size")
        return checkpoint


def note_key_id(name: str, public: bytes) -> bytes:
    """The four key-id bytes of a signed note (C2SP signed-note, Ed25519 is algorithm 1)."""
    return hashlib.sha256(name.encode() + b"\n\x01" + public).digest()[:4]


def _signed_by(line: str, name: str, public: bytes, text: str) -> bool:
    try:
        blob = base64.b64decode(line.removeprefix(f"— {name} "), validate=True)
        if not line.startswith(f"— {name} ") or blob[:4] != note_key_id(name, public):
            return False
        Ed25519PublicKey.from_public_bytes(public).verify(blob[4:], text.encode())
    except (binascii.Error, ValueError, InvalidSignature):
        return False
    return True


def cosignature(note: str, name: str, public: bytes, at: int, sign: Callable[[bytes], bytes]) -> str:
    """A witness's line for this note: key id, time in Unix seconds, Ed25519 over both time and note."""
    blob = cosigner_key_id(name, public) + at.to_bytes(8, "big") + sign(_cosigned(note, at))
    return f"— {name} {base64.b64encode(blob).decode()}"


def cosigned_at(note: str, line: str, name: str, public: bytes) -> int | None:
    """When this witness signed the note (Unix seconds), None if the line is not its signature of it."""
    try:
        blob = base64.b64decode(line.removeprefix(f"— {name} "), validate=True)
        if not line.startswith(f"— {name} ") or len(blob) != 76 or blob[:4] != cosigner_key_id(name, public):
            return None
        at = int.from_bytes(blob[4:12], "big")
        Ed25519PublicKey.from_public_bytes(public).verify(blob[12:], _cosigned(note, at))
    except (binascii.Error, ValueError, InvalidSignature):
        return None
    return at


def cosigner_key_id(name: str, public: bytes) -> bytes:
    """The four key-id bytes of a witness (timestamped Ed25519 cosignatures are algorithm 4)."""
    return hashlib.sha256(name.encode() + b"\n\x04" + public).digest()[:4]


def _cosigned(note: str, at: int) -> bytes:
    text = note.partition("\n\n")[0] + "\n"
    return f"cosignature/v1\ntime {at}\n{text}".encode()
