"""No reader: photographs are looked at by people only."""

from __future__ import annotations

from collections.abc import Mapping

from kuaichu.cases.sight import Guide, Sight


class NoReader:
    """Reads nothing."""

    name = "none"
    version = "1"

    def warm_up(self) -> None:
        """Nothing to load."""

    def read(self, _data: bytes, kind: str, _guide: Guide | None = None) -> Sight:
        """Nothing, of the kind that was asked for."""
        return Sight(kind, self.name)


def connect(_config: Mapping[str, str]) -> NoReader:
    """The reader that reads nothing; it takes no further keys."""
    return NoReader()
