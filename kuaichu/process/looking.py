"""Photographs arrived → what others may not see is found, and whether an earlier case has the like.

Everything that needs a machine that sees runs in the lane `vision`; nothing waits for it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings

from kuaichu.cases import likenesses, readings, redactions
from kuaichu.cases.models import Evidence
from kuaichu.cases.ports import Faces, Likener
from kuaichu.cases.redactions import Area
from kuaichu.cases.sight import Quad
from kuaichu.kernel.objects import read
from kuaichu.kernel.ports import adapter
from kuaichu.kernel.wirings import Consequence, Event, do
from kuaichu.people.roles import system

LANE = "vision"


def find_like(event: Event) -> None:
    """Compare a photograph of a scene with those of all earlier cases of the city."""
    photo = _photo(event)
    if photo is not None:
        eye: Likener = _adapter("likeness", "opencv")
        likenesses.look(system(event.city), photo, eye)


def find_bystanders(event: Event) -> None:
    """Find faces and plates, so that copies for others can be blurred."""
    photo = _photo(event)
    if photo is None or redactions.of(photo.pk) is not None:
        return
    faces: Faces = _adapter("faces", "haar")
    data = read(photo.sha256)
    plates, engine = _plates(photo, data)
    found = [Area(*box, kind=redactions.FACE) for box in faces.find(data)] + plates
    redactions.propose(system(event.city), photo, found, " ".join(filter(None, (faces.version, engine))))


LOOK: tuple[Consequence, ...] = (
    do(find_bystanders, lane=LANE, priority=5),
    do(find_like, lane=LANE, priority=6, when=lambda f: f.shot not in likenesses.PAPERS),
)
"""What else follows from a photograph, after it was read."""


def _photo(event: Event) -> Evidence | None:
    """The photograph, None when it was erased meanwhile."""
    row = Evidence.objects.select_related("case").filter(pk=UUID(event.fact.evidence_id)).first()
    return None if row is None or "erased" in row.remarks else row


def _plates(photo: Evidence, data: bytes) -> tuple[list[Area], str]:
    """All plates in the picture, with what was read, and by which engine."""
    reader = readings.reader(photo.case.city)
    if reader is None:
        return [], ""
    lines = reader.read(data, "scene").lines
    return [_area(text, quad) for text, _score, quad in lines], reader.version


def _area(text: str, quad: Quad) -> Area:
    left, top = min(x for x, _ in quad), min(y for _, y in quad)
    right, bottom = max(x for x, _ in quad), max(y for _, y in quad)
    left, top, right, bottom = (min(1.0, max(0.0, one)) for one in (left, top, right, bottom))
    return Area(left, top, right - left, bottom - top, redactions.PLATE, text[:16])


def _adapter(port: str, usual: str) -> Any:
    return adapter(port, {"adapter": usual, **settings.CONNECTORS.get(port, {})})
