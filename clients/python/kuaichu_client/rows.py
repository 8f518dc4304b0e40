"""What the city answers, as rows with names and types. Amounts are whole fen, times aware."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Line:
    """One line of an assessment: part, labour, material, tow, or salvage, which is deducted."""

    part: str
    kind: str
    amount_fen: int


def total_of(lines: list[Line]) -> int:
    """The sum of the lines in fen, salvage deducted."""
    return sum(-one.amount_fen if one.kind == "salvage" else one.amount_fen for one in lines)


@dataclass(frozen=True)
class Claim:
    """One claim of the list."""

    claim_id: str
    case_number: str
    status: str
    report_number: str
    registered_at: datetime
    due_at: datetime

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Claim:
        """From a row of the list."""
        return cls(
            claim_id=str(row["claim_id"]),
            case_number=str(row["case_number"]),
            status=str(row["status"]),
            report_number=str(row["report_number"]),
            registered_at=datetime.fromisoformat(row["registered_at"]),
            due_at=datetime.fromisoformat(row["due_at"]),
        )


@dataclass(frozen=True)
class State:
    """How a claim stands after a step; `left` is what the company has still to do, `whole` the answer."""

    claim_id: str
    status: str
    left: tuple[str, ...]
    calculation_id: str | None
    tag: str
    whole: Mapping[str, Any] = field(repr=False, default_factory=dict)

    @classmethod
    def of(cls, answer: Mapping[str, Any], tag: str) -> State:
        """From the answer to a step."""
        calculation = answer.get("calculation_id")
        return cls(
            claim_id=str(answer["claim_id"]),
            status=str(answer["status"]),
            left=tuple(answer.get("next", ())),
            calculation_id=str(calculation) if calculation else None,
            tag=tag,
            whole=answer,
        )


@dataclass(frozen=True)
class Packet:
    """Everything about a claim, in `whole`; `tag` is its version, for `if_match`."""

    whole: Mapping[str, Any] = field(repr=False)
    tag: str

    @property
    def claim_id(self) -> str:
        """The claim."""
        return str(self.whole["claim_id"])

    @property
    def to_assess(self) -> list[dict[str, Any]]:
        """The vehicles this company assesses: `vehicle_id`, `label`, `plate`, `zones`."""
        return list(self.whole["assess"])

    @property
    def calculation(self) -> dict[str, Any] | None:
        """The explained calculation in force, if there is one."""
        found = self.whole["calculation"]
        return dict(found) if found else None

    def sealed(self) -> list[tuple[str, str]]:
        """Address and SHA-256 of every sealed paper and its frozen facts."""
        papers = self.whole["documents"]
        return [(one["url"], one["sha256"]) for paper in papers for one in (paper, paper["facts"])]


@dataclass(frozen=True)
class Event:
    """One event of the feed; the same `id` may come again and is then to be forgotten."""

    sequence: int
    id: str
    type: str
    at: datetime
    claim_id: str
    case_number: str
    data: Mapping[str, Any] = field(repr=False)

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Event:
        """From a row of the feed."""
        return cls(
            sequence=int(row["sequence"]),
            id=str(row["id"]),
            type=str(row["type"]),
            at=datetime.fromisoformat(row["at"]),
            claim_id=str(row["claim_id"]),
            case_number=str(row["case_number"]),
            data=row["data"],
        )
