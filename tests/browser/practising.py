"""Somebody who has rehearsed: walks the real pages without a detour, and counts what the hands do.

A tap is a tap. Characters are those that a keyboard types; what the phone offers to fill in (its own number,
the code of a message) costs one tap and is counted apart, for browsers that offer nothing.
"""

from __future__ import annotations

import re
import subprocess
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from playwright.sync_api import Error

from kuaichu.kernel.clock import CHINA
from kuaichu.replaying import photos

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.kill.world import World

SHOTS = ("front", "rear", "contact")
FILLED = {"id_phone", "id_code"}
TAP_S, KEY_S, PAGE_S, PHOTO_S = 1.1, 0.5, 1.35, 5.0
"""A person's time for a tap (pointing), a typed character, the thought before a page, aiming a camera."""


@dataclass
class Effort:
    """What was done, by whom it may be; `offered` are characters that the phone filled in."""

    taps: int = 0
    typed: int = 0
    offered: int = 0
    pages: int = 0
    photos: int = 0
    seconds: float = 0.0
    began: float = field(default_factory=time.monotonic)

    @property
    def person(self) -> float:
        """Seconds a practised person would need with these taps, characters, pages and photographs."""
        hands = self.taps * TAP_S + self.typed * KEY_S + self.photos * PHOTO_S
        return self.seconds + hands + self.pages * PAGE_S

    def so_far(self) -> Effort:
        """A copy that counts no further."""
        seconds = time.monotonic() - self.began
        return Effort(self.taps, self.typed, self.offered, self.pages, self.photos, seconds, self.began)


class Practised:
    """One party at one phone; two of them may share the phone and the effort."""

    def __init__(self, page: Page, world: World, effort: Effort) -> None:
        self.page, self.world, self.effort = page, world, effort
        self.plate, self.number = world.plate(), world.town.number()
        both, now = (self.plate, "苏J7K210"), datetime.now(CHINA)
        self.scene = photos.Scene(self.plate, both, ("FRONT", "REAR"), 120.1573, 33.3776, now)
        self.part = ""

    def tap(self, what: Locator) -> None:
        """One tap."""
        self.effort.taps += 1
        what.click()

    def forth(self) -> None:
        """The main button, and the next page."""
        here = self.page.url
        self.tap(self.page.locator(".actionbar .btn-main"))
        self.page.wait_for_url(lambda url: url != here)

    def choose(self, name: str, value: str) -> None:
        """A card, unless it is chosen already."""
        card = self.page.locator(f'#step input[name="{name}"][value="{value}"]')
        if not card.is_checked():
            self.tap(self.page.locator(f'label[for="{card.get_attribute("id")}"]'))

    def enter(self, at: str, text: str) -> None:
        """Tap into a field and type at its end, or take what the phone offers."""
        entry = self.page.locator(f"#{at}")
        self.tap(entry)
        if at in FILLED and entry.get_attribute("autocomplete") in ("tel", "one-time-code"):
            self.effort.offered += len(text)
        else:
            self.effort.typed += len(text)
        entry.press("End")
        self.page.keyboard.type(text)

    def at(self, step: str) -> None:
        """On a step's page, with its scripts awake."""
        try:
            self.page.wait_for_url(re.compile(rf"/p/[0-9a-f-]{{36}}/{step}(\?|$)"))
        except Error as late:  # where it is instead is what one wants to know
            raise AssertionError(f"not at {step}: {self.page.url}\n{self.page.inner_text('main')}") from late
        self.part = "/".join(self.page.url.split("/")[:5])
        self.page.locator("[data-behaviour='keep'][data-awake]").wait_for(state="attached")
        self.effort.pages += 1

    def begin(self) -> None:
        """The first tap."""
        self.page.goto(self.world.line.url + "/start")
        self.page.locator("#start[data-awake]").wait_for(state="attached")
        self.effort.began = time.monotonic()
        self.forth()

    def scene_told(self) -> None:
        """Nobody hurt, the place by satellite, nothing special."""
        self.at("safety")
        self.choose("injury", "none")
        self.forth()
        self.at("place")
        self.tap(self.page.locator("[data-locate-go]"))
        self.page.locator('#step [name="lat"]:not([value=""])').wait_for(state="attached")
        self.choose("weather", "1")
        self.choose("light", "day")
        self.forth()
        self.at("checks")
        self.tap(self.page.locator('button[name="none"]'))

    def vehicle(self) -> None:
        """The plate after the city's own beginning; the register brings the rest."""
        self.at("vehicle")
        self.choose("vehicle_kind", "MV")
        begun = self.page.input_value("#id_plate")
        assert self.plate.startswith(begun)
        self.enter("id_plate", self.plate.removeprefix(begun))
        self.forth()
        self.at("owner")
        self.choose("owner", "yes")
        self.forth()

    def prove(self) -> None:
        """The own number and the code that came to it."""
        self.page.locator("#id_phone").wait_for()
        self.effort.pages += 2
        self.enter("id_phone", self.number)
        self.tap(self.page.locator(".actionbar .btn-main"))
        self.page.locator("#id_code").wait_for()
        self.enter("id_code", self.world.town.code(self.number))
        self.forth()

    def photograph(self) -> None:
        """The city's minimum set; each takes the tap that opens the camera and the shutter's."""
        self.at("photos")
        for number, shot in enumerate(SHOTS):
            data = photos.photograph(self.scene, shot, number)
            slot = self.page.locator(f'form.slot[data-slot="{shot}"]')
            picture = {"name": f"{shot}.jpg", "mimeType": "image/jpeg", "buffer": data}
            slot.locator('input[name="photo"]').set_input_files([picture])
            self.effort.taps += 2
            self.effort.photos += 1
            self.page.locator(f'form.slot-sent[data-slot="{shot}"]').wait_for()

    def sealed(self) -> None:
        """The receipt is named on the page of photographs."""
        self.page.locator("[data-sealed]").wait_for()

    def told(self, *answers: str) -> None:
        """What happened: four pictures, and no words of one's own."""
        names = ("movement", "zone", "other_movement", "other_zone")
        for name, value in zip(names, answers, strict=True):
            self.at(f"happened/{name}")
            self.choose("answer", value)
            self.forth()
        while not self.page.url.endswith("/happened/words"):
            self.at("happened/[A-Za-z_.]+")
            no = self.page.locator('input[name="answer"][value="False"]').count()
            self.choose("answer", "False" if no else "unknown")
            self.forth()
        self.at("happened/words")
        self.forth()

    def confirm(self) -> None:
        """What one has entered is true."""
        self.at("review")
        self.tap(self.page.locator("label[for=id_true]"))
        self.forth()


