"""What a check yields: one row a case, tallies over rows, and the kinds of rows which stayed open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction


class Verdict(StrEnum):
    """How a proposal compares with what the source says."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Row:
    """One case: what the source expects, what was proposed, and why (codes of faults, or open facts)."""

    key: str
    title: str
    verdict: Verdict
    expected: str
    proposed: str
    why: str
    group: str = ""
    kind: str = ""
    note: str = ""

    def because(self, kind: str, note: str) -> Row:
        """The same row with its class and reason."""
        return replace(self, kind=kind, note=note)


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over rows. `decided` are the rows with a proposal."""

    cases: int
    decided: int
    agreed: int

    @property
    def coverage(self) -> Fraction:
        """Share of the cases with a proposal, 0 to 1."""
        return Fraction(self.decided, self.cases or 1)

    @property
    def agreement(self) -> Fraction:
        """Share of the proposals which agree, 0 to 1."""
        return Fraction(self.agreed, self.decided or 1)

    def line(self) -> str:
        """In words: "77 of 140 decided (55.0 %), 70 right (90.9 %)"."""
        covered, right = percent(self.coverage), percent(self.agreement)
        return f"{self.decided} of {self.cases} decided ({covered}), {self.agreed} right ({right})"


@dataclass(frozen=True, slots=True)
class Check:
    """Result of one outside check; `faults` are reasons to fail loudly."""

    name: str
    title: str
    rows: tuple[Row, ...]
    tallies: Mapping[str, Tally]
    faults: tuple[str, ...] = ()
    remarks: Mapping[str, str] = field(default_factory=dict)

    def disagreeing(self) -> tuple[Row, ...]:
        """The rows with a proposal other than the source's result."""
        return tuple(one for one in self.rows if one.verdict is Verdict.DISAGREES)

    def differing(self) -> tuple[Row, ...]:
        """These, and the rows without a proposal where that is declared as a difference of the law."""
        return tuple(one for one in self.rows if one.verdict is Verdict.DISAGREES or one.note)

    def open_kinds(self) -> dict[str, int]:
        """How many rows stayed open, by what was missing, most frequent first."""
        count = Counter(one.kind for one in self.rows if one.verdict is Verdict.OPEN)
        return dict(sorted(count.items(), key=lambda pair: (-pair[1], pair[0])))


def tally(rows: Iterable[Row]) -> Tally:
    """Count rows."""
    verdicts = Counter(one.verdict for one in rows)
    agreed, differing = verdicts[Verdict.AGREES], verdicts[Verdict.DISAGREES]
    return Tally(sum(verdicts.values()), agreed + differing, agreed)


def percent(share: Fraction) -> str:
    """One decimal, rounded half up: "55.0 %"."""
    tenths = (share * 2000 + 1) // 2
    return f"{tenths // 10}.{tenths % 10} %"
