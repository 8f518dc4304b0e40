"""Grades of liability and the money shares which follow from them.

Sources: accident procedure (D146) Article 60; Road Traffic Safety Law Article 76; custom [S:W29,W45].
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Grade(StrEnum):
    """The five grades a determination may give."""

    FULL = "FULL"
    PRIMARY = "PRIMARY"
    EQUAL = "EQUAL"
    SECONDARY = "SECONDARY"
    NONE = "NONE"

    @property
    def zh(self) -> str:
        """Wording of the certificate."""
        return _LABELS[self][0]

    @property
    def en(self) -> str:
        """English wording."""
        return _LABELS[self][1]


_LABELS = {
    Grade.FULL: ("全部责任", "full liability"),
    Grade.PRIMARY: ("主要责任", "primary liability"),
    Grade.EQUAL: ("同等责任", "equal liability"),
    Grade.SECONDARY: ("次要责任", "secondary liability"),
    Grade.NONE: ("无责任", "no liability"),
}
_CUSTOM = {Grade.FULL: Fraction(1), Grade.PRIMARY: Fraction(7, 10), Grade.NONE: Fraction(0)}


def valid_multiset(grades: Collection[Grade]) -> bool:
    """Tell whether the grades of one collision fit together.

    One FULL or all NONE; one PRIMARY with SECONDARY ones; two or more EQUAL, with SECONDARY ones or without;
    NONE may be added to each. Domain rule from D146 Article 60.
    """
    count = Counter(grades)
    full, primary = count[Grade.FULL], count[Grade.PRIMARY]
    equal, secondary = count[Grade.EQUAL], count[Grade.SECONDARY]
    if not grades:
        return False
    if full:
        return full == 1 and not (primary or equal or secondary)
    if primary:
        return primary == 1 and secondary >= 1 and not equal
    if equal:
        return equal >= 2
    return not secondary


def default_shares(grades: Mapping[str, Grade]) -> dict[str, Fraction]:
    """Customary shares by label, which add up to 1 (to 0 when nobody is liable).

    n EQUAL: 1/n each; PRIMARY 70 % and 30 % split among the SECONDARY; EQUAL with SECONDARY: 30 % to the
    latter and the rest split. Raises ValueError for grades which do not fit together.
    """
    if not valid_multiset(grades.values()):
        raise ValueError("these grades do not fit together")
    count = Counter(grades.values())
    minor = Fraction(3, 10) if count[Grade.SECONDARY] else Fraction(0)
    table = dict(_CUSTOM)
    if count[Grade.SECONDARY]:
        table[Grade.SECONDARY] = minor / count[Grade.SECONDARY]
    if count[Grade.EQUAL]:
        table[Grade.EQUAL] = (1 - minor) / count[Grade.EQUAL]
    return {label: table[grade] for label, grade in grades.items()}


@dataclass(frozen=True, slots=True)
class ShareRange:
    """Share the motor vehicle's side bears above compulsory insurance, as a province fixes it."""

    low: Fraction
    high: Fraction
    usual: Fraction

    def __post_init__(self) -> None:
        """Refuse a range outside 0 to 1 (ValueError)."""
        if not 0 <= self.low <= self.usual <= self.high <= 1:
            raise ValueError("a share range runs from low through usual to high, within 0 and 1")


def share_table(rows: Mapping[str, int | str]) -> dict[Grade, ShareRange]:
    """Read a city's table of percentages by the motor vehicle's grade: {"PRIMARY": "80-90", "FULL": 100}.

    The usual share is the upper end unless a third figure names it ("80-90-85"): Article 76 protects the
    weaker side. Raises ValueError for anything else.
    """
    table = {}
    for grade, text in rows.items():
        figures = [Fraction(int(part), 100) for part in str(text).split("-")]
        if len(figures) > 3:
            raise ValueError(f"not a share: {text!r}")
        low, high = figures[0], figures[min(1, len(figures) - 1)]
        table[Grade(grade)] = ShareRange(low, high, figures[2] if len(figures) == 3 else high)
    return table
