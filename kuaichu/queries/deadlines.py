"""Legal periods on the screen: of one case, of a city what ends next, and the whole table of the law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from kuaichu.cases import legal_clocks, legal_deadlines
from kuaichu.cases.legal_clocks import Running
from kuaichu.cases.legal_deadlines import Due, Period
from kuaichu.cases.models import Case
from kuaichu.desks.centre import alarms
from kuaichu.desks.centre.models import Alarm
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.models import Entry
from kuaichu.queries.queue import insist_staff

SHOWN = 100
BACK = timedelta(days=120)
"""No period that is minded here is longer than so many days, extensions included."""


@dataclass(frozen=True, slots=True)
class Row:
    """A period of a case and its state now (`running`, `passed`, `met`, `met_late`)."""

    case: Case
    running: Running
    state: str

    @property
    def period(self) -> Period:
        """The legal period, with its title, article and default."""
        return self.running.period


def periods_of(case: Case) -> list[Row]:
    """The periods that run in a case and are not met; the caller has checked that the viewer may see it.

    What must be done on the spot has no clock.
    """
    entries = Entry.objects.filter(stream=case.pk).order_by("seq")
    found, now = legal_clocks.running(entries), clock.now()
    return [Row(case, one, one.state(now)) for one in found if one.met_at is None and one.period.limit]


def ending_next(viewer: Actor) -> list[Row]:
    """What runs in the viewer's city and is not met, what ends first on top; raises NotAllowed."""
    insist_staff(viewer)
    now = clock.now()
    kinds = {kind for row in legal_clocks.table() for kind in (*row.starts, *row.ends)}
    rows = Entry.objects.filter(city=viewer.city, kind__in=kinds, at__gte=now - BACK, case_id__isnull=False)
    by_case: dict[UUID, list[Entry]] = {}
    for entry in rows.order_by("stream", "seq"):
        assert entry.case_id is not None
        by_case.setdefault(entry.case_id, []).append(entry)
    open_ones = [
        (case_id, one)
        for case_id, entries in by_case.items()
        for one in legal_clocks.running(entries)
        if one.met_at is None and one.due.at is not None and (one.clock.alarm or one.due.at >= now)
    ]
    open_ones.sort(key=lambda pair: pair[1].due.at or now)
    cases = Case.objects.in_bulk([case_id for case_id, _one in open_ones[:SHOWN]])
    return [Row(cases[c], one, one.state(now)) for c, one in open_ones[:SHOWN] if c in cases]


@dataclass(frozen=True, slots=True)
class Called:
    """An alarm with its period."""

    alarm: Alarm
    period: Period


def called_out(viewer: Actor) -> list[Called]:
    """Alarms nobody has answered; raises NotAllowed."""
    insist_staff(viewer)
    known = legal_deadlines.periods()
    return [Called(one, known[one.code]) for one in alarms.open_alarms(viewer.city)]


def law_table(since: datetime | None = None) -> list[Due]:
    """Every period of the law, with its end if it started at `since` (now by default)."""
    start = since or clock.now()
    return [legal_deadlines.due(code, start) for code in legal_deadlines.periods()]
