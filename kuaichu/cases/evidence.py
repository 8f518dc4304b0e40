"""Photographs: taken in as they are, checked, hashed, kept for ever; shown only as fresh copies."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.conf import settings
from django.utils.translation import gettext as _

from kuaichu.cases import custody, files, receipts
from kuaichu.cases.capturing import SOURCES
from kuaichu.cases.models import Case, Evidence
from kuaichu.cases.pictures import Picture, examine
from kuaichu.cases.rules import rules
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act, insist_granted
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.objects import store
from kuaichu.kernel.prepared import Prepared, insert
from kuaichu.kernel.refusals import Invalid, WrongState

AT_THE_SCENE = timedelta(hours=2)
SHOTS = (
    "front", "rear", "contact", "plate", "licence", "sign", "wheels", "damage", "medical", "object", "note",
    "form", "other",
)  # fmt: skip
PRIVATE = frozenset({"medical"})
"""Kinds that only their own party and the police see (medical data: PIPL Art. 28)."""


_KNOWN = Prepared(
    lambda case_id, client_id: Evidence.objects.filter(case_id=case_id, client_id=client_id), UUID, UUID
)
_OF_CASE = Prepared(
    lambda case_id: Evidence.objects.filter(case_id=case_id).values_list("shot", "received_at"), UUID
)


@dataclass(frozen=True)
class Photographed(Fact, name="cases.photographed"):
    """A photograph arrived and its original was kept. `seal`: whether a receipt follows "now" or "later";
    `late`: after everybody had confirmed, when an officer may be waiting for it.
    """

    evidence_id: str
    party_id: str
    shot: str
    sha256: str
    sm3: str
    size: int
    source: str
    seal: str = ""
    late: bool = False


class Capture(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the sender says about a photograph."""

    client_id: UUID
    shot: str
    sha256: str = ""
    source: str = "gallery"
    captured_at: datetime | None = None
    lon: float | None = None
    lat: float | None = None
    accuracy_m: float | None = None
    device: dict[str, Any] = {}
    quality: dict[str, Any] = {}


def photograph(actor: Actor, case_id: UUID, capture: Capture, data: bytes) -> Evidence:
    """Keep a photograph. The same `client_id` is kept once, whatever is sent again.

    Raises Invalid when it is no usable image or arrived incomplete (its hash differs), WrongState when
    the case takes no more.
    """
    before = known(case_id, capture.client_id)
    if before is not None:
        return _again(actor, before, capture)
    if capture.shot not in SHOTS:
        raise Invalid(
            _("This kind of photograph is unknown."), fields={"shot": _("Choose one of the kinds.")}
        )
    insist_granted(actor, "cases.photograph", case_id)
    files.insist_inside(actor, case_id)
    insist_room(files.case(case_id))
    picture = examine(data)
    if capture.sha256 and capture.sha256.lower() != hashlib.sha256(data).hexdigest():
        raise Invalid(
            _("The photograph did not arrive whole. It is still on your phone; send it again."),
            code="hash_differs",
            fields={"photo": _("Send it again.")},
        )
    stored = store().put(data, settings.PHOTO_MAX_BYTES)
    with act(actor, "cases.photograph", case_id) as step:
        case = files.case(case_id)
        before = known(case_id, capture.client_id)
        if before is not None:
            step.already()
            return _again(actor, before, capture)
        others = insist_room(case)
        row = _row(actor, case, capture, picture, stored)
        insert(row)
        custody.note(actor, row, custody.RECEIVED, purpose=row.source, at=row.received_at)
        step.record(
            Photographed(
                evidence_id=str(row.pk),
                party_id=str(actor.party_id or ""),
                shot=row.shot,
                sha256=row.sha256,
                sm3=row.sm3,
                size=row.size,
                source=row.source,
                seal=receipts.seals(case, others, row.shot, row.received_at),
                late=case.status != Case.Status.REPORTING,
            )
        )
    return row


def _again(actor: Actor, before: Evidence, capture: Capture) -> Evidence:
    files.insist_inside(actor, before.case_id)
    if capture.sha256 and capture.sha256.lower() != before.sha256:
        raise WrongState(_("Another photograph was sent under this number."), code="client_id_reused")
    return before


def known(case_id: UUID, client_id: UUID) -> Evidence | None:
    """The photograph that was kept under this id, if there is one."""
    return _KNOWN.first(case_id, client_id)


def insist_room(case: Case) -> list[tuple[str, datetime]]:
    """Shot and time of the photographs a case has. Raises WrongState when it takes no more."""
    if case.status in (Case.Status.CLOSED, Case.Status.WITHDRAWN):
        raise WrongState(_("This case is closed and takes no more photographs."))
    most = rules(case.city).most_photos
    kept = _OF_CASE.rows(case.pk)
    if len(kept) >= most:
        text = _("This case already has %(most)d photographs.") % {"most": most}
        raise WrongState(text, code="too_many_photos")
    return [(shot, at) for shot, at in kept]


def _row(actor: Actor, case: Case, capture: Capture, picture: Picture, stored: Any) -> Evidence:
    now = clock.now()
    return Evidence(
        case=case,
        party_id=actor.party_id,
        client_id=capture.client_id,
        shot=capture.shot,
        sha256=stored.sha256,
        sm3=stored.sm3,
        size=stored.size,
        mime=picture.mime,
        width=picture.width,
        height=picture.height,
        source=capture.source if capture.source in SOURCES else "gallery",
        captured_at=_aware(capture.captured_at),
        received_at=now,
        lon=_within(capture.lon, 180),
        lat=_within(capture.lat, 90),
        accuracy_m=_within(capture.accuracy_m, 1e7),
        exif=picture.exif,
        remarks=remarks(case, capture, picture.exif, now),
        device=capture.device,
        quality=capture.quality,
    )


def _within(value: float | None, most: float) -> float | None:
    """A sensor's number, or None for one that cannot be: a photograph is never refused for its sensors."""
    return value if value is not None and math.isfinite(value) and abs(value) <= most else None


def _aware(moment: datetime | None) -> datetime | None:
    """A phone's time; without an offset it is taken as China's, one outside the calendar is none."""
    if moment is None:
        return None
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=clock.CHINA)).astimezone(UTC)
    except OverflowError:
        return None


def remarks(case: Case, capture: Capture, exif: dict[str, Any], now: datetime) -> list[str]:
    """Codes of what an officer should notice about this photograph (domain note under the shot list)."""
    found: list[str] = []
    taken = _aware(capture.captured_at)
    if exif.get("taken_at"):
        taken = datetime.fromisoformat(exif["taken_at"])
    if taken is not None and taken < case.happened_at - timedelta(minutes=10):
        found.append("taken_before_accident")
    if taken is not None and taken > now + timedelta(minutes=10):
        found.append("taken_in_future")
    if capture.source not in ("in_app", "camera"):
        found.append("from_gallery")
    if capture.source != "in_app" and _left_the_scene(case, now):
        found.append("late_import")
    return found


def _left_the_scene(case: Case, now: datetime) -> bool:
    """Whether the party is gone from the place: the cars were moved, or it is long ago."""
    return case.cleared_at is not None or now - case.happened_at > AT_THE_SCENE
