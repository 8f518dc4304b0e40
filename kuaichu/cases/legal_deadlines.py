"""Legal periods of accident handling (`legal_deadlines.toml`) and when they end.

Pure: no database, clock or settings. The periods of one to ten days of D146 are working days (Art. 112(5)).
"""

from __future__ import annotations

import tomllib
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from kuaichu.kernel import workdays
from kuaichu.kernel.clock import CHINA

Unit = Literal["WD", "CD", "CM", "NOW", "NONE"]
_LAST_MOMENT = time(23, 59, 59, 999_999)


class Period(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One legal period: from which event, how long, who must act, and what happens when it has passed."""

    code: str
    since: str
    limit: int
    unit: Unit
    by: Literal["police", "higher_unit", "party", "insurer", "inspection_body", "rescue_fund"]
    law: tuple[str, ...]
    what: str
    outcome: str
    before: bool = False
    mark: Literal["sourced", "knowledge"] = "sourced"
    basis: str = ""

    def __post_init__(self) -> None:
        if (self.limit > 0) != (self.unit in ("WD", "CD", "CM")):
            raise ValueError(f"period {self.code}: limit and unit do not fit")
        if self.before and self.unit != "WD":
            raise ValueError(f"period {self.code}: only working days can be counted back")

    @property
    def title(self) -> Promise:
        """What must be done, in the reader's language."""
        return gettext_lazy(self.what)

    @property
    def default(self) -> Promise:
        """What happens when the time has passed, in the reader's language."""
        return gettext_lazy(self.outcome)


@dataclass(frozen=True, slots=True)
class Due:
    """When a period ends: its last moment (aware, UTC) and last day in China.

    `at` is None for a row that only starts other periods again. `gap` names years whose public holidays are
    not announced yet: the day may still move.
    """

    period: Period
    at: datetime | None
    last_day: date | None
    gap: workdays.CalendarGap | None = None


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: str
    period: tuple[Period, ...]


@cache
def periods() -> Mapping[str, Period]:
    """All periods by code, in the order of the data. Raises ValueError for a code given twice."""
    raw = (files(__package__) / "legal_deadlines.toml").read_text("utf-8")
    rows = msgspec.convert(tomllib.loads(raw), _Table).period
    found = {row.code: row for row in rows}
    if len(found) != len(rows):
        raise ValueError("legal_deadlines.toml: a code is given twice")
    return found


def due(code: str, since: datetime) -> Due:
    """When the period ends that `since` starts (or, for `before` rows, that ends with `since`).

    Raises KeyError for an unknown code, ValueError for a naive moment.
    """
    period = periods()[code]
    if since.tzinfo is None:
        raise ValueError("a deadline needs an aware start")
    if period.before:
        return _latest(period, since)
    if period.unit == "NONE":
        return Due(period, None, None)
    if period.unit == "NOW":
        return Due(period, since.astimezone(UTC), since.astimezone(CHINA).date())
    if period.unit == "WD":
        end = workdays.reckon(since, working_days=period.limit)
    else:
        end = workdays.reckon(since, calendar_days=_days(period, since))
    return Due(period, end.at, end.last_day, end.gap)


def _days(period: Period, since: datetime) -> int:
    """Calendar days of the period. A month ends on the same day number, or on its last day if it has none."""
    if period.unit == "CD":
        return period.limit
    start = since.astimezone(CHINA).date()
    year, month = divmod(start.year * 12 + start.month - 1 + period.limit, 12)
    end = date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
    return (end - start).days


def _latest(period: Period, event: datetime) -> Due:
    """The last day on which one may act: `limit` working days before the day of the event."""
    day = event.astimezone(CHINA).date()
    last = workdays.add_working_days(day, -period.limit)
    at = datetime.combine(last, _LAST_MOMENT, tzinfo=CHINA).astimezone(UTC)
    return Due(period, at, last, workdays.calendar_gap(last, day))
