"""The loss of a vehicle as a form: rows that work without scripts, amounts in yuan."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from kuaichu.desks.claims.filings import KINDS, Line, Loss
from kuaichu.desks.claims.zones import TYPICAL
from kuaichu.kernel.money import NotMoney, yuan
from kuaichu.kernel.refusals import Invalid

ROWS, MORE, MOST = 4, 3, 80


@dataclass
class Row:
    """One line as typed, with what is wrong with it."""

    part: str = ""
    kind: str = "part"
    amount: str = ""
    error: str = ""

    @property
    def empty(self) -> bool:
        """Nothing was typed: the row does not count."""
        return not self.part.strip() and not self.amount.strip()

    def line(self) -> Line | None:
        """The line, or None with `error` set."""
        try:
            fen = yuan(self.amount)
        except NotMoney as wrong:
            self.error = str(wrong.message)
            return None
        if not self.part.strip():
            self.error = _("Name the part or the work.")
            return None
        return Line(part=self.part.strip()[:80], kind=self.kind, amount_fen=fen)


@dataclass
class Sheet:
    """The form of one vehicle."""

    vehicle_id: UUID
    label: str
    plate: str
    zones: list[str]
    rows: list[Row]
    assessor: str = ""
    error: str = ""
    version: int = 0
    remarks: list[str] = field(default_factory=list)

    @property
    def parts(self) -> list[str]:
        """Parts typical of the contact zone, to choose from."""
        return [part for zone in self.zones for part in TYPICAL.get(zone, ())]

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """Kinds of lines with their names."""
        names = {
            "part": _("part"), "labour": _("labour"), "material": _("material"),
            "salvage": _("salvage (deducted)"), "tow": _("towing"),
        }  # fmt: skip
        return [(kind, names[kind]) for kind in KINDS]

    @property
    def total_fen(self) -> int | None:
        """The sum of the rows that can be read, salvage deducted."""
        lines = [line for row in self.rows if not row.empty and (line := row.line()) is not None]
        return sum(-x.amount_fen if x.kind == "salvage" else x.amount_fen for x in lines) if lines else None

    def loss(self) -> Loss:
        """What was typed as a loss; raises Invalid, with each wrong row marked."""
        typed = [row for row in self.rows if not row.empty]
        lines = [row.line() for row in typed]
        if any(line is None for line in lines):
            raise Invalid(
                _("Please correct the marked fields."), fields={"lines": _("Correct the marked rows.")}
            )
        total = sum(-x.amount_fen if x.kind == "salvage" else x.amount_fen for x in lines if x)
        return Loss(lines=[line for line in lines if line], total_fen=total, assessor=self.assessor)


def sheet_of(asked: dict[str, Any], known: dict[str, Any] | None, assessor: str) -> Sheet:
    """The form of a vehicle of the packet's `assess`, filled with its newest assessment if it has one."""
    rows = [Row(x["part"], x["kind"], _typed(x["amount_fen"])) for x in (known or {}).get("lines", [])]
    made = _sheet(asked, rows or [Row() for _n in range(ROWS)], assessor)
    if known:
        made.version, made.remarks = known["version"], known["remarks"]
    return made


def sheet_sent(asked: dict[str, Any], sent: QueryDict) -> Sheet:
    """The form as it was sent; `do=more` adds empty rows, `do=drop-3` takes the fourth away."""
    columns = [sent.getlist(name)[:MOST] for name in ("part", "kind", "amount")]
    rows = [
        Row(part[:80], kind, amount[:24])
        for part, kind, amount in zip(*columns, strict=False)
        if kind in KINDS
    ]
    todo = sent.get("do", "")
    if todo.startswith("drop-") and todo[5:].isdecimal() and int(todo[5:]) < len(rows):
        del rows[int(todo[5:])]
    if todo == "more":
        rows += [Row() for _n in range(min(MORE, MOST - len(rows)))]
    return _sheet(asked, rows or [Row()], sent.get("assessor", "")[:60])


def _sheet(asked: dict[str, Any], rows: list[Row], assessor: str) -> Sheet:
    return Sheet(asked["vehicle_id"], asked["label"], asked["plate"], asked["zones"], rows, assessor)


def _typed(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"
