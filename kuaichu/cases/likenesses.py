"""Photographs of earlier cases that look like one of this case: a sign for the officer, never a verdict.

The very same bytes are found by their hash, without any machine that sees. Scenes are compared by perceptual
hashes (`Fingerprint`) and then point by point; papers never, because different licences look alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from kuaichu.cases import custody, files
from kuaichu.cases.models import Case, Evidence, Fingerprint, Likeness
from kuaichu.cases.ports import Likener
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.ids import new_id
from kuaichu.kernel.locks import writing
from kuaichu.kernel.objects import read
from kuaichu.kernel.prepared import Prepared, find, find_one, insert
from kuaichu.kernel.refusals import NotFound

PAPERS: Final = ("plate", "licence", "medical", "form")
SAME: Final = 0
MOST: Final = 6
"""So many candidates are compared point by point."""
ENOUGH: Final = 30
"""Points that must lie alike in both pictures; true copies have some hundred."""
OVERLAP: Final = timedelta(days=1)
_ALIKE = Prepared(
    lambda case_id: Likeness.objects.filter(evidence__case_id=case_id).values_list("evidence_id"), UUID
)


@dataclass(frozen=True)
class LikenessFound(Fact, name="cases.likeness_found"):
    """A photograph looks like one of an earlier case. `inliers` 0 with `distance` 0: the very same bytes."""

    evidence_id: str
    like_id: str
    distance: int
    inliers: int


def find_same(actor: Actor, case_id: UUID) -> int:
    """Note the photographs of this case whose very bytes lie in an earlier one; how many."""
    own = find(Evidence, case_id=case_id)
    others = Evidence.objects.select_related("case").filter(sha256__in={one.sha256 for one in own})
    earlier = [one for one in others.exclude(case_id=case_id) if _counts(one)]
    pairs = [(one, other) for one in own for other in earlier if other.sha256 == one.sha256]
    return sum(record(actor, one, other) for one, other in pairs if _before(other, one))


def look(actor: Actor, photo: Evidence, eye: Likener) -> int:
    """Fingerprint a photograph of a scene, and note which earlier ones it looks like; how many."""
    if photo.shot in PAPERS:
        return 0
    data = read(photo.sha256)
    hashes = eye.hashes(data)
    if hashes is None:
        return 0
    _keep(photo, hashes)
    eye.learn(photo.case.city, _newer(photo, eye))
    near = eye.nearest(photo.case.city, data, MOST * 8)
    rows = Evidence.objects.select_related("case").in_bulk([one for one, _distance in near])
    earlier = [(rows[one], bits) for one, bits in near if one in rows and _earlier(rows[one], photo)]
    found = 0
    for other, distance in earlier[:MOST]:
        inliers = _inliers(eye, data, other)
        if inliers >= ENOUGH:
            found += record(actor, photo, other, distance, inliers)
    return found


def record(actor: Actor, photo: Evidence, like: Evidence, distance: int = SAME, inliers: int = 0) -> bool:
    """Note that one looks like the other, once; whether it is new."""
    with act(actor, "cases.note_likeness", photo.case_id) as step:
        case = files.case(photo.case_id)
        if case.city != actor.city or find_one(Likeness, evidence_id=photo.pk, like_id=like.pk) is not None:
            step.already()
            return False
        insert(
            Likeness(
                id=new_id(),
                evidence=photo,
                like=like,
                distance=distance,
                inliers=inliers,
                found_at=clock.now(),
            )
        )
        custody.note(actor, like, custody.COMPARED, purpose=case.number)
        step.record(
            LikenessFound(evidence_id=str(photo.pk), like_id=str(like.pk), distance=distance, inliers=inliers)
        )
    return True


def alike(case_id: UUID) -> set[UUID]:
    """The photographs of a case that look like one of an earlier case."""
    return {row[0] for row in _ALIKE.rows(case_id)}


def of_case(case_id: UUID) -> list[Likeness]:
    """What was noted about the photographs of a case, likest first."""
    rows = Likeness.objects.select_related("evidence", "like", "like__case")
    return list(rows.filter(evidence__case_id=case_id).order_by("distance", "-inliers"))


def _keep(photo: Evidence, hashes: bytes) -> None:
    with writing():
        if find_one(Fingerprint, evidence_id=photo.pk) is None:
            Fingerprint.objects.create(evidence=photo, city=photo.case.city, hashes=hashes)


def _newer(photo: Evidence, eye: Likener) -> Sequence[tuple[UUID, bytes]]:
    """The fingerprints of the city this process has not learnt yet, and some that it has: rows come late."""
    rows = Fingerprint.objects.filter(city=photo.case.city)
    since = eye.known_until(photo.case.city)
    if since is not None:
        rows = rows.filter(evidence__received_at__gt=since - OVERLAP)
    return [(one, bytes(hashes)) for one, hashes in rows.values_list("evidence_id", "hashes").iterator()]


def _inliers(eye: Likener, data: bytes, other: Evidence) -> int:
    try:
        return eye.inliers(data, read(other.sha256))
    except NotFound:  # erased meanwhile
        return 0


def _counts(other: Evidence) -> bool:
    return other.case.status != Case.Status.WITHDRAWN


def _earlier(other: Evidence, photo: Evidence) -> bool:
    """Whether it belongs to an earlier case that counts: within one case likeness is normal."""
    return other.case_id != photo.case_id and _counts(other) and _before(other, photo)


def _before(other: Evidence, photo: Evidence) -> bool:
    return (other.received_at, str(other.pk)) < (photo.received_at, str(photo.pk))
