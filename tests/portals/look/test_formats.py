from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kuaichu.portals.look import formats


@given(st.integers(-(10**12), 10**12))
def test_money_reads_back_to_the_same_fen(fen):
    shown = formats.yuan(fen)
    digits = shown.replace("￥", "").replace(",", "").replace(".", "")
    assert int(digits) == fen
    assert shown.split(".")[1].isdigit()
    assert len(shown.split(".")[1]) == 2


@pytest.mark.parametrize(
    ("text", "shown", "colour"),
    [
        ("鲁M12345", "鲁M·12345", "blue"),
        ("鲁m·12345", "鲁M·12345", "blue"),
        ("鲁MD12345", "鲁M·D12345", "green"),
        ("川HF12345", "川H·F12345", "green"),
        ("渝A12345D", "渝A·12345D", "lime"),
        ("苏J1234学", "苏J·1234学", "yellow"),
        ("鲁M1234挂", "鲁M·1234挂", "yellow"),
        ("川H1234警", "川H·1234警", "white"),
        ("VA12345", "VA12345", "white"),
        ("224578使", "224578使", "black"),
        ("粤Z1234港", "粤Z·1234港", "black"),
        ("青岛123456", "青岛123456", "plain"),
    ],
)
def test_plates(text, shown, colour):
    assert formats.plate_text(text) == shown
    assert formats.plate_colour(text) == colour


def test_moments_are_china_time_in_both_languages():
    moment = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)
    with translation.override("zh-hans"):
        assert formats.local_datetime(moment) == "2026年11月21日 00:30"
    with translation.override("en"):
        assert formats.local_datetime(moment) == "21 Nov 2026 00:30"
        assert formats.local_datetime(moment, clock=False) == "21 Nov 2026"


def test_time_left():
    with translation.override("en"):
        assert formats.time_left(timedelta(seconds=59)) == "0:59"
        assert formats.time_left(timedelta(minutes=64, seconds=3)) == "1:04:03"
        assert formats.time_left(timedelta(days=2, hours=5, minutes=1)) == "2 days 5 h"
        assert formats.time_left(timedelta(seconds=-4)) == "0:00"
