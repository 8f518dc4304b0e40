"""Papers of a case as who stands at its scene may print and serve them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.cases.models import Case, Party
from kuaichu.desks.dispatch import tasks
from kuaichu.desks.documents.models import Paper
from kuaichu.desks.liability.grades import Grade
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import NotAllowed, NotFound
from kuaichu.people.masks import mask_name
from kuaichu.queries import looks

PURPOSE = "print"
SERVES = "dispatch.witness"
"""Police and their auxiliaries serve papers; who else comes to the scene does not."""


@dataclass(frozen=True, slots=True)
class Side:
    """A party on the slip: its name is masked, because slips are lost."""

    name: str
    plate: str
    grade: str


@dataclass(frozen=True, slots=True)
class Slip:
    """What a receipt printer has room for: which paper, about what, and how to read and check it whole."""

    paper: Paper
    case: Case
    unit: str
    occurred_at: datetime
    place: str
    sides: tuple[Side, ...]


def printable(viewer: Actor, task_id: UUID) -> tuple[Case, list[Paper], list[Party]]:
    """The valid papers of the case, and whom a link can be sent; raises NotFound, NotAllowed."""
    case = _case(viewer, task_id)
    rows = Paper.objects.filter(case=case, status=Paper.Status.ISSUED).order_by("numbered_at")
    return case, list(rows), [p for p in files.parties(case.pk) if p.phone]


def paper_of(viewer: Actor, task_id: UUID, paper_id: UUID) -> Paper:
    """One of them; the look is noted. Raises NotFound for any other, NotAllowed."""
    case = _case(viewer, task_id)
    row = Paper.objects.filter(pk=paper_id, case=case, status=Paper.Status.ISSUED).first()
    if row is None:
        raise NotFound(_("There is no such paper in this case."))
    looks.note(viewer, case.pk, PURPOSE)
    return row


def slip_of(viewer: Actor, task_id: UUID, paper_id: UUID) -> Slip:
    """The slip of a paper, from its frozen facts."""
    row = paper_of(viewer, task_id, paper_id)
    facts: dict[str, Any] = msgspec.json.decode(bytes(row.facts))
    grades = facts.get("grades") or [one.get("grade", "") for one in facts.get("parties", [])]
    sides = zip(facts.get("parties", []), grades, strict=False)
    case = files.case(row.case_id)
    return Slip(
        paper=row,
        case=case,
        unit=str(facts.get("unit", "")),
        occurred_at=case.happened_at,
        place=str(facts.get("place", case.place)),
        sides=tuple(_side(one, grade) for one, grade in sides),
    )


def _side(party: dict[str, Any], grade: str) -> Side:
    chinese = not (get_language() or "").startswith("en")
    known = Grade(grade) if grade in set(Grade) else None
    words = (known.zh if chinese else known.en) if known else ""
    return Side(mask_name(str(party.get("name", ""))), str(party.get("plate", "")), words)


def _case(viewer: Actor, task_id: UUID) -> Case:
    case_id = tasks.held(viewer, task_id).case_id
    tasks.at_scene(viewer, case_id)
    if not viewer.may(SERVES):
        raise NotAllowed(_("Only the police print and serve papers."), code="not_granted")
    return files.case(case_id)
