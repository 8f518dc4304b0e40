from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuaichu.desks.documents.numbering import BadPattern, NumberPattern, machine_number

SUMMARY = NumberPattern("{abbr}公交{unit}简认〔{year}〕第{seq}号")


def test_official_number():
    assert SUMMARY.number(abbr="鲁", unit="滨城", year=2026, seq=123) == "鲁公交滨城简认〔2026〕第123号"
    padded = NumberPattern("{abbr}公交{unit}协〔{year}〕第{seq:06}号")
    assert padded.number(abbr="川", unit="利州", year=2026, seq=7) == "川公交利州协〔2026〕第000007号"


@given(st.integers(2000, 9999), st.integers(1, 999_999), st.sampled_from(["", "滨城", "一大队"]))
def test_numbers_can_be_read_back(year, seq, unit):
    assert SUMMARY.read(SUMMARY.number(abbr="鲁", unit=unit, year=year, seq=seq)) == (year, seq)


@given(st.text(max_size=30))
def test_reading_anything(text):
    assert SUMMARY.read(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "", "第{seq}号", "〔{year}〕", "{year}{seq}", "{seq}{unit}〔{year}〕", "{year}-{seq}-{seq}",
        "{year}年{seq!r}",
        "{year}年{seq.real}", "{year}年{0}号{seq}", "{year:>9}年{seq}", "{year}年{seq:x}", "{year}年 {seq}",
        "{year}年{seq}号{",
        "{year}1年{seq}", "{year}年{seq}\u202e", "{year}年{name}{seq}",
    ],
)  # fmt: skip
def test_bad_patterns(text):
    with pytest.raises(BadPattern):
        NumberPattern(text)


def test_impossible_numbers():
    for year, seq in ((2026, 0), (26, 1)):
        with pytest.raises(ValueError):
            SUMMARY.number(abbr="鲁", unit="", year=year, seq=seq)


def test_machine_number_is_chinese_time_and_sorts():
    moment = datetime(2026, 4, 30, 23, 59, 59, 266_000, tzinfo=UTC)
    assert machine_number(moment, 123_402) == "2026050107595926623402"
    assert machine_number(moment, 3) < machine_number(moment + timedelta(milliseconds=1), 2)
