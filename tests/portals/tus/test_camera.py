"""The guided camera in Chromium, before a film: it says what to do and releases by itself."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from tests.conftest import CHROMIUM_ARGS, PLACE, SCREENSHOTS, SIZES, require
from tests.portals.tus import lenses
from tests.portals.tus.roadside import Part, rows
from tests.servers import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.needs("chromium")]
TALL = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2}
Film = Callable[..., "Page"]


@pytest.fixture(scope="module")
def server(make_server: Callable[..., Server]) -> Iterator[Server]:
    made = make_server(KUAICHU_LOG="WARNING").start()
    yield made
    made.kill()


@pytest.fixture
def part(server: Server) -> Part:
    return Part(server.url)


@pytest.fixture
def filmed(chromium: Browser, server: Server, part: Part, tmp_path: Path) -> Iterator[Film]:
    """Open the page of photographs in a browser whose camera sees these frames (none: it has no camera)."""
    made: list[Browser] = []
    errors: list[str] = []

    def open_page(
        frames: Sequence[Image.Image],
        *,
        permissions: Sequence[str] = ("camera", "geolocation"),
        locale: str = "zh-CN",
    ) -> Page:
        flags = []
        if frames:
            film = lenses.film(tmp_path / "film.mjpeg", frames)
            flags = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}"]
        browser = chromium.browser_type.launch(
            executable_path=require("chromium"), args=[*CHROMIUM_ARGS, *flags]
        )
        made.append(browser)
        options: dict[str, Any] = SIZES["phone"] | TALL | {"locale": locale, "service_workers": "block"}
        context = browser.new_context(**options, geolocation=PLACE, permissions=list(permissions))
        part.give_to(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{server.url}/p/{part.id}/photos", wait_until="networkidle")
        return page

    yield open_page
    for browser in made:
        browser.close()
    assert not errors, errors


@pytest.fixture
def view(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Photograph what is on the screen, when `--screenshots` is given."""

    def take(page: Page, name: str) -> None:
        if request.config.getoption("screenshots"):
            SCREENSHOTS.mkdir(exist_ok=True)
            page.screenshot(path=SCREENSHOTS / f"{name}.png", animations="disabled")

    return take


def button(page: Page, shot: str) -> None:
    page.locator(f"form[data-slot={shot}] .slot-doing input:not([data-gallery])").click()


def tip(page: Page, words: str) -> None:
    page.locator("[data-tip]").filter(has_text=re.compile(words)).wait_for()


