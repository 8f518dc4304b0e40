"""Photographs: taken in as they are, checked, hashed, kept for ever; shown only as fresh copies."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.conf import settings
from django.utils.translation import gettext as _

from kuaichu.cases import files
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

SHOTS = ("front", "rear", "contact", "plate", "licence", "sign", "wheels", "damage", "other")


_KNOWN = Prepared(
    lambda case_id, client_id: Evidence.objects.filter(case_id=case_id, client_id=client_id), UUID, UUID
)
_OF_CASE = Prepared(lambda case_id: Evidence.objects.filter(case_id=case_id).values_list("pk"), UUID)


@dataclass(frozen=True)
class Photographed(Fact, name="cases.photographed"):
    """A photograph arrived and its original was kept."""

    evidence_id: str
    party_id: str
    shot: str
    sha256: str
    sm3: str
    size: int
    source: str


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


def photograph(actor: Actor, case_id: UUID, capture: Capture, data: bytes) -> Evidence:
    """Keep a photograph. The same `client_id` is kept once, whatever is sent again.

    Raises Invalid when it is no usable image or arrived incomplete (its hash differs), WrongState when
    the case takes no more.
    """
    known = _KNOWN.first(case_id, capture.client_id)
    if known is not None:
        return _again(actor, known, capture)
    if capture.shot not in SHOTS:
        raise Invalid(
            _("This kind of photograph is unknown."), fields={"shot": _("Choose one of the kinds.")}
        )
    insist_granted(actor, "cases.photograph", case_id)
    files.own_party(actor, case_id)
    _insist_room(files.case(case_id))
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
        known = _KNOWN.first(case_id, capture.client_id)
        if known is not None:
            step.already()
            return _again(actor, known, capture)
        _insist_room(case)
        row = _row(actor, case, capture, picture, stored)
        insert(row)
        step.record(
            Photographed(
                evidence_id=str(row.pk),
                party_id=str(actor.party_id or ""),
                shot=row.shot,
                sha256=row.sha256,
                sm3=row.sm3,
                size=row.size,
                source=row.source,
            )
        )
    return row


def _again(actor: Actor, known: Evidence, capture: Capture) -> Evidence:
    files.own_party(actor, known.case_id)
    if capture.sha256 and capture.sha256.lower() != known.sha256:
        raise WrongState(_("Another photograph was sent under this number."), code="client_id_reused")
    return known


def _insist_room(case: Case) -> None:
    if case.status in (Case.Status.CLOSED, Case.Status.WITHDRAWN):
        raise WrongState(_("This case is closed and takes no more photographs."))
    most = rules(case.city).most_photos
    if len(_OF_CASE.rows(case.pk)) >= most:
        text = _("This case already has %(most)d photographs.") % {"most": most}
        raise WrongState(text, code="too_many_photos")


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
        source="in_app" if capture.source == "in_app" else "gallery",
        captured_at=_aware(capture.captured_at),
        received_at=now,
        lon=_within(capture.lon, 180),
        lat=_within(capture.lat, 90),
        accuracy_m=_within(capture.accuracy_m, 1e7),
        exif=picture.exif,
        remarks=remarks(case, capture, picture.exif, now),
    )


def _within(value: float | None, most: float) -> float | None:
    """A sensor's number, or None for one that cannot be: a photograph is never refused for its sensors."""
    return value if value is not None and math.isfinite(value) and abs(value) <= most else None


def _aware(moment: datetime | None) -> datetime | None:
    """A phone's time; without an offset it is taken as China's."""
    return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=clock.CHINA)


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
    if capture.source != "in_app":
        found.append("from_gallery")
    return found