def clear(one: Practised) -> None:
    """The road is clear: the tap that says so, and on."""
    one.forth()
    one.at("clear")
    one.tap(one.page.locator("main form button.btn-main"))
    one.page.locator("main form button.btn-main").wait_for(state="detached")
    one.forth()


def to_the_seal(first: Practised) -> None:
    """From the first tap to the first receipt."""
    first.begin()
    first.scene_told()
    first.vehicle()
    first.at("phone")
    first.prove()
    first.photograph()
    first.sealed()


def by_code(first: Practised, second: Practised) -> None:
    """The other one scans the code on the screen with a phone of their own."""
    first.at("other")
    first.tap(first.page.locator('button[value="qr"]'))
    first.at("other/code")
    picture = first.page.locator(".qr-code").screenshot()
    read = subprocess.run(["zbarimg", "-q", "--raw", "-"], input=picture, capture_output=True, check=True)
    link = read.stdout.decode().strip()
    second.effort.taps += 1  # the camera
    second.page.goto(re.sub(r"^http://[^/]+", second.world.line.url, link))
    first.forth()


def by_hand(first: Practised, second: Practised) -> None:
    """The phone is handed over."""
    first.at("other")
    first.tap(first.page.locator('button[value="here"]'))
    second.page.wait_for_url(re.compile(r"/j/.*here"))
    second.effort.pages += 1
    second.forth()


def back_by_hand(first: Practised) -> None:
    """The phone comes back; the one who reported goes on where it was left."""
    first.tap(first.page.locator('a[href$="/hand"]').first)
    first.page.wait_for_url(re.compile("/hand$"))
    first.effort.pages += 1
    first.forth()
    first.tap(first.page.locator("main a.btn-main, .actionbar a.btn-main").first)


def other_part(second: Practised) -> None:
    """The second party: reads, tells, and adds photographs if they are asked for."""
    second.prove()
    second.page.wait_for_url(re.compile("/seen$"))
    second.effort.pages += 1
    second.forth()
    second.vehicle()
    second.told("STOPPED_QUEUE", "REAR", "STRAIGHT", "FRONT")
    second.page.wait_for_url(re.compile("/(photos|review)$"))
    if second.page.url.endswith("/photos"):
        second.photograph()
        second.forth()
