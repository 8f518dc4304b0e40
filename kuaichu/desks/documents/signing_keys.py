"""Keys: files of a single-machine installation, and the published set that checks QR codes and checkpoints.

Signing keys of the QR and of the log are Ed25519. A key's id is the first 8 bytes of its JWK thumbprint
(RFC 7638), so an id can be recomputed from the published key. Keys are replaced, never reused: each entry of
the set has the dates between which papers may have been issued with it.
"""

from __future__ import annotations

import base64
import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


@contextmanager
def locked(directory: Path) -> Iterator[None]:
    """Hold the directory (made if needed, 0700) while keys are looked up or made. Not reentrant."""
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(directory / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def keep(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, readable by its owner only."""
    fresh = path.with_name(path.name + ".new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def stored(path: Path, make: Callable[[], bytes]) -> bytes:
    """The file's bytes, made on first use. Call inside `locked`."""
    if not path.exists():
        keep(path, make())
    return path.read_bytes()


def p256_key(path: Path) -> ec.EllipticCurvePrivateKey:
    """A P-256 key file (PKCS #8 PEM), made on first use. Call inside `locked`. Raises `ValueError`."""
    found = serialization.load_pem_private_key(
        stored(path, lambda: _pem(ec.generate_private_key(ec.SECP256R1()))), None
    )
    if not isinstance(found, ec.EllipticCurvePrivateKey):
        raise ValueError(f"{path.name}: not an elliptic-curve key")
    return found


def ed25519_key(path: Path) -> SigningKey:
    """An Ed25519 key file (PKCS #8 PEM), made on first use. Call inside `locked`. Raises `ValueError`."""
    return SigningKey.from_pem(stored(path, lambda: _pem(Ed25519PrivateKey.generate())))


def _pem(key: ec.EllipticCurvePrivateKey | Ed25519PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An Ed25519 key held open."""

    private: Ed25519PrivateKey

    @classmethod
    def from_pem(cls, pem: bytes) -> SigningKey:
        """From PKCS #8 PEM. Raises `ValueError` for another kind of key."""
        found = serialization.load_pem_private_key(pem, None)
        if not isinstance(found, Ed25519PrivateKey):
            raise ValueError("not an Ed25519 key")
        return cls(found)

    @property
    def public(self) -> bytes:
        """The raw public key (32 bytes)."""
        return self.private.public_key().public_bytes_raw()

    @property
    def key_id(self) -> bytes:
        """8 bytes; see the module's text."""
        return key_id(self.public)

    def sign(self, data: bytes) -> bytes:
        """The 64-byte signature."""
        return self.private.sign(data)


def key_id(public: bytes) -> bytes:
    """First 8 bytes of the RFC 7638 thumbprint of an Ed25519 public key."""
    members = {"crv": "Ed25519", "kty": "OKP", "x": _b64(public)}
    return hashlib.sha256(json.dumps(members, separators=(",", ":")).encode()).digest()[:8]


@dataclass(frozen=True, slots=True)
class PublishedKey:
    """A public key and the first and last day on which papers were issued with it (None: still in use)."""

    public: bytes
    valid_from: date
    valid_until: date | None = None

    @property
    def key_id(self) -> bytes:
        """8 bytes; see the module's text."""
        return key_id(self.public)

    def covers(self, day: date) -> bool:
        """Whether a paper of that day may bear this key's signature."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def verifies(self, signature: bytes, data: bytes) -> bool:
        """Whether `signature` over `data` is this key's."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, data)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Keyset:
    """The published keys; what a checker holds, also offline."""

    keys: tuple[PublishedKey, ...]

    def find(self, wanted: bytes) -> PublishedKey | None:
        """The key with this id."""
        return next((key for key in self.keys if key.key_id == wanted), None)

    def jwks(self) -> str:
        """The set as JWKS (RFC 7517, RFC 8037); validity as ISO dates in `valid_from`, `valid_until`."""
        entries = [
            {
                "kty": "OKP",
                "crv": "Ed25519",
                "alg": "EdDSA",
                "use": "sig",
                "kid": key.key_id.hex(),
                "x": _b64(key.public),
                "valid_from": key.valid_from.isoformat(),
                "valid_until": key.valid_until.isoformat() if key.valid_until else None,
            }
            for key in self.keys
        ]
        return json.dumps({"keys": entries}, indent=1)

    @classmethod
    def from_jwks(cls, text: str) -> Keyset:
        """The set of a JWKS made by `jwks`. Raises `ValueError`."""
        try:
            return cls(tuple(_published(entry) for entry in json.loads(text)["keys"]))
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("not a key set") from error


def _published(entry: dict[str, str | None]) -> PublishedKey:
    public = str(entry["x"])
    until = entry.get("valid_until")
    return PublishedKey(
        base64.urlsafe_b64decode(public + "=" * (-len(public) % 4)),
        date.fromisoformat(str(entry["valid_from"])),
        date.fromisoformat(until) if until else None,
    )


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
