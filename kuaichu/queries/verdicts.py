"""What anyone may be told about a paper: an answer in one word, what was checked, and masked data.

Masking follows the column "public verify page" of the masking table: plates as 鲁M1**45, the unit but not the
officer, no name, identity number, phone number or place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kuaichu.desks.documents import checking
from kuaichu.desks.documents.models import Paper
from kuaichu.desks.documents.papers.facts import PARTY_CODES, BadFacts, mask_plate, walk
from kuaichu.desks.documents.papers.facts import Paper as PaperFacts
from kuaichu.desks.documents.papers.kinds import KINDS
from kuaichu.queries.public_log import LogPlace

_LONG_NUMBER = re.compile(r"[0-9Xx][0-9Xx\s-]{5,}[0-9Xx]")
_PERSONAL = re.compile(r"(name|document_no|phone|plate|policy|claim_no|officer|badge|place)$")


class Answer(StrEnum):
    """The answer of the verification page in one word."""

    VALID = "valid"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    MAKING = "making"
    OTHER_BYTES = "other_bytes"
    ALTERED = "altered"
    NOT_OURS = "not_ours"
    KEY_NOT_VALID = "key_not_valid"
    SEALED = "sealed"
    UNKNOWN = "unknown"
    CODE_NEEDED = "code_needed"
    SLIP = "slip"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"


class State(StrEnum):
    """How one check ended; `OPEN` could not be decided, which is neither good nor bad."""

    OK = "ok"
    BAD = "bad"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked, and what was compared (a hash, an index, a number)."""

    name: str
    state: State
    value: str = ""

    @classmethod
    def of(cls, name: str, passed: bool | None, value: str = "") -> Check:
        """From a yes, a no, or None for undecided."""
        return cls(name, State.OPEN if passed is None else State.OK if passed else State.BAD, value)


@dataclass(frozen=True, slots=True)
class PublicParty:
    """A party as anyone may see it: its code on the paper, masked plate ("" without one), grade."""

    code: str
    plate: str
    grade: str


@dataclass(frozen=True, slots=True)
class PublicPaper:
    """A paper as anyone may see it. `issued_at` is the time printed on it."""

    kind: str
    number: str
    unit: str
    issued_at: datetime
    parties: tuple[PublicParty, ...]
    ended_at: datetime | None
    ended_why: str
    successor: str


@dataclass(frozen=True, slots=True)
class Sums:
    """Hashes of the uploaded bytes, and of the issued file where it is known (hex; size in bytes)."""

    sha256: str
    sm3: str
    size: int
    issued_sha256: str = ""
    issued_sm3: str = ""

    @property
    def equal(self) -> bool:
        """Whether these are the issued bytes, by both hashes."""
        return (self.sha256, self.sm3) == (self.issued_sha256, self.issued_sm3)


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal that leads to a root we trust. `authority` is the name of the time-stamp authority.

    `own_root`: the root is this installation's own and not that of a licensed authority, which makes the
    signature a reliable one only where that was agreed (Electronic Signature Law Art. 13).
    """

    unit: str
    signed_at: datetime | None
    stamped_at: datetime | None
    authority: str
    own_root: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """The whole answer. `way` is number, code, qr or file; `why` is a code that makes the answer precise.

    `changes`: what was altered in a file, and where.
    """

    answer: Answer
    way: str
    why: str = ""
    paper: PublicPaper | None = None
    checks: tuple[Check, ...] = ()
    places: tuple[LogPlace, ...] = ()
    sums: Sums | None = None
    seal: Seal | None = None
    claimed: str = ""
    changes: tuple[checking.Change, ...] = ()


Judge = Callable[[bytes, checking.Trust], checking.Report]
"""How a file is judged: `checking.check` itself, or a process of its own where strangers send files."""


def facts_of(paper: Paper) -> PaperFacts | None:
    """The frozen facts, None when the stored bytes are no longer facts."""
    try:
        return KINDS[paper.kind].from_json(bytes(paper.facts))
    except (BadFacts, KeyError, ValueError):
        return None


def public_paper(paper: Paper, facts: PaperFacts | None) -> PublicPaper:
    """The masked view of a paper."""
    return PublicPaper(
        kind=paper.kind,
        number=paper.number,
        unit=str(getattr(facts, "unit", "")),
        issued_at=facts.issued_at if facts is not None else paper.numbered_at,
        parties=_parties(facts),
        ended_at=paper.ended_at,
        ended_why=_without_persons(paper.ended_why, facts),
        successor=paper.superseded_by.number if paper.superseded_by is not None else "",
    )


def _parties(facts: PaperFacts | None) -> tuple[PublicParty, ...]:
    plates: tuple[str, ...] = getattr(facts, "plates", ())
    grades: tuple[str, ...] = getattr(facts, "grades", ())
    return tuple(
        PublicParty(code, mask_plate(plate) if plate else "", str(grade))
        for code, plate, grade in zip(PARTY_CODES, plates, grades, strict=False)
    )


def _without_persons(text: str, facts: PaperFacts | None) -> str:
    """A reason an officer typed, without what the paper itself says of persons and without long numbers."""
    for path, value in walk(facts) if facts is not None else ():
        if _PERSONAL.search(path) and isinstance(value, str) and len(value) > 1:
            for form in {value, value.replace("·", "")}:
                text = text.replace(form, "…")
    return _LONG_NUMBER.sub("…", text)
