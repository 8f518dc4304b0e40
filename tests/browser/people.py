"""The people of the story, each with a browser of their own; they tap and type, and nothing else."""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from playwright.sync_api import Error as PlaywrightError

from kuaichu.kernel.clock import CHINA
from kuaichu.replaying import photos
from kuaichu.replaying.identities import card_number
from tests.browser.demonstration import Demonstration
from tests.browser.drawing import draw
from tests.browser.looking import PATIENCE_MS, Look

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

MAKER = Callable[..., "Page"]


class Driver:
    """A party of the accident, with a telephone."""

    def __init__(self, make_page: MAKER, demo: Demonstration, look: Look, plate: str, locale: str) -> None:
        self.page = make_page("phone", locale)
        self.page.set_default_timeout(PATIENCE_MS)
        self.demo, self.look, self.plate = demo, look, plate
        self.number = demo.streets.number()
        self.roll = random.Random(plate)
        self.on_step: dict[str, Callable[[Page], None]] = {}
        self.scene = photos.Scene(
            plate, (plate, "苏J7K210"), ("FRONT", "REAR"), 120.1573, 33.3776, datetime.now(CHINA)
        )

    # --- reaching the case

    def open_message(self) -> None:
        """Read the newest text message and tap its link."""
        self.page.goto(self.demo.streets.running["phones"].base)
        spaced = f"{self.number[:3]} {self.number[3:7]} {self.number[7:]}"
        self.page.get_by_role("link", name=spaced).click()
        link = self.page.locator('a[href*="/j/"]').first.get_attribute("href")
        assert link
        self.page.goto(link)

    def prove(self) -> None:
        """Show by a code that this is the own phone, whether the case knows the number or asks for it."""
        self.look(self.page, f"join-{self.page.locator('#id_phone').count()}")
        if self.page.locator("#id_phone").count():
            self.page.fill("#id_phone", self.number)
        self.forth()
        self.page.wait_for_selector("#id_code")
        self.look(self.page, "join-code")
        self.page.fill("#id_code", self.demo.streets.code(self.number))
        self.forth()
        self.page.wait_for_url(re.compile(r"/p/[0-9a-f-]{36}"))
        self.home = re.match(r"http://[^/]+/p/[0-9a-f-]{36}", self.page.url).group()

    # --- tapping

    def forth(self) -> None:
        """The main button of the bar at the bottom."""
        self.page.locator(".actionbar .btn-main").click()

    def choose(self, name: str, value: str) -> None:
        """Tap a card or a zone."""
        at = self.page.locator(f'input[name="{name}"][value="{value}"]')
        self.page.locator(f'label[for="{at.get_attribute("id")}"]').click()

    def at(self, step: str) -> None:
        """Wait for a step's page and look at it."""
        try:
            self.page.wait_for_url(re.compile(rf"/p/[0-9a-f-]{{36}}/{step}(\?|$)"))
        except PlaywrightError as late:  # where it is instead is what one wants to know
            raise AssertionError(f"not at {step}: {self.page.url}\n{self.page.inner_text('main')}") from late
        self.look(self.page, "citizen-" + step.replace("/", "-"))

    def go(self, step: str = "") -> None:
        """A page of the own part."""
        self.page.goto(f"{self.home}/{step}" if step else self.home)
        if step:
            self.at(step)

    def passed(self, moment: str) -> None:
        """A moment at which a page is filled in: it is looked at, and photographed for whoever wants that."""
        self.look(self.page, f"citizen-{moment}")
        if then := self.on_step.pop(moment, None):
            then(self.page)

    # --- the steps

    def describe(self) -> None:
        """Nobody hurt, the place by satellite and in words, no special circumstances."""
        self.go("safety")
        self.choose("injury", "none")
        self.forth()
        self.at("place")
        self.page.fill("#id_place", "解放南路与世纪大道路口南侧")
        self.choose("weather", "1")
        self.choose("light", "day")
        self.forth()
        self.at("checks")
        self.page.click('button[name="none"]')

    def name_vehicle(self, typed: str) -> None:
        """The plate, however it is typed; the register brings the rest."""
        self.at("vehicle")
        self.choose("vehicle_kind", "MV")
        self.page.fill("#id_plate", typed)
        self.forth()
        self.page.wait_for_url("**/owner")
        self.page.wait_for_selector("dl.facts")  # comes by itself when the registers have answered
        self.at("owner")
        self.choose("owner", "yes")
        self.forth()

    def photograph(self, *shots: str) -> None:
        """Real pictures through the file input, each until the server has it."""
        self.at("photos")
        for number, shot in enumerate(shots):
            self._one(shot, photos.photograph(self.scene, shot, number))
        self.passed("photos-sent")
        self.forth()
        self.page.wait_for_url(lambda url: not url.endswith("/photos"))
        if self.page.url.endswith("/clear"):
            self.clear_the_road()

    def clear_the_road(self) -> None:
        """The photographs are sealed: move the car, and say so unless somebody did."""
        self.at("clear")
        moved = self.page.locator("main form button.btn-main")
        if moved.count():
            moved.click()
            moved.wait_for(state="detached")
        self.forth()

    def _one(self, shot: str, data: bytes) -> None:
        slot = self.page.locator(f'form.slot[data-slot="{shot}"]')
        if not slot.is_visible():
            self.page.locator("details:has(form.slot) > summary").click()
        picture = {"name": f"{shot}.jpg", "mimeType": "image/jpeg", "buffer": data}
        slot.locator('input[name="photo"]').set_input_files([picture])
        self.page.locator(f'form.slot-sent[data-slot="{shot}"]').wait_for()

    def tell(self, movement: str, zone: str, other_movement: str, other_zone: str, words: str = "") -> None:
        """What happened: pictures and zones, then only what would decide."""
        told = {
            "movement": movement,
            "zone": zone,
            "other_movement": other_movement,
            "other_zone": other_zone,
        }
        for step, value in told.items():
            self.at(f"happened/{step}")
            self.choose("answer", value)
            self.passed(f"{step}-chosen")
            self.forth()
            self.page.wait_for_url(lambda url, step=step: not url.endswith(f"/happened/{step}"))
        self.follow_ups = 0
        while not self.page.url.endswith("/happened/words"):
            self._follow_up()
        self.at("happened/words")
        self.page.fill("#id_answer", words)
        self.forth()

    def _follow_up(self) -> None:
        here = self.page.url
        self.follow_ups += 1
        self.look(self.page, f"citizen-question-{here.rsplit('/', 1)[-1]}")
        no = self.page.locator('input[name="answer"][value="False"]').count()
        self.choose("answer", "False" if no else "unknown")
        self.forth()
        self.page.wait_for_url(lambda url: url != here)

    def show_code(self) -> str:
        """The other one scans this: what the QR on the screen says, read from its picture."""
        self.at("other")
        self.page.click('button[value="qr"]')
        self.at("other/code")
        picture = self.page.locator(".qr-code").screenshot()
        read = subprocess.run(["zbarimg", "-q", "--raw", "-"], input=picture, capture_output=True, check=True)
        self.forth()
        return read.stdout.decode().strip()

    def send_message(self, number: str) -> None:
        """Invite the other one by a text message."""
        self.at("other")
        self.page.fill("#id_phone", number)
        self.page.click('button[value="sms"]')
        self.at("other/code")
        self.forth()

    def read(self) -> None:
        """Everything the other one has entered."""
        self.at("seen")
        self.forth()

    def confirm(self) -> None:
        """Declare the own part true."""
        self.at("review")
        self.page.check("#id_true")
        self.forth()
        self.page.wait_for_url(self.home)

    # --- deciding and afterwards

    def settle(self, way: str) -> None:
        """Choose a way, as soon as the ways are open: the home page brings the button by itself."""
        self.button("ways").click()
        self.at("ways")
        self.choose("way", way)
        self.forth()
        self.page.wait_for_url(self.home)

    def button(self, page: str) -> Locator:
        """The button on the case's page that leads to one of its pages."""
        return self.page.locator(f'a.btn-main[href$="/{page}"]')

    def sign(self) -> None:
        """Read the proposal, ask for the code that signs it, and sign with a finger."""
        self.go("agreement")
        self.forth()
        self.page.wait_for_selector("#id_code")
        self.page.check("#id_read")
        draw(self.page)
        self.page.fill("#id_code", self.demo.streets.signing_code(self.number))
        self.passed("signing")
        self.forth()
        self.page.locator("canvas").wait_for(state="detached")

    def name_card(self) -> None:
        self.go("payee")
        self.page.fill("#id_holder", "王小明")
        self.page.fill("#id_account", card_number(self.roll))
        self.forth()
        self.page.wait_for_url(self.home)

    def rate(self, score: str) -> None:
        self.button("rating").click()
        self.at("rating")
        self.choose("score", score)
        self.forth()
        self.page.wait_for_url(self.home)
