"""What the accident file needs from outside."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol


class Register(Protocol):
    """The register of vehicles and drivers. Answers None for what it does not know; raises Upstream."""

    def vehicle(self, plate: str, kind: str | None) -> dict[str, Any] | None:
        """The vehicle of this plate."""
        ...

    def driver(self, id_no: str) -> dict[str, Any] | None:
        """The driver of this licence (its number is the resident ID number)."""
        ...


class Policies(Protocol):
    """The register of motor policies. Raises Upstream."""

    def policies(self, plate: str, vin: str, on: date) -> list[dict[str, Any]]:
        """The policies in force for this vehicle on that day."""
        ...
