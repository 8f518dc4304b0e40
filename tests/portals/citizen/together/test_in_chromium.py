"""Two people and one phone in a real browser: handing over, speaking, helping, reading, signing."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.looking import Look
from tests.conftest import CHROMIUM_ARGS, SIZES, require
from tests.portals.citizen.together.walking import Hands
from tests.servers import Server
from tests.stories.builders import Town, photograph

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]
MICROPHONE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
TALL = SIZES["phone"] | {"viewport": {"width": 360, "height": 740}}


@pytest.fixture
def server(make_server: Callable[..., Server], running_town: Town) -> Iterator[Server]:
    ports = {"register": "REGISTER", "policies": "POLICIES", "phones": "SMS", "rail": "PAYOUT"}
    places = {f"KUAICHU_{name}_URL": running_town.running[one].base for one, name in ports.items()}
    running = make_server(**places).start()
    yield running
    running.kill()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A phone whose microphone hears a beep."""
    browser = chromium.browser_type.launch(
        executable_path=require("chromium"), args=[*CHROMIUM_ARGS, *MICROPHONE]
    )
    context = browser.new_context(**TALL, locale="en-GB", timezone_id="Asia/Shanghai")
    context.grant_permissions(["microphone"])
    made = context.new_page()
    made.set_default_timeout(30_000)
    yield made
    browser.close()


def speak(page: Page, look: Look) -> None:
    """Record, listen, keep."""
    page.locator("[data-voice-start]").click()
    page.locator("[data-voice-stop]").wait_for()
    page.wait_for_timeout(1500)
    page.locator("[data-voice-stop]").click()
    page.locator("[data-voice-send]").wait_for()
    look(page, "voice-listen", both=False)
    page.locator("[data-voice-send]").click()
    page.locator(".voice-kept audio").wait_for()
    page.evaluate("scrollTo(0, 0)")  # what lies half under the top bar is too small a target for axe


def draw(page: Page) -> None:
    canvas = page.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 60)
    page.mouse.down()
    for step in range(1, 10):
        page.mouse.move(box["x"] + 20 + step * 22, box["y"] + 60 + 25 * (-1) ** step, steps=2)
    page.mouse.up()


def _proposed(page: Page, one: Hands) -> bool:
    """Whether the proposal lies before this party already."""
    return page.request.get(f"{one.part}/agreement").url.endswith("/agreement")


def test_one_phone_for_both(
    page: Page, server: Server, running_town: Town, axe: Callable[[Page], None], tmp_path: Path
) -> None:
    look = Look(axe, tmp_path / "pictures")
    anna = Hands(page, server, running_town, "苏J20201")
    bob = Hands(page, server, running_town, "苏J20202")
    page.goto(f"{server.url}/start")
    look(page, "start")
    page.get_by_role("button", name="I help somebody").click()
    anna.here()
    look(page, "helper")
    page.fill("#id_name", "李大海")
    page.get_by_text("A relative", exact=True).click()
    page.get_by_text("Yes, with them").click()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(re.compile("/safety"))
    anna.post("safety", injury="none", lat="33.3776", lon="120.1573", accuracy="12")
    anna.post("place", place="人民南路与世纪大道路口", weather="1", light="day")
    anna.post("checks", none="yes")
    anna.drive()
    anna.post("phone", phone=anna.phone)
    anna.post("phone", code=anna.code())
    for number, shot in enumerate(("front", "rear", "contact")):
        answer = page.request.put(
            f"{anna.part}/photos/{shot}/{uuid.uuid4()}", data=photograph(number),
            headers={"Content-Type": "image/jpeg", "X-Source": "in_app", "X-CSRFToken": anna.token()},
        )  # fmt: skip
        assert answer.status == 200
    anna.tell(movement="STRAIGHT", zone="FRONT", other_movement="STOPPED_QUEUE", other_zone="REAR")
    anna.go("happened/words")
    look(page, "voice")
    speak(page, look)
    look(page, "voice-kept")

    link = anna.post("other", how="here")
    anna.confirm()
    page.goto(server.url + link)
    look(page, "hand-over")
    page.get_by_role("link", name="I am the other driver").click()
    page.locator("#id_phone").fill(bob.phone)
    page.get_by_role("button", name="Send me the code").click()
    page.locator("#id_code").fill(bob.code())
    page.get_by_role("button", name="Open the case").click()
    bob.here()
    assert bob.part != anna.part
    look(page, "seen")
    bob.go("other/refused")
    look(page, "refused")
    bob.drive()
    bob.tell(movement="STOPPED_QUEUE", zone="REAR", other_movement="REVERSING", other_zone="FRONT")
    bob.go("review")
    look(page, "review")
    anna.go()
    look(page, "hand")
    page.get_by_role("button", name="I am party A").click()
    page.wait_for_url(anna.part)
    look(page, "home-shared")


