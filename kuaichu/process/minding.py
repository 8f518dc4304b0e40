"""Legal periods are minded: called out before they end, and when they have passed."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache, partial
from typing import Final

from kuaichu.cases import legal_clocks, legal_deadlines
from kuaichu.desks.centre import alarms
from kuaichu.desks.centre.rules import rules
from kuaichu.kernel import clock
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.journal import afresh
from kuaichu.kernel.models import Entry
from kuaichu.kernel.wirings import Consequence, Event, Handler, late, on
from kuaichu.people.roles import system

GRACE: Final = timedelta(seconds=1)


def warning(code: str, since: datetime, city: str) -> datetime:
    """When a period that starts now is called out in this city."""
    until = legal_deadlines.due(code, since).at
    assert until is not None, code
    return legal_clocks.warn_at(since, until, timedelta(hours=rules(city).warn_hours))


def minded(fact: str) -> list[Consequence]:
    """What a fact starts that must be looked at again before its period ends."""
    rows = [row for row in legal_clocks.table() if row.alarm and fact in row.starts]
    looks = [(row, on(_looking_at(row.code), moment=partial(warning, row.code))) for row in rows]
    return [late(look, partial(_begins, row)) if row.only else look for row, look in looks]


def _begins(row: legal_clocks.Clock, fact: Fact) -> bool:
    return row.begins(fact.name, {name: getattr(fact, name) for name in row.only})


@cache
def _looking_at(code: str) -> Handler:
    """One handler a period, because an entry is followed by each handler once."""

    def look_ahead(event: Event) -> None:
        _look(event)

    look_ahead.__qualname__ = f"look_ahead_{code.lower()}"
    return look_ahead


def until_the_end(city: str) -> timedelta:
    """From an alarm to a moment at which its period has surely ended."""
    return timedelta(hours=rules(city).warn_hours) + GRACE


def look_back(event: Event) -> None:
    """What was called out: has it passed?"""
    _look(event)


def _look(event: Event) -> None:
    assert event.case_id is not None
    now, ahead = clock.now(), timedelta(hours=rules(event.city).warn_hours)
    entries = Entry.objects.filter(stream=event.case_id).order_by("seq")
    for one in legal_clocks.running(entries):
        until = one.due.at
        if not one.clock.alarm or one.met_at is not None or until is None:
            continue
        if now < legal_clocks.warn_at(one.since, until, ahead):
            continue
        with afresh():
            alarms.raise_alarm(
                system(event.city), event.case_id, one.clock.code, since=one.since, due_at=until,
                passed=now > until,
            )  # fmt: skip
