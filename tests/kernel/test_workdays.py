import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuaichu.kernel.clock import CHINA
from kuaichu.kernel.workdays import (
    CalendarGap,
    add_working_days,
    covered,
    deadline,
    first_working_day,
    is_working_day,
    reckon,
)

KNOWN = json.loads((Path(__file__).parents[1] / "data/codes/cn_holidays.json").read_text("utf-8"))
days = st.dates(date(2004, 1, 1), date(2026, 10, 31))


def china(y, m, d, hour=10):
    return datetime(y, m, d, hour, tzinfo=CHINA)


def test_every_published_day_agrees_with_the_long_list():
    for offset in range((date(2026, 12, 31) - date(2004, 1, 1)).days + 1):
        day = date(2004, 1, 1) + timedelta(days=offset)
        key = day.isoformat()
        expected = key in KNOWN["workdays_on_weekends"] or (
            day.weekday() < 5 and key not in KNOWN["holidays"]
        )
        assert is_working_day(day) == expected, key


@pytest.mark.parametrize(
    ("served", "last"),
    [
        (china(2025, 9, 25), date(2025, 9, 29)),  # Sunday 09-28 is a make-up working day
        (china(2024, 5, 17), date(2024, 5, 22)),
        (china(2025, 9, 30), date(2025, 10, 11)),  # 10-09, 10-10, then make-up Saturday 10-11
        (china(2025, 9, 25, 0), date(2025, 9, 29)),
        (china(2025, 9, 25, 23), date(2025, 9, 29)),
    ],
)
def test_three_working_days_for_a_review(served, last):
    end = deadline(served, working_days=3)
    assert end.astimezone(CHINA).date() == last
    assert end.astimezone(CHINA).strftime("%H:%M:%S") == "23:59:59"
    assert end.utcoffset() == timedelta(0)


def test_the_start_day_is_the_day_in_china_not_in_utc():
    late_utc = datetime(2024, 5, 16, 17, tzinfo=UTC)  # 01:00 on the 17th in China
    assert reckon(late_utc, working_days=3).last_day == date(2024, 5, 22)


def test_calendar_days_ending_on_a_holiday_run_to_the_first_working_day():
    assert reckon(china(2025, 9, 3), calendar_days=30).last_day == date(2025, 10, 9)
    assert reckon(china(2025, 9, 1), calendar_days=2).last_day == date(2025, 9, 3)
    assert reckon(china(2025, 9, 26), calendar_days=2).last_day == date(2025, 9, 28)  # worked Sunday


def test_unknown_years_are_said():
    assert covered(2026)
    assert not covered(2027)
    assert not covered(2003)
    assert reckon(china(2026, 5, 18), working_days=10).gap is None
    over_new_year = reckon(china(2026, 12, 30), working_days=3)
    assert over_new_year.gap == CalendarGap((2027,))
    assert over_new_year.last_day == date(2027, 1, 4)
    assert is_working_day(date(2027, 1, 1)), "weekends are all that is assumed"


def test_misuse_is_refused():
    for bad in ({}, {"working_days": 1, "calendar_days": 1}, {"working_days": 0}, {"calendar_days": -1}):
        with pytest.raises(ValueError):
            deadline(china(2024, 5, 17), **bad)
    with pytest.raises(ValueError):
        deadline(datetime(2024, 5, 17), working_days=3)


@given(days, st.integers(1, 40))
def test_exactly_n_working_days_lie_between(day, count):
    end = add_working_days(day, count)
    assert is_working_day(end)
    between = [day + timedelta(days=i) for i in range(1, (end - day).days + 1)]
    assert sum(map(is_working_day, between)) == count


@given(days, st.integers(1, 20), st.integers(1, 20))
def test_periods_add_up_and_go_back(day, first, second):
    assert add_working_days(add_working_days(day, first), second) == add_working_days(day, first + second)
    start = first_working_day(day)
    assert add_working_days(add_working_days(start, first), -first) == start
    assert add_working_days(day, 0) == day


@given(days, st.integers(1, 90))
def test_calendar_periods_never_end_early_and_never_on_a_holiday(day, count):
    result = reckon(datetime(day.year, day.month, day.day, tzinfo=CHINA), calendar_days=count)
    assert result.last_day >= day + timedelta(days=count)
    assert is_working_day(result.last_day)
