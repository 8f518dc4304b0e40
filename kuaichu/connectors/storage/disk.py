"""Files on disk, named by what is in them: `<root>/aa/<sha256>`.

A file appears whole or not at all (written beside, synchronised, renamed, its folders synchronised) and never
changes. The SM3 hash (GB/T 32905) is computed in the same pass, for papers that state both.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cryptography.hazmat.primitives import hashes
from django.utils.translation import gettext_lazy as _

from kuaichu.kernel.refusals import Invalid, NotFound, Upstream

_CHUNK = 256 * 1024
_LEFT_BEHIND = 24 * 3600


@dataclass(frozen=True)
class Stored:
    """What was kept: lower-case hexadecimal hashes and the size in bytes."""

    sha256: str
    sm3: str
    size: int


class Disk:
    """Content-addressed files under one folder."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._partial = root / "partial"
        self._partial.mkdir(parents=True, exist_ok=True)
        self._sweep()

    def put(self, content: bytes | BinaryIO | Iterable[bytes], max_bytes: int) -> Stored:
        """Keep a file. Raises Invalid above `max_bytes` (nothing is left), Upstream when the disk fails."""
        try:
            return self._put(_chunks(content), max_bytes)
        except OSError as failed:
            raise Upstream(_("The file could not be kept just now. Please try again.")) from failed

    def open(self, sha256: str) -> BinaryIO:
        """The file for reading, from its start. Raises NotFound when there is none."""
        try:
            return self.path(sha256).open("rb")
        except FileNotFoundError:
            raise NotFound(_("This file is not kept here.")) from None
        except OSError as failed:
            raise Upstream(_("The file cannot be read just now. Please try again.")) from failed

    def exists(self, sha256: str) -> bool:
        """Whether the file is kept."""
        return _is_hash(sha256) and self.path(sha256).is_file()

    def remove(self, sha256: str) -> None:
        """Drop the file; nothing happens when it is gone. Raises Upstream when the disk fails."""
        try:
            self.path(sha256).unlink(missing_ok=True)
        except OSError as failed:
            raise Upstream(_("The file could not be removed just now. Please try again.")) from failed

    def path(self, sha256: str) -> Path:
        """Where the file is, or would be. Raises NotFound for what is no lower-case SHA-256."""
        if not _is_hash(sha256):
            raise NotFound(_("This file is not kept here."))
        return self._root / sha256[:2] / sha256

    def _put(self, chunks: Iterator[bytes], max_bytes: int) -> Stored:
        handle, name = tempfile.mkstemp(dir=self._partial)
        try:
            with os.fdopen(handle, "wb") as partial:
                stored = _copy(chunks, partial, max_bytes)
                partial.flush()
                os.fsync(partial.fileno())
            self._place(Path(name), self.path(stored.sha256))
        finally:
            with suppress(FileNotFoundError):
                os.unlink(name)
        return stored

    def _place(self, partial: Path, final: Path) -> None:
        if final.is_file():
            return
        _make(final.parent, self._root)
        partial.chmod(0o440)
        partial.rename(final)
        _synchronise(final.parent)

    def _sweep(self) -> None:
        """Remove what processes that were killed left half-written, once it is surely nobody's any more."""
        before = time.time() - _LEFT_BEHIND
        for partial in self._partial.iterdir():
            with suppress(FileNotFoundError):
                if partial.stat().st_mtime < before:
                    partial.unlink()


def connect(config: Mapping[str, str]) -> Disk:
    """The files under `config["root"]`, which is made when it is not there."""
    return Disk(Path(config["root"]))


def _copy(chunks: Iterator[bytes], partial: BinaryIO, max_bytes: int) -> Stored:
    sha256, sm3, size = hashlib.sha256(), hashes.Hash(hashes.SM3()), 0
    for chunk in chunks:
        size += len(chunk)
        if size > max_bytes:
            raise Invalid(_("The file is too large."), code="too_large", fields={"file": max_bytes})
        sha256.update(chunk)
        sm3.update(chunk)
        partial.write(chunk)
    return Stored(sha256.hexdigest(), sm3.finalize().hex(), size)


def _chunks(content: bytes | BinaryIO | Iterable[bytes]) -> Iterator[bytes]:
    if isinstance(content, bytes | bytearray | memoryview):
        yield bytes(content)
    elif isinstance(content, Iterable) and not hasattr(content, "read"):
        yield from content
    else:
        while chunk := content.read(_CHUNK):
            yield chunk


def _make(folder: Path, root: Path) -> None:
    """Make a folder and see to it that its name outlives a power cut."""
    if folder == root or folder.is_dir():
        return
    _make(folder.parent, root)
    folder.mkdir(exist_ok=True)
    _synchronise(folder.parent)


def _synchronise(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_hash(text: str) -> bool:
    return re.fullmatch(r"[0-9a-f]{64}", text) is not None
