"""One photograph as its officer examines it: making, hashes, custody, likeness, and what is blurred."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import custody, likenesses, redactions
from kuaichu.cases.models import Evidence, Likeness, Redaction
from kuaichu.cases.redactions import Area
from kuaichu.desks.liability import determinations
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.objects import read
from kuaichu.kernel.prepared import find_one
from kuaichu.kernel.refusals import NotFound
from kuaichu.queries import looks, officer_case
from kuaichu.queries.custody import Line, record_of
from kuaichu.queries.officer_case import OfficerCase, Photo

PURPOSES = ("determination", "review", "court", "fraud_check")
"""For what an officer may ask for an original."""


@dataclass(frozen=True, slots=True)
class Like:
    """A photograph of an earlier case that looks like this one."""

    row: Likeness
    words: str


@dataclass(frozen=True, slots=True)
class Record:
    """Everything about one photograph."""

    found: OfficerCase
    photo: Photo
    custody: list[Line]
    likes: list[Like]
    redaction: Redaction | None
    areas: list[Area]


def evidence_record(viewer: Actor, case_id: UUID, evidence_id: UUID) -> Record:
    """A photograph of a case of this officer; raises NotFound. The look is noted, also in its custody."""
    found = officer_case.looked_at(viewer, case_id)
    photo = next((one for one in officer_case.photos(found) if one.row.pk == evidence_id), None)
    if photo is None:
        raise NotFound(_("There is no such photograph."))
    custody.note_once(viewer, photo.row, custody.LOOKED, purpose=officer_case.PURPOSE)
    redaction = redactions.of(evidence_id)
    likes = [Like(one, _words(one)) for one in likenesses.of_case(case_id) if one.evidence_id == evidence_id]
    areas = redactions.areas_of(redaction) if redaction else []
    return Record(found, photo, record_of(photo.row), likes, redaction, areas)


def original(viewer: Actor, case_id: UUID, evidence_id: UUID, purpose: str) -> tuple[Evidence, bytes]:
    """The original's bytes, for a purpose that is noted. Raises NotFound, also for an unknown purpose."""
    row = officer_case.photo(viewer, case_id, evidence_id)
    if purpose not in PURPOSES:
        raise NotFound(_("Say for what the original is needed."))
    data = read(row.sha256)
    looks.note(viewer, case_id, f"original_{purpose}")
    custody.note(viewer, row, custody.LOOKED, purpose=f"original: {purpose}")
    return row, data


def like_photo(viewer: Actor, case_id: UUID, likeness_id: UUID) -> Evidence:
    """The photograph of the earlier case; raises NotFound. The look is noted in that case, too."""
    determinations.held_by(viewer, case_id)
    row = find_one(Likeness, related="like", pk=likeness_id, evidence__case_id=case_id)
    if row is None or row.like.case.city != viewer.city:
        raise NotFound(_("There is no such photograph."))
    looks.note(viewer, row.like.case_id, "likeness")
    custody.note_once(viewer, row.like, custody.LOOKED, purpose="likeness")
    return row.like


def _words(one: Likeness) -> str:
    told: dict[str, Any] = {"number": one.like.case.number, "bits": one.distance, "points": one.inliers}
    if not one.distance and not one.inliers:
        return _("The very same file lies in case %(number)s.") % told
    return _("Resembles a photograph of case %(number)s: %(points)d points lie alike.") % told
