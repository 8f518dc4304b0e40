"""The declared tables of shares, one a province or city, read from `share_tables.toml` and checked.

A table which does not hold (shares that do not add up, a motor side at fault that bears nothing) is refused
with its name and field.
"""

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cache
from importlib import resources
from itertools import pairwise

from .grades import Grade, ShareRange, share_table

NATIONAL = "national"
_FALLING = (Grade.FULL, Grade.PRIMARY, Grade.EQUAL, Grade.SECONDARY, Grade.NONE)
_TENTH = Fraction(1, 10)


class ShareCertainty(StrEnum):
    """Where the figures come from."""

    SOURCED = "sourced"
    OWN_KNOWLEDGE = "own knowledge"


@dataclass(frozen=True, slots=True)
class ShareTable:
    """How grades convert to shares in one province or city. Caps are fen, None where there is none."""

    code: str
    zh: str
    en: str
    source: str
    certainty: ShareCertainty
    between_motors: Mapping[Grade, Fraction]
    against_weaker: Mapping[Grade, ShareRange]
    clearing: Mapping[Grade, Fraction]
    closed_road: Mapping[Grade, ShareRange] = field(default_factory=dict)
    no_fault_cap_fen: int | None = None
    closed_road_cap_fen: int | None = None
    standing_without_fault: Fraction | None = None
    unprovable_equal: bool = False
    law: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a table which does not hold (ValueError)."""
        check_between(self.between_motors)
        check_against(self.against_weaker)

    def against(
        self, grade: Grade, *, closed_road: bool = False, standing: bool = False
    ) -> ShareRange | None:
        """What the motor side of that grade bears against a rider or pedestrian; None where nothing fixes it.

        `closed_road`: an expressway or another road closed to riders and pedestrians. `standing`: the motor
        vehicle stood still; only counts when it has no fault.
        """
        if standing and grade is Grade.NONE and self.standing_without_fault is not None:
            return ShareRange(*(self.standing_without_fault,) * 3)
        special = self.closed_road.get(grade) if closed_road else None
        return special or self.against_weaker.get(grade)

    def cap_fen(self, grade: Grade, *, closed_road: bool = False) -> int | None:
        """The sum above which a motor side without fault bears nothing; None where there is no cap."""
        if grade is not Grade.NONE:
            return None
        return self.closed_road_cap_fen if closed_road else self.no_fault_cap_fen

    def between(self, grades: Mapping[str, Grade]) -> dict[str, Fraction]:
        """Civil shares among parties of one sort; they add up to 1, or to 0 when nobody is liable."""
        return _spread(grades, self.between_motors)

    def clearing_of(self, grades: Mapping[str, Grade]) -> dict[str, Fraction]:
        """What the third-party clause pays at most by grade; of several EQUAL each its fraction."""
        equal = max(2, Counter(grades.values())[Grade.EQUAL])
        table = {**self.clearing, Grade.EQUAL: self.clearing[Grade.EQUAL] * 2 / equal}
        return {label: table[grade] for label, grade in grades.items()}


def _spread(grades: Mapping[str, Grade], table: Mapping[Grade, Fraction]) -> dict[str, Fraction]:
    """PRIMARY and its SECONDARY ones as the table says, the latter divided; EQUAL ones share what is left."""
    count = Counter(grades.values())
    minor = table[Grade.SECONDARY] if count[Grade.SECONDARY] else Fraction(0)
    each = {
        **table,
        Grade.SECONDARY: minor / max(1, count[Grade.SECONDARY]),
        Grade.EQUAL: (1 - minor) / max(1, count[Grade.EQUAL]),
    }
    return {label: each[grade] for label, grade in grades.items()}


def check_between(table: Mapping[Grade, Fraction]) -> None:
    """Refuse shares of two parties which do not add up to the whole (ValueError)."""
    if set(table) != set(Grade):
        raise ValueError("between_motors gives a share for every grade")
    pairs = ((Grade.FULL, Grade.NONE), (Grade.PRIMARY, Grade.SECONDARY), (Grade.EQUAL, Grade.EQUAL))
    wrong = [f"{one} + {two}" for one, two in pairs if table[one] + table[two] != 1]
    if wrong:
        raise ValueError(f"shares must add up to 100: {', '.join(wrong)}")


def check_against(table: Mapping[Grade, ShareRange]) -> None:
    """Refuse what Article 76 does not allow, and a graver grade that would bear less (ValueError)."""
    if Grade.FULL in table and table[Grade.FULL] != ShareRange(Fraction(1), Fraction(1), Fraction(1)):
        raise ValueError("a motor side fully liable bears 100 (Article 76)")
    if Grade.NONE in table and table[Grade.NONE].high > _TENTH:
        raise ValueError("a motor side without fault bears at most 10 (Article 76)")
    given = [table[one] for one in _FALLING if one in table]
    for graver, lighter in pairwise(given):
        if graver.usual < lighter.usual or graver.low < lighter.low:
            raise ValueError("a graver grade bears at least as much as a lighter one")


@cache
def share_tables() -> Mapping[str, ShareTable]:
    """All declared tables by code. Raises ValueError naming table and field of one which does not hold."""
    text = resources.files(__package__).joinpath("share_tables.toml").read_text(encoding="utf-8")
    return read_tables(text)


def read_tables(text: str) -> Mapping[str, ShareTable]:
    """Read tables; what a table leaves out is the national one's. Raises ValueError."""
    rows: dict[str, dict[str, object]] = tomllib.loads(text)
    return {code: _table(code, {**_defaults(rows), **row}) for code, row in rows.items()}


def _defaults(rows: Mapping[str, dict[str, object]]) -> dict[str, object]:
    return {key: rows[NATIONAL][key] for key in ("between_motors", "clearing")}


def _table(code: str, row: dict[str, object]) -> ShareTable:
    unknown = set(row) - set(ShareTable.__dataclass_fields__) - {"unprovable"}
    if unknown:
        raise ValueError(f"share table {code}: unknown {sorted(unknown)}")
    try:
        return ShareTable(
            code=code,
            zh=str(row["zh"]),
            en=str(row["en"]),
            source=str(row["source"]),
            certainty=ShareCertainty(str(row["certainty"])),
            between_motors=percentages(row["between_motors"]),
            against_weaker=share_table(_rows(row["against_weaker"])),
            clearing=percentages(row["clearing"]),
            closed_road=share_table(_rows(row.get("closed_road", {}))),
            no_fault_cap_fen=_fen(row.get("no_fault_cap_fen")),
            closed_road_cap_fen=_fen(row.get("closed_road_cap_fen")),
            standing_without_fault=_percent(row.get("standing_without_fault")),
            unprovable_equal=row.get("unprovable") == "equal",
            law=str(row.get("law", "")),
            note=str(row.get("note", "")),
        )
    except (KeyError, ValueError) as flaw:
        raise ValueError(f"share table {code}: {flaw}") from flaw


def percentages(rows: object) -> dict[Grade, Fraction]:
    """A table of single percentages by grade. Raises ValueError."""
    return {grade: one.usual for grade, one in share_table(_rows(rows)).items()}


def _rows(rows: object) -> dict[str, int | str]:
    if not isinstance(rows, dict):
        raise ValueError("a table of percentages by grade is needed")
    return rows


def _percent(value: object) -> Fraction | None:
    return None if value is None else Fraction(int(str(value)), 100)


def _fen(value: object) -> int | None:
    return None if value is None else int(str(value))
