"""The ring of keys that sign QR codes: one in use, the older ones published with their last day.

The ring is a folder: key files (PKCS #8 PEM, 0600) and `ring.json`, which says from which day to which each
was used. The first key also signs the log's checkpoints and keeps doing so: witnesses and auditors hold on to
it. A key that is replaced stays in the set, so that older papers stay checkable; its file is deleted.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from kuaichu.desks.documents.signing_keys import (
    Keyset,
    PublishedKey,
    SigningKey,
    ed25519_key,
    keep,
    locked,
)

BEGINNING = date(2026, 1, 1)
FIRST = "qr.pem"


class _Row(msgspec.Struct, frozen=True):
    file: str
    public: str
    valid_from: date
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class _Held:
    """What was read, and the state of the file it was read from."""

    stamp: int
    rows: tuple[_Row, ...]
    current: SigningKey


class KeyRing:
    """The keys of one folder. Notices when another process has replaced the key."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: _Held | None = None
        with locked(folder):
            self._first = ed25519_key(folder / FIRST)
            if not self._path.exists():
                self._write((_Row(FIRST, _coded(self._first.public), BEGINNING),))

    @property
    def _path(self) -> Path:
        return self._folder / "ring.json"

    def first(self) -> SigningKey:
        """The key of the log's checkpoints."""
        return self._first

    def current(self) -> SigningKey:
        """The key in use."""
        return self._read().current

    def keyset(self) -> Keyset:
        """All keys that were ever used, with their days."""
        rows = self._read().rows
        return Keyset(
            tuple(PublishedKey(base64.b64decode(r.public), r.valid_from, r.valid_until) for r in rows)
        )

    def rotate(self, day: date) -> SigningKey:
        """Put a new key in use from that day on; both are good on the day itself. Raises ValueError."""
        with locked(self._folder):
            rows = self._rows()
            newest = rows[-1]
            if day < newest.valid_from:
                raise ValueError(f"the key in use began later: {newest.valid_from}")
            name = f"qr-{len(rows) + 1}.pem"
            (self._folder / name).unlink(missing_ok=True)
            made = ed25519_key(self._folder / name)
            ended = msgspec.structs.replace(newest, valid_until=day)
            self._write((*rows[:-1], ended, _Row(name, _coded(made.public), day)))
            if newest.file != FIRST:
                (self._folder / newest.file).unlink(missing_ok=True)
        return made

    def _read(self) -> _Held:
        stamp = self._path.stat().st_mtime_ns
        if self._held is None or self._held.stamp != stamp:
            rows = self._rows()
            key = SigningKey.from_pem((self._folder / rows[-1].file).read_bytes())
            self._held = _Held(stamp, rows, key)
        return self._held

    def _rows(self) -> tuple[_Row, ...]:
        return msgspec.json.decode(self._path.read_bytes(), type=tuple[_Row, ...])

    def _write(self, rows: tuple[_Row, ...]) -> None:
        keep(self._path, json.dumps(msgspec.to_builtins(rows), indent=1).encode())


def _coded(public: bytes) -> str:
    return base64.b64encode(public).decode()
