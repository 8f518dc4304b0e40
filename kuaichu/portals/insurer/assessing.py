"""The loss of a vehicle as the form of its insurer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import QueryDict

from kuaichu.desks.claims.zones import TYPICAL
from kuaichu.portals.look.loss_lines import Lines, rows_of, rows_sent, typed


@dataclass(kw_only=True)
class Sheet(Lines):
    """The form of one vehicle. `late`: something was approved already, so it is a supplement."""

    vehicle_id: UUID
    label: str
    plate: str
    zones: list[str]
    error: str = ""
    version: int = 0
    late: bool = False
    remarks: list[str] = field(default_factory=list)


def sheet_of(asked: dict[str, Any], known: dict[str, Any] | None, assessor: str) -> Sheet:
    """The form of a vehicle of the packet's `assess`, filled with its newest assessment if it has one."""
    made = _sheet(asked, rows=rows_of((known or {}).get("lines", [])), assessor=assessor)
    if known:
        made.version, made.remarks = known["version"], known["remarks"]
        made.repair = typed(known["repair_fen"]) if known["repair_fen"] else ""
    return made


def sheet_sent(asked: dict[str, Any], sent: QueryDict) -> Sheet:
    """The form as it was sent."""
    return _sheet(
        asked, rows=rows_sent(sent), assessor=sent.get("assessor", "")[:60],
        repair=sent.get("repair", "")[:24], supplement=sent.get("supplement", "")[:400],
    )  # fmt: skip


def _sheet(asked: dict[str, Any], **more: Any) -> Sheet:
    parts = [part for zone in asked["zones"] for part in TYPICAL.get(zone, ())]
    names = ("vehicle_id", "label", "plate", "zones")
    return Sheet(parts=parts, **{name: asked[name] for name in names}, **more)
