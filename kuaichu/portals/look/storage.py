"""Static files with hashed names, except vendored ones, whose folder already carries the version."""

import re
from typing import Final

from django.core.files.base import File
from whitenoise.storage import (  # type: ignore[import-untyped]
    CompressedManifestStaticFilesStorage,
)

VENDORED: Final = "look/vendor/"
_IMMUTABLE: Final = re.compile(r"(/look/vendor/[^/]+-\d[^/]*/|\.[0-9a-f]{12}\.[^/]+$)")


class LookStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashes and compresses our own files and leaves vendored names alone.

    MapLibre looks its worker up beside itself under a fixed name, so its files must never be renamed.
    """

    def hashed_name(
        self, name: str, content: "File[bytes] | None" = None, filename: str | None = None
    ) -> str:
        """Return the name a file is served under."""
        if name.startswith(VENDORED):
            return name
        return str(super().hashed_name(name, content, filename))

    def stored_name(self, name: str) -> str:
        """Return the manifest's name of a file; its own name where nothing was collected yet."""
        return str(super().stored_name(name)) if self.hashed_files else name


def immutable(path: str, url: str) -> bool:  # noqa: ARG001 - the signature WhiteNoise calls
    """Tell WhiteNoise which addresses never change (`WHITENOISE_IMMUTABLE_FILE_TEST`)."""
    return bool(_IMMUTABLE.search(url))
