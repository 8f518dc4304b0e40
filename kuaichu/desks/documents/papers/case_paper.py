"""What papers about one accident state first: unit, file, when, where, who; and the lines of their tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from kuaichu.desks.documents.papers.facts import PARTY_CODES, BadFacts, Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody a paper names. What does not apply is "" and is struck on the paper."""

    name: str
    document_no: str = ""
    phone: str = ""
    plate: str = ""
    vehicle: str = ""
    insurer: str = ""
    policy: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A line of money in whole fen; `to` and `by` name who receives and who pays, "" for nobody."""

    item: str
    fen: int
    by: str = ""
    to: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePaper(Paper):
    """The head that papers of one accident share. `officers` sign, `notices` are printed beside the QR."""

    SCHEMA: ClassVar[int] = 1
    FEWEST: ClassVar[int] = 1

    unit: str
    case_number: str
    occurred_at: datetime
    place: str
    parties: tuple[Person, ...]
    officers: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    def check(self) -> None:
        """No more parties than codes, none nameless, and no negative money."""
        Paper.check(self)
        if not self.FEWEST <= len(self.parties) <= len(PARTY_CODES):
            raise BadFacts(f"parties: {self.FEWEST} to {len(PARTY_CODES)}")
        for index, party in enumerate(self.parties):
            if not party.name.strip():
                raise BadFacts(f"parties[{index}].name: empty")

    @property
    def plates(self) -> tuple[str, ...]:
        """Plates in party order, "" for a party without one."""
        return tuple(party.plate for party in self.parties)


def total(amounts: tuple[Amount, ...], path: str) -> int:
    """The sum in fen; raises `BadFacts` at `path` for a negative line."""
    for index, line in enumerate(amounts):
        if line.fen < 0:
            raise BadFacts(f"{path}[{index}].fen: negative")
    return sum(line.fen for line in amounts)


def filled(facts: Paper, *names: str) -> None:
    """Raise `BadFacts` for the first of these texts that is empty."""
    for name in names:
        value = getattr(facts, name)
        if not (value.strip() if isinstance(value, str) else value):
            raise BadFacts(f"{name}: empty")
