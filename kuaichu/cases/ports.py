"""What the accident file needs from outside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from kuaichu.cases.sight import Guide, Sight


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


class ReceiptSigner(Protocol):
    """The key that signs evidence receipts: Ed25519, in the installation's published set."""

    @property
    def key_id(self) -> bytes:
        """The key's id in the published set."""
        ...

    def sign(self, data: bytes) -> bytes:
        """The 64-byte signature."""
        ...


class Reader(Protocol):
    """A machine that reads photographs. It never raises for what a photograph holds; one thread at a time."""

    @property
    def version(self) -> str:
        """Engine and version, as kept with what it read."""
        ...

    def warm_up(self) -> None:
        """Load what the first reading would have to wait for."""
        ...

    def read(self, data: bytes, kind: str, guide: Guide | None = None) -> Sight:
        """What stands there: `kind` plate, scene, licence or one document; `guide` is the phone's frame."""
        ...


class Likener(Protocol):
    """A machine that tells whether photographs look alike, and remembers those of each city."""

    def hashes(self, data: bytes) -> bytes | None:
        """Eight perceptual hashes of 64 bits, big-endian in a row; None for what cannot be decoded."""
        ...

    def known_until(self, city: str) -> datetime | None:
        """When `learn` was last called for this city; None for never."""
        ...

    def learn(self, city: str, known: Sequence[tuple[UUID, bytes]]) -> None:
        """Remember fingerprints; those known already change nothing."""
        ...

    def nearest(self, city: str, data: bytes, most: int) -> list[tuple[UUID, int]]:
        """Remembered photographs that may be like this one, likest first, with their distance in bits."""
        ...

    def inliers(self, first: bytes, second: bytes) -> int:
        """How many points of both pictures lie alike; 0 for what cannot be decoded."""
        ...


class Faces(Protocol):
    """A machine that finds faces. It never raises for what a photograph holds."""

    @property
    def version(self) -> str:
        """Engine and version, as kept with what it found."""
        ...

    def find(self, data: bytes) -> list[tuple[float, float, float, float]]:
        """Left, top, width and height of each face, in parts of the upright photograph."""
        ...
