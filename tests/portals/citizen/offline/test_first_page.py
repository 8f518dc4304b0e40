"""A first page on a slow line, for somebody who has been here before."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.interruptions import CLEAR, Line, Weather
from tests.portals.citizen.offline.test_pages import line, mended, phone_of, ready

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["line", "mended"]  # fixtures
pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]


def test_a_first_page_does_not_wait_for_a_slow_line(mended: Line, make_page: Callable[..., Page]) -> None:
    """It comes from the phone; what changes with time and person is made fresh when the network answers."""
    page = phone_of(make_page)
    ready(page, mended)
    page.goto(mended.url + "/start")
    mended.weather = Weather(round_trip=4.0)
    try:
        page.goto(mended.url + "/start")
        assert page.locator("#kept").count() == 1
        assert page.evaluate("performance.getEntriesByType('navigation')[0].domInteractive") < 4000
        kept = page.input_value("#start input[name=number]")
        page.wait_for_function(
            "kept => document.querySelector('#start input[name=number]').value !== kept", arg=kept
        )
        mended.weather = CLEAR
        page.locator('button[form="helping"]').click()
        page.wait_for_url("**/helper")
    finally:
        mended.weather = CLEAR
