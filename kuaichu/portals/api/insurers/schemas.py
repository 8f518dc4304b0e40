"""What insurers' systems send and get. Amounts are whole fen, times ISO 8601 with offset."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from kuaichu.portals.api.moments import Moment


class Told(Schema):
    """Base of everything sent: unknown fields are refused."""

    model_config = {"extra": "forbid"}


class Acknowledgement(Told):
    """The insurer's own report number."""

    report_number: str = Field(max_length=80, examples=["HUAI2026112100012345"])


class AssessedLine(Told):
    """One line: part, labour, material, tow, value (a total loss), or salvage, which is deducted.

    The amount is never negative.
    """

    part: str = Field(max_length=80, examples=["rear bumper"])
    kind: str = Field(max_length=12, examples=["part"])
    amount_fen: int = Field(ge=0, le=10**12, examples=[86000])


class AssessedLoss(Told):
    """The loss of one vehicle. `total_fen` is the sum of the lines, salvage deducted."""

    lines: list[AssessedLine] = Field(max_length=200)
    total_fen: int = Field(ge=0, le=10**13, examples=[86000])
    assessor: str = Field(max_length=60, examples=["Zhou Min"])
    assessed_at: str = Field("", max_length=40)
    repair_fen: int = Field(0, ge=0, le=10**13, description="total loss: what the repair would cost")
    supplement: str = Field("", max_length=400, description="what was found after a payout was approved")


class Approval(Told):
    """The calculation that is approved: the one that was read."""

    calculation_id: UUID


class Delayed(Told):
    """It takes longer: `reason` is teardown, documents, disputed, checking, workload or bank."""

    reason: str = Field(max_length=16, examples=["teardown"])
    until: Moment = Field(description="the new date, at most 30 days ahead")


class Release(Told):
    """Why a held claim may go on."""

    reason: str = Field(max_length=400, examples=["Only the vehicles; the injury is a claim of its own."])


class ClaimRow(Schema):
    """One claim in the list."""

    claim_id: UUID
    case_id: UUID
    case_number: str
    status: str
    report_number: str
    registered_at: datetime
    due_at: datetime


class ClaimList(Schema):
    """A page of claims, oldest first; `next` is the cursor of the page after it, null at the end."""

    claims: list[ClaimRow]
    next: str | None


class ClaimState(Schema):
    """How the claim stands after the step, and what the company has still to do (`next`)."""

    claim_id: UUID
    status: str
    report_number: str
    next: list[str] = Field(description="acknowledge, assess, approve; empty when nothing is left to do")
    calculation_id: UUID | None


class AssessedState(ClaimState):
    """The assessment as it was kept; `remarks` are parts that lie on another side than the contact."""

    vehicle_id: UUID
    version: int
    total_fen: int
    remarks: list[str]


class Facts(Schema):
    """The frozen facts of a paper: the bytes at `url` have these hashes, `content` is the same, read."""

    url: str
    sha256: str
    sm3: str
    content: dict[str, Any]


class Document(Schema):
    """A paper; `url`, `sha256` and `sm3` are of the sealed file."""

    id: UUID
    kind: str
    number: str
    code: str
    status: str
    issued_at: datetime | None
    ended_at: datetime | None
    level: str
    size: int
    url: str
    sha256: str
    sm3: str
    facts: Facts


class Photo(Schema):
    """A photograph: `url` is a copy without metadata, bystanders blurred; the hashes are the original's."""

    id: UUID
    shot: str
    label: str
    url: str
    original_sha256: str
    original_sm3: str
    original_size: int
    width: int
    height: int
    source: str
    captured_at: datetime | None
    received_at: datetime
    remarks: list[str]


class ToAssess(Schema):
    """A vehicle this company assesses, and where it was hit."""

    vehicle_id: UUID
    label: str
    plate: str
    zones: list[str]


class CalculationLine(Schema):
    """Who pays whom, from which cover, by which rule; `exact_fen` is the fraction before rounding."""

    cover: str
    payer: str
    insurer: str | None
    from_party: str = Field(alias="from")
    to: str
    fen: int
    own: bool
    exact_fen: str
    rule: str
    citations: list[str]
    explanation: str


class CalculationOut(Schema):
    """The calculation in force for the whole accident."""

    id: UUID
    version: int
    at: datetime
    losses: dict[str, int]
    payable_fen: int
    approval_needed: bool
    lines: list[CalculationLine]


class PacketOut(Schema):
    """Everything about one claim. Every object with `url` and `sha256` is a file behind the same token."""

    claim_id: UUID
    case_id: UUID
    insurer: str
    status: str
    report_number: str
    registered_at: datetime
    acknowledged_at: datetime | None
    due_at: datetime
    held_for: str = Field(
        description="`injury`, `anew`, `revoked` or `risk` while nothing may be paid, else empty"
    )
    case_number: str
    case_status: str
    procedure: str
    happened_at: datetime
    reported_at: datetime
    place: dict[str, Any]
    site: str
    struck: dict[str, str]
    weather: str
    light: str
    injury: str
    parties: list[dict[str, Any]]
    vehicles: list[dict[str, Any]]
    liability: dict[str, Any] | None
    documents: list[Document]
    photos: list[Photo]
    recordings: list[dict[str, Any]]
    differences: list[dict[str, str]]
    estimates: list[dict[str, Any]] = Field(description="shops' newest drafts; `ours`: to be answered")
    assess: list[ToAssess]
    assessments: list[dict[str, Any]]
    calculation: CalculationOut | None
    payouts: list[dict[str, Any]]
    timeline: list[dict[str, Any]]


class Notice(Schema):
    """First notice of loss in the field names insurers' claim systems take (one for each own vehicle)."""

    notices: list[dict[str, Any]]