def test_signing_on_the_own_phone(
    page: Page, server: Server, running_town: Town, axe: Callable[[Page], None], tmp_path: Path
) -> None:
    look = Look(axe, tmp_path / "pictures")
    anna = Hands(page, server, running_town, "苏J20203")
    page.goto(f"{server.url}/start")
    page.get_by_role("button", name="Start the report").click()
    anna.here()
    anna.go("vehicle")
    anna.drive()
    anna.post("phone", phone=anna.phone)
    anna.post("phone", code=anna.code())
    page.goto(f"{server.url}/start")
    page.get_by_role("button", name="I help somebody").click()
    again = Hands(page, server, running_town, "苏J20203")
    again.here()
    again.go("vehicle")
    look(page, "vehicle-earlier")
    again.post("helper", name="李大海", kind="friend", own_phone="no")
    again.go("phone")
    look(page, "phone-helping")
    anna.post("safety", injury="none", lat="33.3776", lon="120.1573", accuracy="12")
    anna.post("place", place="人民南路与世纪大道路口", weather="1", light="day")
    anna.post("checks", none="yes")
    for number, shot in enumerate(("front", "rear", "contact")):
        page.request.put(
            f"{anna.part}/photos/{shot}/{uuid.uuid4()}", data=photograph(number + 10),
            headers={"Content-Type": "image/jpeg", "X-Source": "in_app", "X-CSRFToken": anna.token()},
        )  # fmt: skip
    anna.tell(movement="STRAIGHT", zone="FRONT", other_movement="STOPPED_QUEUE", other_zone="REAR")
    bob = Hands(page, server, running_town, "苏J20204")
    link = anna.post("other", how="here").removesuffix("?here=1")
    anna.confirm()
    form = {"csrfmiddlewaretoken": anna.token(), "phone": bob.phone}
    page.request.post(server.url + link, form=form)
    answer = page.request.post(
        server.url + link, form={"csrfmiddlewaretoken": anna.token(), "code": bob.code()}, max_redirects=0
    )
    bob.part = server.url + re.sub(r"/seen$", "", answer.headers["location"])
    bob.drive()
    bob.tell(movement="STOPPED_QUEUE", zone="REAR", other_movement="STRAIGHT", other_zone="FRONT")
    bob.confirm()
    for one in (bob, anna):
        one.post("hand")
        for _ in range(60):
            page.request.post(
                f"{one.part}/ways", form={"csrfmiddlewaretoken": one.token(), "way": "agree"}, max_redirects=0
            )
            if "checked" in page.request.get(f"{one.part}/ways").text() or _proposed(page, one):
                break
            time.sleep(0.25)
    for _ in range(60):
        anna.go("agreement")
        if page.url.endswith("/agreement"):
            break
        time.sleep(0.25)
    look(page, "agreement")
    page.get_by_role("button", name="Send me the code").click()
    page.locator("#id_code").wait_for()
    look(page, "agreement-code")
    page.check("#id_read")
    draw(page)
    page.fill("#id_code", anna.code("signs"))
    page.locator("button.btn-main", has_text="Sign").click()
    page.locator("canvas").wait_for(state="detached")

    page.goto(f"{server.url}/form")
    look(page, "form")