def evidence(server: Server) -> list[dict[str, Any]]:
    """What the server keeps, newest last."""
    code = (
        "import json, django; django.setup(); from kuaichu.cases.models import Evidence; "
        "print(json.dumps(list(Evidence.objects.order_by('received_at').values("
        "'party_id', 'shot', 'source', 'width', 'height', 'device', 'quality', 'lat')), default=str))"
    )
    environment = server.environment | {"DJANGO_SETTINGS_MODULE": "kuaichu.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, text=True, check=True, stdout=subprocess.PIPE
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_all_three_by_themselves(
    filmed: Film, server: Server, part: Part, axe: Callable[[Page], None], view: Callable[[Page, str], None]
) -> None:
    page = filmed([lenses.street()])
    button(page, "front")
    page.locator(".camera[data-state=live]").wait_for()
    tip(page, "很好|Good")
    axe(page)
    view(page, "tus-camera-good-zh")
    for one in ("front", "rear", "contact"):
        page.locator(f"form[data-slot={one}].slot-sent").wait_for(state="attached", timeout=30_000)
    page.locator("dialog.camera").wait_for(state="hidden")
    kept = [row for row in evidence(server) if row["party_id"] == part.id]
    assert [row["shot"] for row in kept] == ["front", "rear", "contact"]
    for row in kept:
        assert row["source"] == "in_app"
        assert (row["width"], row["height"]) == lenses.SIZE
        assert row["device"]["via"] == "stream"
        assert row["device"]["agent"].startswith("chrome")
        assert row["quality"]["auto"] is True
        assert row["quality"]["tries"] == 1
        assert "flag" not in row["quality"]
        assert row["quality"]["sharpness"] > 0.12
        assert row["lat"] == pytest.approx(PLACE["latitude"])
    assert rows(page) == []
    page.reload()
    assert page.locator("form[data-slot=front]").get_attribute("class") == "slot slot-sent"


@pytest.mark.parametrize(
    ("frame", "slot", "words", "flag"),
    [
        (lenses.dark(lenses.street()), "front", "太暗|dark", "dark"),
        (lenses.blurred(lenses.street()), "front", "不清晰|sharp", "blurred"),
        (lenses.street(180), "plate", "靠近|Closer", "far"),
        (lenses.glaring(lenses.street()), "plate", "反光|reflects", "glare"),
    ],
)
def test_two_tries_then_it_is_taken_as_it_is(
    filmed: Film, server: Server, part: Part, view: Callable[[Page, str], None],
    frame: Image.Image, slot: str, words: str, flag: str,
) -> None:  # fmt: skip
    page = filmed([frame])
    if slot == "plate":
        page.locator("details.card summary").click()
    button(page, slot)
    tip(page, words)
    view(page, f"tus-camera-{flag}-zh")
    for tries in (1, 2):
        page.locator(".camera[data-state=live]").wait_for()
        page.locator("[data-shutter]").click()
        page.locator(".camera[data-state=shown]").wait_for()
        assert not rows(page), tries
    page.locator(".camera[data-state=live]").wait_for()
    page.locator("[data-shutter]").click()
    page.locator(f"form[data-slot={slot}].slot-sent").wait_for(state="attached")
    (row,) = [row for row in evidence(server) if row["party_id"] == part.id]
    assert (row["quality"]["flag"], row["quality"]["tries"], row["quality"]["auto"]) == (flag, 3, False)


def test_it_does_not_release_while_the_phone_shakes_or_the_switch_is_off(filmed: Film) -> None:
    page = filmed([lenses.shaken(lenses.street(), seed) for seed in range(40)])
    button(page, "front")
    tip(page, "拿稳|still")
    page.wait_for_timeout(3500)
    assert page.locator(".camera[data-state=live]").count() == 1
    page.locator("[data-close]").click()
    page.locator("dialog.camera").wait_for(state="hidden")
    assert page.evaluate("() => document.querySelector('.camera video').srcObject === null")


def test_the_switch_is_remembered(filmed: Film) -> None:
    page = filmed([lenses.street()], locale="en-GB")
    button(page, "front")
    page.locator("[data-auto]").uncheck()
    tip(page, "Good")
    page.wait_for_timeout(3000)
    assert page.locator(".camera[data-state=live]").count() == 1
    page.keyboard.press("Escape")
    page.reload(wait_until="networkidle")
    button(page, "front")
    page.locator(".camera[data-state=live]").wait_for()
    assert not page.locator("[data-auto]").is_checked()
    page.locator("[data-shutter]").click()
    page.locator("form[data-slot=front].slot-sent").wait_for(state="attached")


def test_without_a_camera_the_phones_own_does_it(
    filmed: Film, part: Part, server: Server, axe: Callable[[Page], None], view: Callable[[Page, str], None]
) -> None:
    page = filmed([])
    button(page, "front")
    page.locator(".camera[data-state=failed]").wait_for()
    axe(page)
    view(page, "tus-camera-none-zh")
    with page.expect_file_chooser() as choosing:
        page.locator("[data-phone]").click()
    choosing.value.set_files([photo_file()])
    page.locator("form[data-slot=front].slot-sent").wait_for()
    with page.expect_file_chooser():
        button(page, "rear")  # and from now on at once
    (row,) = [row for row in evidence(server) if row["party_id"] == part.id]
    assert (row["source"], row["device"]["via"]) == ("camera", "file")


def test_where_it_was_forbidden_nothing_is_asked(filmed: Film) -> None:
    page = filmed([lenses.street()], permissions=())
    with page.expect_file_chooser():
        button(page, "front")
    assert page.locator("dialog.camera").is_hidden()


def photo_file() -> Any:
    out = io.BytesIO()
    lenses.street().save(out, "JPEG")
    return {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def test_the_sheet_in_english(
    filmed: Film, axe: Callable[[Page], None], view: Callable[[Page, str], None]
) -> None:
    page = filmed([lenses.street()], locale="en-GB")
    page.locator("details.card summary").click()
    button(page, "plate")
    tip(page, "Good")
    view(page, "tus-camera-plate-en")
    axe(page)
    with closing(page.context):
        page.keyboard.press("Escape")
        page.locator("dialog.camera").wait_for(state="hidden")
