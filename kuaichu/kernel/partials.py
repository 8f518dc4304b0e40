"""Files that arrive in pieces: appended to on disk until they are whole. What is on disk is the truth.

A piece is synchronised before anybody is told its offset, so that a server killed at any moment goes on where
it said it was, or further. One writer at a time holds the file, in whatever process or thread.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from kuaichu.kernel.refusals import Upstream, WrongState

PATIENCE = 3.0
_PAUSE = 0.05


class Partial:
    """One unfinished file, named by an id."""

    def __init__(self, name: UUID) -> None:
        self.path = Path(settings.UPLOADS_DIR) / str(name)

    @property
    def size(self) -> int:
        """Bytes on disk; 0 while there is no file."""
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    @contextmanager
    def held(self, patience: float = PATIENCE) -> Iterator[BinaryIO]:
        """Hold the file, made when it is not there, for reading and appending.

        Raises WrongState (`upload_locked`) when somebody else holds it for longer than `patience` seconds,
        Upstream when the disk fails.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            file = self.path.open("a+b")
        except OSError as failed:
            raise _disk() from failed
        with file:
            _lock(file, patience)
            yield file

    def remove(self) -> None:
        """Forget the file."""
        with suppress(FileNotFoundError):
            self.path.unlink()


def append(file: BinaryIO, chunks: Iterable[bytes]) -> int:
    """Append to a held file and synchronise it; the size then. Raises Upstream when the disk fails.

    What was written before a failure stays: it is at its right place.
    """
    file.seek(0, os.SEEK_END)
    try:
        for chunk in chunks:
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    except OSError as failed:
        raise _disk() from failed
    return file.tell()


def left_behind(before: float) -> Iterator[UUID]:
    """The names of files nobody has written to since `before` (seconds of the epoch)."""
    folder = Path(settings.UPLOADS_DIR)
    for path in folder.iterdir() if folder.is_dir() else ():
        with suppress(FileNotFoundError, ValueError):
            if path.stat().st_mtime < before:
                yield UUID(path.name)


def _lock(file: BinaryIO, patience: float) -> None:
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                text = _("Another connection is sending this file just now. Try again in a moment.")
                raise WrongState(text, code="upload_locked") from None
            time.sleep(_PAUSE)
        else:
            return


def _disk() -> Upstream:
    return Upstream(_("The file could not be kept just now. Please try again."))
