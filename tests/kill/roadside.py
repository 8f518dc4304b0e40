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

from kuaichu.kernel.clock import CHINA
from kuaichu.replaying import photos
from tests.browser.interruptions import Line, Phone

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

SHOTS = ("front", "rear", "contact", "plate")
ANSWERS: dict[str, dict[str, str]] = {
    "safety": {"injury": "none"},
    "place": {"place": "人民路口", "weather": "1", "light": "day"},
    "vehicle": {"vehicle_kind": "MV", "plate": "{plate}"},
    "owner": {"owner": "yes"},
    "happened/movement": {"answer": "STRAIGHT"},
    "happened/zone": {"answer": "REAR"},
    "happened/other_movement": {"answer": "STRAIGHT"},
    "happened/other_zone": {"answer": "FRONT"},
    "happened/words": {"answer": "他追尾"},
}
KINDS = ("network", "tab", "browser", "server")
STEPS = ("start", *(step for step in ANSWERS if step != "happened/words"), "checks", "phone", "code",
         "happened/words", "other", "review")  # fmt: skip
BUTTONS = {"checks": 'button[name="none"]', "other": 'button[value="qr"]'}
SHOWN = """() => {
  const sheet = document.getElementById('keep-data');
  const awake = document.querySelector('[data-behaviour="keep"][data-awake]');
  return sheet && [JSON.parse(sheet.textContent).page, !!awake];
}"""
PART = re.compile(r"/p/([0-9a-f-]{36})(?:/([^?#]*))?")
SECONDS = 60


class Reporter:
    """Somebody with a phone, a car and four photographs to take."""

    def __init__(self, phone: Phone, line: Line, plate: str, number: str, code: Callable[[str], str]) -> None:
        self.phone, self.line, self.plate, self.number, self._code = phone, line, plate, number, code
        self.scene = photos.Scene(
            plate, (plate, "苏J7K210"), ("FRONT", "REAR"), 120.1573, 33.3776, datetime.now(CHINA)
        )
        self.pictures = {shot: photos.photograph(self.scene, shot, at) for at, shot in enumerate(SHOTS)}
        self.entered: Counter[str] = Counter()
        self.repeated: Counter[str] = Counter()
        self.taps = self.chars = 0
        self.party = ""
        self.before_press: Callable[[str], None] = lambda page: None
        self.log: list[str] = []
        self.on_press: Callable[[str], None] = lambda page: None
        self.on_photo: Callable[[str], None] = lambda shot: None

    @property
    def page(self) -> Page:
        """The tab in front."""
        return self.phone.page

    @property
    def digests(self) -> dict[str, str]:
        """SHA-256 of each photograph by its slot."""
        return {shot: hashlib.sha256(data).hexdigest() for shot, data in self.pictures.items()}

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
        except Exception:  # nothing had begun yet
            self.open("/start")
            return
        self.tap(card)
        self.page.wait_for_url(lambda url: "/p/" in url)

    def walk(self, until: str = "done", seconds: float = SECONDS * 2) -> None:
        """Go on from the page that is there until the page `until` is there ("done": confirmed)."""
        began = time.monotonic()
        end = began + seconds
        while (at := self.settled()) != until:
            self.log.append(f"{time.monotonic() - began:.1f} {at}")
            assert time.monotonic() < end, f"stuck at {at!r}: {self.page.url}\n{self.page.inner_text('main')}"
            if at == "done":
                raise AssertionError(f"never came to {until}")
            self.act(at)

    def settled(self) -> str:
        """The page, once its scripts are awake."""
        end = time.monotonic() + 10
        while True:
            self.page.wait_for_load_state("domcontentloaded")
            at = self.here()
            shown = self.page.evaluate(SHOWN)
            if (at == self.here() and (not shown or shown == [at, True])) or time.monotonic() > end:
                break
            time.sleep(0.05)
        ahead = self.page.locator('main a.btn-main:not([href$="/code"])').count()
        return "done" if at == "" and self.entered["review"] and not ahead else at

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
            with suppress(Exception):  # a person reads for a second before the first tap
                self.page.locator("#start[data-awake]").wait_for(state="attached", timeout=3000)
            self.entered["start"] += 1
            self.press("start", self.page.locator('button[form="start"]'))
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

    def press(self, at: str, what: Locator) -> None:
        """The tap that sends a form; what is to go wrong goes wrong right after it."""
        self.before_press(at)
        self.tap(what)
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
            with suppress(Exception):  # asked in the moment between two pages
                if not self.page.evaluate("() => document.documentElement.dataset.walked"):
                    return
                if self.page.locator("main .error, [data-keep-trouble]:visible").count():
                    return
            time.sleep(0.05)

    def _once(self, what: str, enter: Callable[[], None], there: bool) -> None:
        """Enter something, unless the page has it already."""
        if there:
            self.repeated[what] += 1
            return
        self.entered[what] += 1
        enter()

    def _answer(self, at: str) -> None:
        told = ANSWERS.get(at)
        button = self.page.locator(BUTTONS.get(at, ".actionbar .btn-main"))
        if told is None and at not in BUTTONS:
            told = {"answer": self._honest()}
        for name, value in (told or {}).items():
            self._fill(at, name, value.format(plate=self.plate))
        if not told:
            self.entered[at] += 1
        self.press(at, button)

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
        self._once(f"{at}.{name}", lambda: self._type(field, value), bool(field.input_value()))

    def _type(self, field: Locator, value: str) -> None:
        self.chars += len(value)
        field.fill(value)

    def _phone(self) -> None:
        if self.page.locator("#id_code").count():
            self.entered["code"] += 1
            self._type(self.page.locator("#id_code"), self._code(self.number))
            self.press("code", self.main)
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
            if "slot-queued" in (slot.get_attribute("class") or ""):
                time.sleep(0.5)  # somebody who looks whether it arrives
            if "slot-todo" not in (slot.get_attribute("class") or ""):
                continue
            self.entered[f"photo.{shot}"] += 1
            self.taps += 2
            picture = {"name": f"{shot}.jpg", "mimeType": "image/jpeg", "buffer": self.pictures[shot]}
            slot.locator('input[name="photo"]').set_input_files([picture])
            self.page.locator(f'form.slot[data-slot="{shot}"]:not(.slot-todo)').wait_for()
            self.on_photo(shot)
