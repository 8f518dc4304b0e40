"""The lines of a loss as a form: rows that work without scripts, amounts in yuan."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from kuaichu.desks.claims.filings import KINDS, Line, Loss
from kuaichu.kernel.money import NotMoney, yuan
from kuaichu.kernel.refusals import Invalid

ROWS: Final = 4
MORE: Final = 3
MOST: Final = 80


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
class Lines:
    """The rows of one form and what was typed beside them."""

    rows: list[Row]
    assessor: str = ""
    repair: str = ""
    supplement: str = ""
    parts: list[str] = field(default_factory=list)

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """Kinds of lines with their names."""
        names = {
            "part": _("part"), "labour": _("labour"), "material": _("material"),
            "salvage": _("salvage (deducted)"), "tow": _("towing"), "value": _("value (total loss)"),
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
        return Loss(
            lines=[line for line in lines if line],
            total_fen=total,
            assessor=self.assessor,
            repair_fen=self._repair(),
            supplement=self.supplement,
        )

    def _repair(self) -> int:
        """What the repair of a total loss would cost; raises Invalid."""
        try:
            return yuan(self.repair) if self.repair.strip() else 0
        except NotMoney as wrong:
            raise Invalid(str(wrong.message), fields={"repair_fen": str(wrong.message)}) from None


def rows_of(lines: list[dict[str, Any]]) -> list[Row]:
    """The rows of lines that are known; empty ones where there are none."""
    found = [Row(one["part"], one["kind"], typed(one["amount_fen"])) for one in lines]
    return found or [Row() for _n in range(ROWS)]


def typed(fen: int) -> str:
    """An amount as one types it."""
    return f"{fen // 100}.{fen % 100:02d}"


def rows_sent(sent: QueryDict) -> list[Row]:
    """The rows as they were sent; `do=more` adds empty ones, `do=drop-3` takes the fourth away."""
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
    return rows or [Row()]
