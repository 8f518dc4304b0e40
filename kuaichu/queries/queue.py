"""The queue of the remote centre: what waits, what an officer holds, how the day goes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases.models import Case, Evidence
from kuaichu.desks.centre import items, seats
from kuaichu.desks.centre.models import Item
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
    """Something that waits: nothing personal, only what, where, since when and until when.

    `due_at` is the promise to the parties, `legal_at` the end of the legal period; `first` says why it goes
    before others (`hurt`, `lane`, empty).
    """

    case: Case
    item: Item
    photos: int

    @property
    def kind(self) -> str:
        """What it is, in words."""
        return str(self.item.get_kind_display())

    @property
    def requested_at(self) -> datetime:
        """Since when it waits."""
        return self.item.opened_at

    @property
    def due_at(self) -> datetime:
        """Until when it was promised."""
        return self.item.due_at

    @property
    def first(self) -> str:
        """Why it goes before others, in words."""
        return {"hurt": _("somebody is hurt"), "lane": _("blocks the road")}.get(self.item.why_first, "")

    @property
    def again(self) -> bool:
        """Whether somebody had it before."""
        return self.item.round > 0


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
    """What one viewer sees of the queue. `qualified_until` is None where no valid qualification is held.

    `drawn` is what the lot gave the viewer and was not opened yet; `ready`: the viewer waits for the lot.
    """

    waiting: list[Row]
    count: int
    held: Determination | None
    handed: list[Handed]
    figures: Figures
    may_take: bool
    qualified_until: date | None
    drawn: Item | None
    ready: bool

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
    """The queue of the viewer's city in the order of work; raises NotAllowed for who does not work there."""
    insist_staff(viewer)
    rows = items.waiting(viewer.city)
    officer = viewer.may("liability.take")
    seat = seats.own(UUID(viewer.id)) if officer else None
    drawn = _drawn(viewer) if officer else None
    return Queue(
        waiting=_rows([*([drawn] if drawn else []), *rows[:SHOWN]]),
        count=len(rows),
        held=_held(viewer) if officer else None,
        handed=_handed(viewer.city),
        figures=_figures(viewer),
        may_take=officer,
        qualified_until=_qualified_until(viewer) if officer else None,
        drawn=drawn,
        ready=seat is not None and seat.ready,
    )


def _drawn(viewer: Actor) -> Item | None:
    item = items.mine(UUID(viewer.id))
    return item if item is not None and item.until is not None else None


def _rows(found: list[Item]) -> list[Row]:
    shots = Evidence.objects.filter(case_id__in=[r.case_id for r in found]).values_list("case_id", flat=True)
    count = list(shots)
    return [Row(r.case, r, count.count(r.case_id)) for r in found]


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
