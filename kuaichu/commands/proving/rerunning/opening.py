"""A bundle from strangers: opened within bounds, in memory, nothing unpacked to the disk."""

from __future__ import annotations

import zipfile
from pathlib import Path

MOST_FILES = 5000
MOST_BYTES = 64 * 2**20
MOST_ALTOGETHER = 512 * 2**20


class NotABundle(ValueError):
    """The file is no bundle, is damaged, or is larger than a bundle can be."""


def opened(path: Path) -> dict[str, bytes]:
    """The files of a bundle by name. Raises NotABundle."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _read(archive)
    except (OSError, zipfile.BadZipFile, EOFError, RuntimeError) as error:
        raise NotABundle(f"cannot be read: {type(error).__name__}") from error


def _read(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise NotABundle("too many files")
    found: dict[str, bytes] = {}
    left = MOST_ALTOGETHER
    for entry in entries:
        if entry.filename in found:
            raise NotABundle(f"twice in it: {entry.filename!r}")
        with archive.open(entry) as file:
            data = file.read(min(MOST_BYTES, left) + 1)
        left -= len(data)
        if len(data) > MOST_BYTES or left < 0:
            raise NotABundle("too large")
        found[entry.filename] = data
    return found
