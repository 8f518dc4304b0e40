"""What parties get of their evidence: readings, the evidence receipt, recordings."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ninja import Schema
from pydantic import Field


class ReadPhoto(Schema):
    """One's own photograph, and whether a machine has read it."""

    client_id: UUID
    shot: str
    kind: str = Field(description="what it was read as: scene, plate, driving_licence …; empty: not yet read")
    read_at: datetime | None


class OfferedPlate(Schema):
    """A plate that was read, to be confirmed by the party; `sure` when signs and register agree."""

    plate: str = Field(examples=["WJ12345"])
    shown: str
    car: str
    sure: bool


class Readings(Schema):
    """What was read in one's own photographs. Proposals, never facts: the party confirms or corrects."""

    photos: list[ReadPhoto]
    plates: list[OfferedPlate]
    driver: dict[str, str] = Field(description="name and id_number of one's own licence, if it was read well")
    differences: list[str] = Field(description="what does not go together in one's own part, in words")


class Handled(Schema):
    """One thing that was done with a photograph."""

    at: datetime
    what: str
    who: str
    purpose: str


class SealedPhoto(Schema):
    """A photograph in the receipt; `id` only where this party may look at it."""

    id: UUID | None
    name: str
    sha256: str
    sm3: str
    done: list[Handled]


class EvidenceReceipt(Schema):
    """The newest evidence receipt of the case, or what is still missing for one."""

    state: str = Field(description="open or sealed", examples=["sealed"])
    missing: list[str] = Field(description="names of photographs without which nothing is sealed")
    number: int | None = None
    issued_at: datetime | None = None
    text: str = Field("", description="the signed receipt (COSE_Sign1, base32)")
    frames: list[str] = Field([], description="what QR codes say that carry it to another phone, in turn")
    check: str = Field(description="where anybody checks it, also without network")
    unsealed: int = Field(0, description="photographs that came later and are sealed in a moment")
    photos: list[SealedPhoto] = []


class Spoken(Schema):
    """A recording of one's own words as it was kept: hashes of exactly the bytes that arrived."""

    client_id: UUID
    sha256: str
    sm3: str
    size: int
    mime: str
    seconds: float | None
    received_at: datetime
