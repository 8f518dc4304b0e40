from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuaichu.cases.legal_deadlines import Period, due, periods
from kuaichu.kernel import workdays
from kuaichu.kernel.clock import CHINA
from kuaichu.law import statutes

MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2025, 12, 1)).map(lambda m: m.replace(tzinfo=CHINA))


def at(day, hour=10):
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), CHINA) + timedelta(hours=hour)


@pytest.mark.parametrize("period", periods().values(), ids=lambda period: period.code)
def test_every_cited_place_exists(period):
    assert period.law
    assert all(statutes.exists(statutes.parse(place), date(2024, 5, 15)) for place in period.law)


@pytest.mark.parametrize(
    ("code", "since", "last"),
    [
        ("REVIEW_APPLY", "2025-09-25", "2025-09-29"),  # the make-up Sunday 09-28 counts
        ("REVIEW_APPLY", "2024-05-17", "2024-05-22"),
        ("GENERAL_CERT", "2025-09-26", "2025-10-16"),  # two make-up days around the October holidays
        ("FAST_CERT", "2024-05-15", "2024-05-22"),
        ("REVIEW_DECIDE", "2024-05-15", "2024-06-14"),
        ("FINE_PAY", "2024-04-17", "2024-05-06"),  # day 15 is 05-02, in the May holidays
        ("INSPECT_MAX_EXTENDED", "2024-05-15", "2024-07-15"),  # day 60 is a Sunday
        ("INSURER_DOC_LIST", "2024-05-15", "2024-05-16"),
        ("VEHICLE_PUBLIC_NOTICE", "2024-05-15", "2024-08-15"),
        ("VEHICLE_PUBLIC_NOTICE", "2025-11-30", "2026-02-28"),  # no 30th; the Saturday is a make-up day
        ("MEDIATION_NOTICE", "2024-05-15", "2024-05-11"),  # Tuesday, Monday, make-up Saturday
        ("MEDIATION_CHANGE", "2025-10-09", "2025-09-30"),  # before the October holidays
    ],
)
def test_the_last_day(code, since, last):
    found = due(code, at(since))
    assert found.last_day == date.fromisoformat(last)
    assert found.at is not None
    assert found.at.astimezone(CHINA).date() == found.last_day
    assert found.at.utcoffset() == timedelta(0)


def test_the_day_is_that_of_china():
    late = datetime(2024, 5, 16, 17, 30, tzinfo=CHINA) + timedelta(hours=7)  # 00:30 on the 17th in China
    assert due("REVIEW_APPLY", late).last_day == date(2024, 5, 22)


def test_at_once_and_no_period():
    assert due("SUMMARY_SERVICE", at("2024-05-15")).at == at("2024-05-15")
    assert due("JURISDICTION_MOVE", at("2024-05-15")).at is None


def test_days_of_an_unannounced_year_are_marked():
    assert due("SUSPEND_MAX", at("2031-05-15")).gap is not None
    assert due("SUSPEND_MAX", at("2024-05-15")).gap is None


def test_wrong_questions_are_refused():
    with pytest.raises(KeyError):
        due("NEVER", at("2024-05-15"))
    with pytest.raises(ValueError):
        due("REVIEW_APPLY", datetime(2024, 5, 15))


@given(st.sampled_from(sorted(periods())), MOMENTS)
def test_a_period_ends_on_its_side_of_the_event_on_a_working_day(code, since):
    found = due(code, since)
    if found.at is None or found.period.unit == "NOW":
        return
    assert (found.at < since) is found.period.before
    assert found.last_day is not None
    assert workdays.is_working_day(found.last_day)


@pytest.mark.parametrize(
    "wrong", [{"limit": 0}, {"unit": "NOW"}, {"unit": "CD", "before": True}, {"by": "nobody"}, {"unit": "W"}]
)
def test_a_row_that_does_not_fit_is_refused(wrong):
    row = {"code": "X", "since": "e", "limit": 3, "unit": "WD", "by": "party"}
    row |= {"law": ["D146 71"], "what": "w", "outcome": "o"}
    assert msgspec.convert(row, Period).limit == 3
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(row | wrong, Period)
