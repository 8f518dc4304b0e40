"""A scripted officer works varied cases from the replay by keyboard alone, in a real browser.

Five cases in the ordinary run; `OFFICER_CASES=100` for the whole show. It prints the officer's seconds a case
(from the page being there to the signature having been sent; the script thinks no time) and the answers of
the server, median and 95th percentile.
"""

from __future__ import annotations

import os
import random
import statistics
import time
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.urls import reverse

from kuaichu.desks.liability.models import Determination
from kuaichu.kernel.deliveries import drain
from kuaichu.replaying.situations import Situation, draw
from tests.portals.police import building
from tests.stories.builders import Town

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from kuaichu.people.models import Account

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium"), pytest.mark.django_db(transaction=True)]
CASES = int(os.environ.get("OFFICER_CASES", "5"))
SEED = 20261122
OWN_REASONS = "甲方变更行驶状态时未确保安全，负全部责任。"


def situations(count: int) -> list[Situation]:
    """So many accidents of the replay that no gate keeps out, the same for each run."""
    roll = random.Random(SEED)
    return [draw(roll, night=False, excluded_share=0) for _ in range(count)]


def centile(values: list[float], share: float) -> float:
    """The value below which `share` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


class Keyboard:
    """An officer who touches no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.answers: list[float] = []
        self.seconds: list[float] = []
        self.ways: dict[str, int] = {"proposal": 0, "own": 0, "handed over": 0}
        page.on("requestfinished", self._note)

    def _note(self, request) -> None:
        timing = request.timing
        if request.resource_type == "document" and timing["responseStart"] > 0:
            self.answers.append(timing["responseStart"] / 1000)

    def work(self, number: int) -> None:
        """Decide the case on the page; the next one opens by itself."""
        page = self.page
        page.wait_for_load_state("networkidle")
        began = time.monotonic()
        abstains = page.locator("form[action$='/adopt'] button[data-key=p]").count() == 0
        if number % 10 == 9:
            self._hand_over()
        elif abstains:
            self._decide_alone()
        else:
            self.ways["proposal"] += 1
        if number % 10 != 9:
            page.keyboard.press("Control+Enter")
            page.wait_for_selector("#signsheet[open]")
            with page.expect_navigation():
                page.keyboard.press("Control+Enter")
        self.seconds.append(time.monotonic() - began)

    def _decide_alone(self) -> None:
        self.ways["own"] += 1
        page = self.page
        page.keyboard.press("1")
        page.keyboard.press("0")
        page.keyboard.press("r")
        page.keyboard.type(OWN_REASONS)
        page.keyboard.press("Escape")
        page.evaluate("document.activeElement.blur()")
        if not page.locator("input[name=citations]").count():
            page.keyboard.press("l")
            page.wait_for_selector("#lawsheet[open]")
            page.keyboard.type("法22")
            page.wait_for_function(
                "() => document.querySelector('.law-hits')?.dataset.query.trim() === '法22'"
            )
            page.wait_for_timeout(100)  # nobody reads a new line faster
            with page.expect_response(lambda r: r.url.endswith("/cite")):
                page.keyboard.press("Enter")
            while page.locator("#lawsheet[open]").count():  # the first one empties the search
                page.keyboard.press("Escape")

    def _hand_over(self) -> None:
        self.ways["handed over"] += 1
        page = self.page
        page.keyboard.press("h")
        page.wait_for_selector("#handover[open]")
        page.locator("#handover input[name=reasons]").first.focus()
        page.keyboard.press("Space")
        with page.expect_navigation():
            page.keyboard.press("Enter")


def test_by_keyboard_alone(
    live_server, make_page: Callable[..., Page], officer: Account, town: Town,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    for one in situations(CASES):
        told = tuple(one.told[label].statement() for label in "AB")
        building.waiting_case(town, told=told)  # type: ignore[arg-type]
    cookie = building.signed_in(officer).cookies[settings.SESSION_COOKIE_NAME].value
    page = make_page("desk", "zh-CN", viewport={"width": 1440, "height": 900})
    page.route("**/live/**", lambda route: route.abort())
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    page.goto(live_server.url + reverse("police:queue"))
    hand = Keyboard(page)
    page.wait_for_load_state("networkidle")
    with page.expect_navigation():
        page.keyboard.press("n")
    for number in range(CASES):
        assert "/police/cases/" in page.url, page.url
        hand.work(number)
    assert page.url.endswith(reverse("police:queue"))
    drain()
    statuses = list(Determination.objects.values_list("status", flat=True))
    assert len(statuses) == CASES
    assert set(statuses) <= {"signed", "ended"}
    median, high = statistics.median(hand.seconds), centile(hand.seconds, 0.95)
    served, slow = statistics.median(hand.answers), centile(hand.answers, 0.95)
    with capsys.disabled():
        print(
            f"\n{CASES} cases {hand.ways}: officer {median:.2f} s median, {high:.2f} s at 95 %; "
            f"answers {served:.3f} s median, {slow:.3f} s at 95 % of {len(hand.answers)}"
        )
    assert high < 60
