"""What officers, call-takers and adjusters do at their desks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.browser.clerks import Clerk

if TYPE_CHECKING:
    from playwright.sync_api import Response


class CallTaker(Clerk):
    """Answers 110."""

    def send_link(self, number: str, place: str) -> str:
        """Open a case for a caller; its number."""
        self.page.goto(f"{self.demo.base}/police/calls")
        self.look(self.page, "police-calls")
        self.page.fill("#id_phone", number)
        self.page.fill("#id_place", place)
        self.page.locator("form.card .btn-main").click()
        self.page.wait_for_selector("table code")
        return self.page.locator("table code").first.inner_text()


class Officer(Clerk):
    """Determines liability."""

    def take(self) -> None:
        """The oldest case of the queue."""
        self.page.goto(f"{self.demo.base}/police/")
        self.page.wait_for_selector("tbody tr")  # a case appears by itself
        self.look(self.page, "police-queue")
        self.page.click("[data-key=n]")
        self.page.wait_for_url("**/police/cases/*")
        self.page.wait_for_function(
            "() => [...document.images].filter(i => i.loading != 'lazy').every(i => i.complete)"
        )
        self.look(self.page, "police-ruling")

    def adopt(self, more: str) -> None:
        """Put the proposal into the ruling and add own reasons."""
        self.page.evaluate("() => document.querySelector('#ruling').setAttribute('data-before', '')")
        self.page.locator("form[action$='/adopt'] button[data-key=p]").click()
        self.page.wait_for_selector("#ruling:not([data-before])")
        reasons = self.page.locator("#reasons").input_value()
        assert reasons
        with self.page.expect_response(re.compile(r"/draft$")):
            self.page.fill("#reasons", reasons + more)
        self.page.wait_for_function("() => document.querySelector('#draft-kept').textContent.trim()")

    def sign(self) -> tuple[Response, float]:
        """Preview and sign; the answer and when it arrived (seconds since 1970)."""
        self.page.click("button[data-sheet=signsheet]")
        self.page.wait_for_selector("#signsheet[open]")
        self.look(self.page, "police-preview")
        code = self.page.locator("#signsheet #id_code")
        if code.count():
            code.fill(self.demo.streets.code_of(self.demo.accounts[self.place]))
        with self.page.expect_response(re.compile(r"/sign$")) as told:
            self.page.locator("#signsheet .btn-main").click()
        timing = told.value.request.timing
        return told.value, (timing["startTime"] + timing["responseStart"]) / 1000


class Adjuster(Clerk):
    """Works on an insurer's pages, by hand."""

    def open_claim(self, plate: str) -> None:
        """Find the claim of a vehicle on the list."""
        self.page.goto(f"{self.demo.base}/insurer/")
        self.page.wait_for_selector("tbody tr")
        self.look(self.page, "insurer-list")
        self.page.fill("#text", plate)
        self.page.keyboard.press("Enter")
        self.page.wait_for_load_state()
        self.page.locator("tbody a").first.click()
        self.page.wait_for_url("**/insurer/claims/*")
        self.look(self.page, "insurer-claim")

    def acknowledge(self, number: str) -> None:
        """Accept the claim under an own number."""
        self.page.fill("#report_number", number)
        self.page.locator("form[action$='/acknowledgement'] .btn-main").click()
        self.page.wait_for_selector("#report_number", state="detached")

    def assess(self, label: str, *lines: tuple[str, str]) -> None:
        """Enter the loss of a vehicle, line by line."""
        sheet = self.page.locator(f"#assess-{label}")
        for number, (part, yuan) in enumerate(lines):
            sheet.locator("input[name=part]").nth(number).fill(part)
            sheet.locator("input[name=amount]").nth(number).fill(yuan)
        self.look(self.page, "insurer-assess")
        with self.page.expect_navigation():
            sheet.locator("button[value=enter]").click()

    def approve(self) -> None:
        """Approve what our company pays, as soon as it is computed: the page brings it by itself."""
        button = self.page.locator("form[action$='/approval'] .btn-main")
        button.wait_for()
        self.look(self.page, "insurer-computed")
        button.click()
        button.wait_for(state="detached")
        self.look(self.page, "insurer-approved")
