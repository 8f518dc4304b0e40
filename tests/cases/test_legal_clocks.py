"""Which periods run in a case, and two years of holidays: every working-day period from every day."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuaichu.cases import legal_clocks, legal_deadlines
from kuaichu.kernel.clock import CHINA
from kuaichu.kernel.facts import REGISTRY

START = datetime(2025, 9, 25, 15, 0, tzinfo=CHINA)
DAYS = [date(2025, 1, 1) + timedelta(days=n) for n in range(730)]


@dataclass
class Fact:
    kind: str
    at: datetime
    payload: dict[str, Any] = field(default_factory=dict)


def worked(day: date) -> bool:
    """Read anew from the notices, without the code that is tested."""
    year = json.loads((files("kuaichu.kernel.data") / "cn_holidays.json").read_text("utf-8"))["years"][
        str(day.year)
    ]
    key = f"{day:%m%d}"
    return key not in year["off"].split() and (day.weekday() < 5 or key in year["work"].split())


WORKED = {day: worked(day) for day in DAYS}


@pytest.mark.parametrize(
    "code", [p.code for p in legal_deadlines.periods().values() if p.unit == "WD" and not p.before]
)
def test_two_years_of_days(code: str) -> None:
    limit = legal_deadlines.periods()[code].limit
    for number, start in enumerate(DAYS[:-40]):
        due = legal_deadlines.due(code, datetime.combine(start, time(23, 59), CHINA))
        assert due.last_day is not None
        assert due.gap is None
        between = DAYS[number + 1 : number + 1 + (due.last_day - start).days]
        assert sum(WORKED[day] for day in between) == limit, (code, start)
        assert WORKED[due.last_day], (code, start)


def test_calendar_days_never_end_on_a_day_off() -> None:
    for start in DAYS[:-90]:
        due = legal_deadlines.due("REVIEW_DECIDE", datetime.combine(start, time(9), CHINA))
        assert due.last_day is not None
        plain = start + timedelta(days=30)
        assert due.last_day >= plain
        assert WORKED[due.last_day]
        assert not any(WORKED[plain + timedelta(days=n)] for n in range((due.last_day - plain).days))


def test_the_vector_of_the_make_up_sunday() -> None:
    [served, _mediation] = legal_clocks.running([Fact("liability.served", START)])
    assert served.clock.code == "REVIEW_APPLY"
    assert served.due.last_day == date(2025, 9, 29)
    assert served.state(datetime(2025, 9, 29, 23, 59, 59, tzinfo=CHINA)) == "running"
    assert served.state(datetime(2025, 9, 30, 0, 0, 0, tzinfo=CHINA)) == "passed"


def test_every_fact_of_the_table_exists() -> None:
    named = {kind for row in legal_clocks.table() for kind in (*row.starts, *row.ends)}
    assert named <= set(REGISTRY)


def test_what_starts_meets_and_starts_anew() -> None:
    def at(hours: int) -> datetime:
        return START + timedelta(hours=hours)

    told = [
        Fact("liability.requested", at(0)), Fact("liability.requested", at(1)),
        Fact("liability.ended", at(2)), Fact("liability.requested", at(3)), Fact("liability.signed", at(500)),
    ]  # fmt: skip
    first, second = [one for one in legal_clocks.running(told) if one.clock.code == "SUMMARY_CERT"]
    assert (first.since, first.met_at, first.state(at(600))) == (at(0), at(2), "met")
    assert (second.since, second.state(at(600))) == (at(3), "met_late")
    only = [
        Fact("documents.issued", at(0), {"kind": "agreement"}),
        Fact("cases.handed_over", at(1), {"to": "criminal"}),
    ]
    assert legal_clocks.running(only) == []
    assert [
        one.clock.code for one in legal_clocks.running([Fact("cases.handed_over", at(1), {"to": "general"})])
    ] == ["GENERAL_CERT"]


@given(st.integers(1, 10**7), st.integers(1, 10**6))
def test_a_warning_comes_in_the_second_half(seconds: int, ahead: int) -> None:
    since = datetime(2026, 1, 1, tzinfo=UTC)
    until = since + timedelta(seconds=seconds)
    warned = legal_clocks.warn_at(since, until, timedelta(seconds=ahead))
    assert since + (until - since) / 2 <= warned <= until
    assert until - warned <= timedelta(seconds=ahead)
