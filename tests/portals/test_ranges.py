"""Bytes in pieces: what a player asks for it gets, and nothing else."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from kuaichu.portals.ranges import ranged

DATA = bytes(range(100))


@pytest.mark.parametrize(
    ("asked", "status", "body"),
    [
        ("", 200, DATA),
        ("bytes=0-9", 206, DATA[:10]),
        ("bytes=90-", 206, DATA[90:]),
        ("bytes=-5", 206, DATA[-5:]),
        ("bytes=-500", 206, DATA),
        ("bytes=0-500", 206, DATA),
        ("bytes=100-", 416, b""),
        ("bytes=9-3", 416, b""),
        ("bytes=-0", 416, b""),
        ("bytes=-", 200, DATA),
        ("bytes=0-1,5-6", 200, DATA),
        ("lines=1-2", 200, DATA),
    ],
)
def test_ranges(asked: str, status: int, body: bytes) -> None:
    request = RequestFactory().get("/", headers={"Range": asked} if asked else {})
    response = ranged(request, DATA, "audio/ogg")
    assert (response.status_code, response.content) == (status, body)


@given(st.binary(max_size=80), st.integers(0, 120), st.integers(0, 120))
def test_a_range_is_a_slice(data: bytes, first: int, last: int) -> None:
    response = ranged(
        RequestFactory().get("/", headers={"Range": f"bytes={first}-{last}"}), data, "audio/ogg"
    )
    if first > last or first >= len(data):
        assert response.status_code == 416
    else:
        assert response.content == data[first : last + 1]
