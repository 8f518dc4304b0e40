"""Members of staff of the story at their desks, each with a browser of their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.browser.demonstration import Demonstration
from tests.browser.looking import PATIENCE_MS, Look

if TYPE_CHECKING:
    from playwright.sync_api import Page

MAKER = Callable[..., "Page"]


class Clerk:
    """A member of staff at a desk."""

    def __init__(
        self, make_page: MAKER, demo: Demonstration, look: Look, place: str, locale: str = "zh-CN"
    ) -> None:
        self.page = make_page("desk", locale, viewport={"width": 1440, "height": 900})
        self.page.set_default_timeout(PATIENCE_MS)
        self.demo, self.look, self.place = demo, look, place

    def sign_in(self) -> None:
        """By the demo's link, then the second factor."""
        self.page.goto(self.demo.link(self.place))
        self.look(self.page, "second-factor")
        self.page.fill("#id_code", self.demo.streets.code_of(self.demo.accounts[self.place]))
        self.page.locator("form[data-behaviour=once] .btn-main").click()
        self.page.wait_for_url(re.compile(r"/(police|insurer)/"))
