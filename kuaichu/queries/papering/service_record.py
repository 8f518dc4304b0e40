"""Who received which version of which paper, when and how; and what still waits to be handed over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kuaichu.cases.models import Party
from kuaichu.desks.documents.models import CERTIFICATES, Paper, Service
from kuaichu.kernel.actors import Actor
from kuaichu.people.masks import mask_name

OPEN = (Service.Status.WAITING, Service.Status.SENT)
MOST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One paper and one party; the name masked as on a list that several people see."""

    row: Service
    paper: Paper
    case_number: str
    label: str
    name: str
    phone_end: str

    @property
    def posted(self) -> bool:
        """Whether it is on its way by post."""
        return self.row.status == Service.Status.SENT and self.row.way == Service.Way.POST

    @property
    def waits(self) -> bool:
        """Whether it waits to be handed over or posted."""
        return self.row.status == Service.Status.WAITING


def to_hand_over(viewer: Actor) -> list[Line]:
    """What waits in print, and what is on its way by post, in the viewer's city; the oldest first."""
    waiting = Service.objects.filter(city=viewer.city, status=Service.Status.WAITING)
    posted = Service.objects.filter(city=viewer.city, status=Service.Status.SENT, way=Service.Way.POST)
    rows = (waiting | posted).select_related("paper", "case").order_by("id")
    alive = rows.filter(paper__status=Paper.Status.ISSUED)
    return _lines(alive[:MOST])


def settled(viewer: Actor, most: int = 30) -> list[Line]:
    """What was received or refused of late in the viewer's city, the newest first."""
    rows = Service.objects.filter(city=viewer.city).exclude(status__in=OPEN)
    return _lines(rows.select_related("paper", "case").order_by("-served_at")[:most])


def record_of(case_id: UUID) -> list[Line]:
    """All services of a case: each version of each paper, by party."""
    rows = Service.objects.filter(case_id=case_id).select_related("paper", "case")
    return _lines(rows.order_by("paper__numbered_at", "party_id"))


def line_of(viewer: Actor, service_id: UUID) -> Line | None:
    """One service of the viewer's city."""
    rows = Service.objects.filter(pk=service_id, city=viewer.city).select_related("paper", "case")
    return next(iter(_lines(rows)), None)


def own_receipts(party: Party) -> dict[UUID, datetime | None]:
    """When this party confirmed each paper other than a certificate that was served on it; None: not yet."""
    rows = Service.objects.filter(case_id=party.case_id, party_id=party.pk)
    open_or_received = rows.exclude(paper__kind__in=CERTIFICATES).exclude(status=Service.Status.REFUSED)
    return dict(open_or_received.values_list("paper_id", "received_at"))


def _lines(rows: Iterable[Service]) -> list[Line]:
    found = list(rows)
    parties = Party.objects.in_bulk([row.party_id for row in found])
    return [_line(row, parties[row.party_id]) for row in found if row.party_id in parties]


def _line(row: Service, party: Party) -> Line:
    return Line(
        row=row,
        paper=row.paper,
        case_number=row.case.number,
        label=party.label,
        name=mask_name(party.name) if party.name else "",
        phone_end=party.phone[-4:] if party.phone else "",
    )
