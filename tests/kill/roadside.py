"""One report at the roadside, walked by a person who never enters anything twice, whatever breaks.

The walker looks at the page that is there and does what it asks. Whatever it enters it enters once; a page
that asks again for what was entered is counted, and that is what the tests look at.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from playwright.sync_api import Error

from kuaichu.kernel.clock import CHINA
from kuaichu.replaying import photos
from tests.browser.interruptions import Line
from tests.browser.phones import Phone
from tests.kill.answers import ANSWERS, BUTTONS, SHOTS

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

SHOWN = """() => {
  const sheet = document.getElementById('keep-data');
  const awake = document.querySelector('[data-behaviour="keep"][data-awake]');
  return sheet && [JSON.parse(sheet.textContent).page, !!awake];
}"""
TAKEN = """() => !document.documentElement.dataset.walked || !!document.querySelector('form[data-going]')"""
PART = re.compile(r"/p/([0-9a-f-]{36})(?:/([^?#]*))?")
SECONDS, MOST_MISSES = 60, 3
BEGUN = "苏J"  # the field of the plate begins with it


class Reporter:
    """Somebody with a phone, a car and four photographs to take."""

    def __init__(self, phone: Phone, line: Line, plate: str, number: str, code: Callable[[str], str]) -> None:
        self.phone, self.line, self.plate, self.number, self._code = phone, line, plate, number, code
        both, now = (plate, "苏J7K210"), datetime.now(CHINA)
        self.scene = photos.Scene(plate, both, ("FRONT", "REAR"), 120.1573, 33.3776, now)
        self.pictures = {shot: photos.photograph(self.scene, shot, at) for at, shot in enumerate(SHOTS)}
        self.entered: Counter[str] = Counter()
        self.repeated: Counter[str] = Counter()
        self.taps, self.chars, self.party = 0, 0, ""
        self.log: list[str] = []
        self.before_press: Callable[[str], None] = lambda page: None
        self.on_press: Callable[[str], None] = lambda page: None
        self.on_photo: Callable[[str], None] = lambda shot: None

    @property
    def page(self) -> Page:
        """The tab in front."""
        return self.phone.page

    @property
    def taken(self) -> dict[str, str]:
        """SHA-256 of each photograph that was taken, by its slot."""
        made = [shot for shot in self.pictures if self.entered[f"photo.{shot}"]]
        return {shot: hashlib.sha256(self.pictures[shot]).hexdigest() for shot in made}

    # --- where one is

    def here(self) -> str:
        """The page of the part that is shown, "start" or "mine" outside of one, "" for its home."""
        path = self.page.url.removeprefix(self.line.url)
        found = PART.match(path)
        if found:
            self.party = found[1]
            kept = self.page.locator('[data-behaviour="waits"]').count()
            return "offline" if kept else (found[2] or "")
        return {"/start": "start", "/p": "mine", "/": "front"}.get(path.split("?")[0], "lost")

    def open(self, path: str = "/start") -> None:
        """Type an address, again and again where nothing answers."""
        end = time.monotonic() + SECONDS
        while True:
            try:
                self.page.goto(self.line.url + path, wait_until="domcontentloaded")
                return
            except Exception:
                assert time.monotonic() < end
                time.sleep(0.3)

    def resume(self) -> None:
        """After a crash: my cases, the newest one, go on."""
        self.open("/p")
        card = self.page.locator("main a.card-link").first
        try:
            card.wait_for(timeout=15_000)
        except Error:  # nothing had begun yet
            self.open("/start")
            return
        self.tap(card)
        self.page.wait_for_url(lambda url: "/p/" in url)

    def walk(self, until: str = "done", seconds: float = SECONDS * 2) -> None:
        """Go on from the page that is there until the page `until` is there ("done": confirmed)."""
        began = time.monotonic()
        end, misses = began + seconds, 0
        while (at := self.settled()) != until:
            self.log.append(f"{time.monotonic() - began:.1f} {at}")
            assert time.monotonic() < end, f"stuck at {at!r}: {self.page.url}\n{self.page.inner_text('main')}"
            if at == "done":
                raise AssertionError(f"never came to {until}")
            try:
                self.act(at)
            except Error:  # the page went on by itself under the finger, as pages do when the network is back
                misses += 1
                if misses > MOST_MISSES:
                    raise

    def settled(self) -> str:
        """The page, once its scripts are awake."""
        end, at = time.monotonic() + 15, "lost"
        while time.monotonic() < end:
            with suppress(Error):  # asked in the moment between two pages
                self.page.wait_for_load_state("domcontentloaded")
                at, shown = self.here(), self.page.evaluate(SHOWN)
                ahead = self.page.locator('main a.btn-main:not([href$="/code"])').count()
                if at == self.here() and (not shown or shown == [at, True]):
                    return "done" if at == "" and self.entered["review"] and not ahead else at
            time.sleep(0.05)
        return at

    # --- what one does

    def act(self, at: str) -> None:
        """Do what the page asks."""
        self.page.evaluate("() => { document.documentElement.dataset.walked = 'yes' }")
        on_its_way = self.page.locator("form[data-going]").count()
        if on_its_way or at in {"offline", "lost", "happened/more"}:
            time.sleep(0.3)
            return
        if at in ("front", "mine"):
            self.resume()
            return
        if at in ("", "other/code", "seen"):
            self._go_on(self.page.locator(".actionbar a.btn-main, main a.btn-main").first)
        elif at == "clear":
            self._go_on(self.page.locator("main form button.btn-main, .actionbar a.btn-main").first)
        elif at == "start":
            with suppress(Error):  # a person reads for a second before the first tap
                self.page.locator("#start[data-awake]").wait_for(state="attached", timeout=3000)
            self.press("start", self.page.locator('button[form="start"]'), counts=True)
        elif at == "photos":
            self._photograph()
            self._go_on(self.page.locator(".actionbar a.btn-main"))
        elif at == "phone":
            self._phone()
        elif at == "review" and self.page.locator("main [role=alert] li a").count():
            self.tap(self.page.locator("main [role=alert] li a").first)
        elif at == "review":
            self._once("review", lambda: self.page.check("#id_true"), self.page.is_checked("#id_true"))
            self.press("review", self.main)
        else:
            self._answer(at)
        self._left()

    @property
    def main(self) -> Locator:
        """The main button of the bar at the bottom."""
        return self.page.locator(".actionbar .btn-main")

    def tap(self, what: Locator) -> None:
        """One tap."""
        self.taps += 1
        what.click()

    def press(self, at: str, what: Locator, *, counts: bool = False) -> None:
        """The tap that sends a form (and is the whole answer: `counts`); what goes wrong does so after it."""
        self.before_press(at)
        self.tap(what)
        self.entered[at] += counts
        self.on_press(at)

    def _go_on(self, what: Locator) -> None:
        if what.count():
            self.tap(what)
        else:
            time.sleep(0.3)

    def _left(self, seconds: float = 12) -> None:
        """Wait until the page has gone (`act` has marked it), or has something to say."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with suppress(Error):  # asked in the moment between two pages
                if not self.page.evaluate("() => document.documentElement.dataset.walked"):
                    return
                if self.page.locator("main .error, [data-keep-trouble]:visible").count():
                    return
            time.sleep(0.05)

    def noticed(self, seconds: float = 10) -> None:
        """Wait until the page has taken the tap: its form is on its way, or it has gone."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with suppress(Error):  # asked in the moment between two pages
                if self.page.evaluate(TAKEN):
                    return
            time.sleep(0.02)

    def _once(self, what: str, enter: Callable[[], None], there: bool) -> None:
        """Enter something, unless the page has it already."""
        if there:
            self.repeated[what] += 1
            return
        enter()
        self.entered[what] += 1

    def _answer(self, at: str) -> None:
        told = ANSWERS.get(at)
        button = self.page.locator(BUTTONS.get(at, ".actionbar .btn-main"))
        if told is None and at not in BUTTONS:
            told = {"answer": self._honest()}
        for name, value in (told or {}).items():
            self._fill(at, name, value.format(plate=self.plate))
        self.press(at, button, counts=not told)

    def _honest(self) -> str:
        no = self.page.locator('input[name="answer"][value="False"]').count()
        return "False" if no else "unknown"

    def _fill(self, at: str, name: str, value: str) -> None:
        kinds = ":is([type=radio],[type=checkbox])"
        card = self.page.locator(f'#step input[name="{name}"][value="{value}"]{kinds}')
        if card.count():
            label = self.page.locator(f'label[for="{card.get_attribute("id")}"]')
            self._once(f"{at}.{name}", lambda: self.tap(label), card.is_checked())
            return
        field = self.page.locator(f'#step [name="{name}"]')
        self._once(f"{at}.{name}", lambda: self._type(field, value), len(field.input_value()) > len(BEGUN))

    def _type(self, field: Locator, value: str) -> None:
        self.chars += len(value)
        field.fill(value)

    def _phone(self) -> None:
        if self.page.locator("#id_code").count():
            self._type(self.page.locator("#id_code"), self._code(self.number))
            self.press("code", self.main, counts=True)
        elif self.page.locator("#step #id_phone").count():
            field = self.page.locator("#step #id_phone")
            self._once("phone", lambda: self._type(field, self.number), bool(field.input_value()))
            self.press("phone", self.main)
        else:
            self._go_on(self.main)

    def _photograph(self) -> None:
        for shot in SHOTS:
            slot = self.page.locator(f'form.slot[data-slot="{shot}"]')
            if not slot.is_visible():
                self.page.locator("details:has(form.slot) > summary").click()
            with suppress(Error):  # nobody is quicker than the page that says what it has
                self.page.locator(f'form.slot[data-slot="{shot}"][data-awake]').wait_for(timeout=3000)
            if "slot-queued" in (slot.get_attribute("class") or ""):
                time.sleep(0.5)  # somebody who looks whether it arrives
            if "slot-todo" not in (slot.get_attribute("class") or ""):
                continue
            picture = {"name": f"{shot}.jpg", "mimeType": "image/jpeg", "buffer": self.pictures[shot]}
            slot.locator('input[name="photo"]').set_input_files([picture])
            self.page.locator(f'form.slot[data-slot="{shot}"]:not(.slot-todo)').wait_for()
            self.entered[f"photo.{shot}"] += 1
            self.taps += 2
            self.on_photo(shot)
