"""Objects: bytes kept by their hash (photographs, papers), behind the `storage` port."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO, Protocol

from django.conf import settings

from kuaichu.kernel.ports import adapter


class Stored(Protocol):
    """What a store answers: SHA-256 and SM3 in hex, size in bytes."""

    sha256: str
    sm3: str
    size: int


class Store(Protocol):
    """A content-addressed store; writing the same bytes twice is harmless."""

    def put(self, chunks: bytes | Iterable[bytes], max_bytes: int) -> Stored:
        """Keep these bytes durably; raises Invalid beyond `max_bytes`."""
        ...

    def open(self, sha256: str) -> BinaryIO:
        """The bytes of this hash; raises NotFound."""
        ...

    def exists(self, sha256: str) -> bool:
        """Whether the bytes of this hash are kept."""
        ...

    def remove(self, sha256: str) -> None:
        """Drop the bytes of this hash for a lawful erasure; nothing happens when they are gone."""
        ...


def store() -> Store:
    """The installation's store: files on disk unless settings name another adapter."""
    config = {"adapter": "disk", "root": str(settings.STORAGE_DIR)}
    config.update(settings.CONNECTORS.get("storage", {}))
    made: Store = adapter("storage", config)
    return made


def read(sha256: str) -> bytes:
    """All bytes of one object."""
    with store().open(sha256) as file:
        return file.read()
