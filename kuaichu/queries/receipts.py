"""The evidence receipts of a case as its parties see them, ready to be shown to another phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from kuaichu.cases import receipt_text, receipts
from kuaichu.cases.evidence import PRIVATE
from kuaichu.cases.models import Case, Evidence, Receipt
from kuaichu.cases.rules import rules
from kuaichu.cases.shared_copies import PAPERS
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.prepared import find
from kuaichu.queries import custody
from kuaichu.queries.fact_words import shot_name


@dataclass(frozen=True, slots=True)
class Line:
    """One photograph of a receipt; `photo` is None where the viewer may not look at it.

    `done` is what was done with it, in short.
    """

    name: str
    sha256: str
    sm3: str
    photo: Evidence | None
    done: tuple[custody.Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A receipt: its row, its frames as QR texts, its photographs, and how many came after it."""

    row: Receipt
    frames: tuple[str, ...]
    lines: tuple[Line, ...]
    unsealed: int

    @property
    def text(self) -> str:
        """What a kept file holds: lines of frames, each readable by any scanner."""
        return "\n".join(self.frames)


def shown(viewer: Actor, case_id: UUID) -> Shown | None:
    """The newest receipt of the viewer's own case; None while nothing is sealed."""
    assert viewer.case_id == case_id
    row = receipts.newest(case_id)
    if row is None:
        return None
    every = find(Evidence, "received_at", case_id=case_id)
    hidden = {*PAPERS, *PRIVATE}
    photos = {str(p.pk): p for p in every if p.party_id == viewer.party_id or p.shot not in hidden}
    done = custody.record_for_party(case_id, photos.values())
    lines = [_line(one, photos.get(str(one["evidence_id"])), done) for one in row.entries]
    named = {str(one["evidence_id"]) for one in row.entries}
    frames = receipt_text.frames(row.sealed, urlsplit(settings.BASE_URL).netloc)
    unsealed = sum(str(p.pk) not in named for p in every)
    return Shown(row, tuple(frames), tuple(lines), unsealed)


def _line(entry: dict[str, Any], photo: Evidence | None, done: dict[UUID, list[custody.Line]]) -> Line:
    known = tuple(done.get(photo.pk, ())) if photo else ()
    return Line(shot_name(str(entry["shot"])), str(entry["sha256"]), str(entry["sm3"]), photo, known)


def waited_for(case: Case, kept: set[str]) -> list[str]:
    """The names of the photographs that are still missing for a receipt; `kept` are the shots received."""
    return [shot_name(shot) for shot in rules(case.city).shots if shot not in kept]
