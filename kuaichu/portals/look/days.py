"""A day in an address: `2026-11-22`; what is no day of a calendar is no such address."""

from __future__ import annotations

from datetime import date


class Day:
    """Path converter for dates as ISO 8601."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """Raises ValueError for the 30th of February, which is no address then."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """As in the address."""
        return value.isoformat()
