"""Numbers of papers: the city's pattern for people, and a long machine number.

Patterns are city data such as `{abbr}公交{unit}简认〔{year}〕第{seq}号`. The sequence is counted per pattern,
unit and year by the caller; official typography writes it without padding.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from datetime import datetime

from kuaichu.desks.documents.papers.facts import CHINA

FIELDS = frozenset({"abbr", "unit", "year", "seq"})
MACHINE_SEQUENCES = 100_000


class BadPattern(ValueError):
    """A number pattern that would not give distinct, readable numbers; the text says why."""


@dataclass(frozen=True, slots=True)
class NumberPattern:
    """A checked pattern. Raises `BadPattern` when made from a bad one."""

    text: str

    def __post_init__(self) -> None:
        names = [name for name, _ in self._pieces()]
        if not {"year", "seq"} <= set(names):
            raise BadPattern("a pattern needs {year} and {seq}, or numbers would repeat")
        if len(names) != len(set(names)):
            raise BadPattern("a field stands twice")
        if re.search(r"\{\w+(:\d+)?\}\{(year|seq)|\{(year|seq)[^}]*\}\{", self.text):
            raise BadPattern("year and sequence need a sign between them and other fields")
        literal = "".join(before for before, *_ in string.Formatter().parse(self.text))
        if not literal.isprintable() or any(char.isspace() or char.isdigit() for char in literal):
            raise BadPattern("no spaces, digits or invisible characters outside the fields")

    def number(self, *, abbr: str, unit: str, year: int, seq: int) -> str:
        """The printed number, e.g. 鲁公交滨城简认〔2026〕第123号. Raises `ValueError`."""
        if seq < 1 or not 2000 <= year <= 9999:
            raise ValueError("sequence from 1, year of four digits")
        return self.text.format(abbr=abbr, unit=unit, year=year, seq=seq)

    def read(self, number: str) -> tuple[int, int] | None:
        """Year and sequence of a number of this pattern, or None."""
        groups = {"abbr": ".*?", "unit": ".*?", "year": r"(?P<year>[0-9]{4})", "seq": r"(?P<seq>[0-9]{1,12})"}
        expression = ""
        for before, name, *_ in string.Formatter().parse(self.text):
            expression += re.escape(before) + (groups[name] if name else "")
        found = re.fullmatch(expression, number)
        return (int(found["year"]), int(found["seq"])) if found else None

    def _pieces(self) -> list[tuple[str, str]]:
        try:
            parsed = [(name, spec, change) for _, name, spec, change in string.Formatter().parse(self.text)]
        except ValueError as error:
            raise BadPattern("unbalanced braces") from error
        pieces = []
        for name, spec, change in parsed:
            if name is None:
                continue
            if name not in FIELDS or change:
                raise BadPattern("only {abbr}, {unit}, {year} and {seq}")
            if spec and not (name == "seq" and re.fullmatch(r"0[1-9]", spec)):
                raise BadPattern("only {seq} takes a width, such as {seq:06}")
            pieces.append((name, spec or ""))
        return pieces


def machine_number(moment: datetime, seq: int) -> str:
    """yyyyMMddHHmmssSSS in Chinese time and five digits: 22 digits, sortable, for other systems.

    `seq` is any running number; its last five digits keep papers of one millisecond apart.
    """
    local = moment.astimezone(CHINA)
    return f"{local:%Y%m%d%H%M%S}{local.microsecond // 1000:03d}{seq % MACHINE_SEQUENCES:05d}"
