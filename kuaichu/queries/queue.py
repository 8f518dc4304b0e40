"""The queue of the remote centre: what waits, what an officer holds, how the day goes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases.models import Case, Evidence
from kuaichu.desks.dispatch.models import SceneRecord
from kuaichu.desks.liability.models import Determination
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.models import Entry
from kuaichu.kernel.refusals import NotAllowed
from kuaichu.people.models import Qualification
from kuaichu.queries.fact_words import handed_to

SHOWN = 50
SEES_QUEUE = ("liability.take", "cases.invite", "documents.revoke")
Status = Determination.Status


@dataclass(frozen=True, slots=True)
class Row:
    """A waiting case: nothing personal, only where, since when and until when."""

    case: Case
    requested_at: datetime
    due_at: datetime
    photos: int
    again: bool


@dataclass(frozen=True, slots=True)
class Handed:
    """A case that left for another procedure."""

    case: Case
    to: str
    at: datetime
    recorded: bool = False

    @property
    def words(self) -> str:
        """Who has it now."""
        return handed_to(self.to)


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of one day; `minutes` is the median from taking to signing, None without any signed."""

    taken: int
    signed: int
    minutes: float | None


@dataclass(frozen=True, slots=True)
class Queue:
    """What one viewer sees of the queue. `qualified_until` is None where no valid qualification is held."""

    waiting: list[Row]
    count: int
    held: Determination | None
    handed: list[Handed]
    figures: Figures
    may_take: bool
    qualified_until: date | None

    @property
    def oldest(self) -> Row | None:
        """The case that has waited longest."""
        return self.waiting[0] if self.waiting else None


def day_start() -> datetime:
    """Midnight of today in China."""
    return datetime.combine(clock.today(), time(), tzinfo=clock.CHINA)


def insist_staff(viewer: Actor) -> None:
    """Refuse viewers who do not work at the centre; raises NotAllowed."""
    if viewer.kind != "staff" or not any(viewer.may(verb) for verb in SEES_QUEUE):
        raise NotAllowed(_("This page is for the police of the remote centre."), code="not_police")


def queue(viewer: Actor) -> Queue:
    """The queue of the viewer's city, oldest first; raises NotAllowed for who does not work there."""
    insist_staff(viewer)
    rows = Determination.objects.filter(city=viewer.city, status=Status.WAITING)
    officer = viewer.may("liability.take")
    return Queue(
        waiting=_rows(list(rows.select_related("case").order_by("requested_at")[:SHOWN])),
        count=rows.count(),
        held=_held(viewer) if officer else None,
        handed=_handed(viewer.city),
        figures=_figures(viewer),
        may_take=officer,
        qualified_until=_qualified_until(viewer) if officer else None,
    )


def _rows(found: list[Determination]) -> list[Row]:
    shots = Evidence.objects.filter(case_id__in=[r.case_id for r in found]).values_list("case_id", flat=True)
    count = list(shots)
    return [Row(r.case, r.requested_at, r.due_at, count.count(r.case_id), bool(r.shunned)) for r in found]


def _held(viewer: Actor) -> Determination | None:
    own = Determination.objects.filter(officer_id=UUID(viewer.id), status=Status.TAKEN)
    return own.select_related("case").first()


def _handed(city: str) -> list[Handed]:
    since = clock.now() - timedelta(days=1)
    entries = Entry.objects.filter(city=city, kind="cases.handed_over", at__gte=since).order_by("-at")[:20]
    cases = Case.objects.in_bulk([e.case_id for e in entries if e.case_id])
    recorded = set(
        SceneRecord.objects.filter(case_id__in=cases, status=SceneRecord.Status.FROZEN).values_list(
            "case_id", flat=True
        )
    )
    return [
        Handed(cases[e.case_id], str((e.payload or {}).get("to")), e.at, e.case_id in recorded)
        for e in entries
        if e.case_id in cases
    ]


def _figures(viewer: Actor) -> Figures:
    own = Determination.objects.filter(officer_id=UUID(viewer.id), taken_at__gte=day_start())
    done = Determination.objects.filter(officer_id=UUID(viewer.id), signed_at__gte=day_start())
    spans = [minutes(a, b) for a, b in done.values_list("taken_at", "signed_at") if a and b]
    return Figures(own.count(), len(spans), median_of(spans))


def minutes(since: datetime, until: datetime) -> float:
    """Minutes between two moments."""
    return (until - since).total_seconds() / 60


def median_of(spans: Iterable[float]) -> float | None:
    """The median, None of nothing."""
    values = list(spans)
    return median(values) if values else None


def _qualified_until(viewer: Actor) -> date | None:
    today = clock.today()
    held = Qualification.objects.filter(
        account_id=viewer.id, kind=Qualification.Kind.SUMMARY, valid_from__lte=today, valid_until__gte=today
    )
    return held.order_by("-valid_until").values_list("valid_until", flat=True).first()
