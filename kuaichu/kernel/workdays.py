"""Working days in China: weekends, public holidays and the make-up weekends that are worked.

Sources: the yearly holiday notices of the State Council (`data/cn_holidays.json`, 2004 onwards). Counting:
the start day is not counted; a period that ends on a holiday ends on the first working day after it (ADM
Art.35); the short periods of D146 are working days (Art.112(5)).

A notice appears only weeks before its year. Days of a year that is not covered are judged by the weekend
alone, and the result says so: `Deadline.gap` names those years, and whoever shows the date should show that
too.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files

from kuaichu.kernel.clock import CHINA

_DAY = timedelta(days=1)
_LAST_MOMENT = time(23, 59, 59, 999_999)


@dataclass(frozen=True, slots=True)
class CalendarGap:
    """Years for which no holiday notice is known: only weekends were taken off."""

    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Deadline:
    """The end of a period: its last moment (aware, UTC), its last day in China, and what is uncertain
    about it.
    """

    at: datetime
    last_day: date
    gap: CalendarGap | None


@lru_cache(maxsize=1)
def _calendar() -> tuple[dict[int, frozenset[str]], dict[int, frozenset[str]]]:
    """Days off and make-up working days by year, each as `MMDD`."""
    years = json.loads((files("kuaichu.kernel.data") / "cn_holidays.json").read_text("utf-8"))["years"]
    off = {int(year): frozenset(row["off"].split()) for year, row in years.items()}
    work = {int(year): frozenset(row["work"].split()) for year, row in years.items()}
    return off, work


def covered(year: int) -> bool:
    """Whether the holiday notice of this year is known."""
    return year in _calendar()[0]


def is_working_day(day: date) -> bool:
    """Whether offices work on `day`; in a year that is not covered, whether it is Monday to Friday."""
    off, work = _calendar()
    key = f"{day:%m%d}"
    if key in off.get(day.year, ()):
        return False
    return day.weekday() < 5 or key in work.get(day.year, ())


def first_working_day(day: date) -> date:
    """`day` itself when it is worked, else the first working day after it."""
    while not is_working_day(day):
        day += _DAY
    return day


def add_working_days(day: date, count: int) -> date:
    """The `count`-th working day after `day` (which is not counted), or before it when `count` is negative.

    `count` 0 gives `day` back unchanged, whether it is worked or not.
    """
    step = _DAY if count > 0 else -_DAY
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def calendar_gap(first: date, last: date) -> CalendarGap | None:
    """The years between two days (both included) whose holidays are not known, or None."""
    years = tuple(year for year in range(first.year, last.year + 1) if not covered(year))
    return CalendarGap(years) if years else None


def reckon(start: datetime, *, working_days: int | None = None, calendar_days: int | None = None) -> Deadline:
    """When a legal period that starts with `start` ends, and how sure that is.

    Give exactly one of `working_days` and `calendar_days` (one or more). The day of `start` is taken in
    China and not counted; the period runs until the end of its last day. Calendar days that end on a holiday
    or weekend run to the first working day (ADM Art.35). Raises `ValueError` for a naive `start` or a period
    below one day.
    """
    if start.tzinfo is None:
        raise ValueError("a deadline needs an aware start")
    length = _one_of(working_days, calendar_days)
    first = start.astimezone(CHINA).date()
    if working_days is not None:
        last = add_working_days(first, length)
    else:
        last = first_working_day(first + timedelta(days=length))
    at = datetime.combine(last, _LAST_MOMENT, tzinfo=CHINA).astimezone(UTC)
    return Deadline(at, last, calendar_gap(first + _DAY, last))


def _one_of(working_days: int | None, calendar_days: int | None) -> int:
    """The one length that was given."""
    given = [days for days in (working_days, calendar_days) if days is not None]
    if len(given) != 1 or given[0] < 1:
        raise ValueError("give working_days or calendar_days, at least one day")
    return given[0]


def deadline(
    start: datetime, *, working_days: int | None = None, calendar_days: int | None = None
) -> datetime:
    """The last moment of the period as an aware UTC time; `reckon` also tells whether the calendar is
    known.
    """
    return reckon(start, working_days=working_days, calendar_days=calendar_days).at
