"""On 400 kbit/s with 400 ms and a tenth of all packets lost: a light first page, and everything arrives.

Bytes and requests are asserted, times are only printed; `python -m bench.page` and `make bench` measure them.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from bench import page as measuring
from tests.browser.interruptions import WEAK
from tests.kill.asking import asked
from tests.kill.roadside import Reporter
from tests.kill.world import World, whole

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.kill, pytest.mark.browser, pytest.mark.needs("chromium")]
MOST_BYTES = 60 * 1024
MOST_REQUESTS = 24


@pytest.mark.parametrize("path", ["/", "/start"])
def test_the_first_page_is_light(world: World, chromium: Browser, path: str) -> None:
    address = world.line.url + path
    first = measuring.first_visit(chromium, world.line, address, measuring.STEADY)
    print(f"\n{path}: {measuring.said('steady', first)}")
    assert first.bytes <= MOST_BYTES
    assert first.requests <= MOST_REQUESTS


def test_a_report_over_a_weak_line(world: World, reporter: Reporter, request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("all_kills"):
        pytest.skip("walked with --all-kills: minutes of waiting for a slow line")
    before = asked(world.server, "from kuaichu.cases.models import Case\nprint(Case.objects.count())", {})
    world.line.weather = WEAK
    began = time.monotonic()
    reporter.open("/start")
    reporter.walk(seconds=400)
    confirmed = time.monotonic() - began
    whole(world, reporter, before)
    everything = time.monotonic() - began
    sent = sum(len(data) for data in reporter.pictures.values())
    print(f"\nconfirmed after {confirmed:.0f} s, {sent // 1024} KB of photographs after {everything:.0f} s")
