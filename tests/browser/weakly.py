"""Phones of 360 × 740 behind a line of 1.6 Mbit/s and 150 ms, and the pictures of docs/roadside.md."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from tests.conftest import CHROMIUM_ARGS, PLACE, ROOT, SIZES, require
from tests.portals.tus import lenses
from tests.stories.builders import Person

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDER = ROOT / "docs" / "screenshots"
MOST_BYTES = 120_000
TALL = {"viewport": {"width": 360, "height": 740}}
WEAK = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 95_000}
Opened = Callable[..., "Page"]
Keep = Callable[["Page", str], None]


def slow(page: Page) -> Page:
    """The page behind a weak line; without the event stream, which this test server has not."""
    page.route("**/live/**", lambda route: route.abort())
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", WEAK)
    return page


@pytest.fixture
def phone(live_server: Any, make_page: Callable[..., Page]) -> Opened:
    """A phone with these cookies at this address: `phone("/start", person)`."""

    def opened(address: str = "", cookies: Any = None, *, weak: bool = True, **options: Any) -> Page:
        if isinstance(cookies, Person):
            cookies.see()  # what was said to the requests before is not said again
            cookies = cookies.browser.cookies
        page = make_page("phone", "zh-CN", **TALL, **options)
        if weak:
            slow(page)
        rows = [{"name": k, "value": v.value, "url": live_server.url} for k, v in (cookies or {}).items()]
        page.context.add_cookies(rows)
        if address:
            page.goto(live_server.url + address)
        return page

    return opened


@pytest.fixture
def keep(request: pytest.FixtureRequest) -> Keep:
    """Keep what is on the screen as docs/screenshots/roadside-<name>-zh.png, of at most 120 KB."""

    def take(page: Page, name: str) -> None:
        page.wait_for_load_state()
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url} is {wide} px too wide"
        if request.config.getoption("screenshots"):
            data = page.screenshot(animations="disabled")
            image = Image.open(io.BytesIO(data)).convert("RGB").quantize(64, dither=Image.Dither.NONE)
            image.save(FOLDER / f"roadside-{name}-zh.png", optimize=True)
            assert (FOLDER / f"roadside-{name}-zh.png").stat().st_size <= MOST_BYTES

    return take


def tap(page: Page, name: str, value: str) -> None:
    """One choice card."""
    card = page.locator(f'input[name="{name}"][value="{value}"]')
    page.locator(f'label[for="{card.get_attribute("id")}"]').click()


def forth(page: Page) -> None:
    """The main button of the bar at the bottom."""
    page.locator(".actionbar .btn-main").click()


@pytest.fixture
def filmed(chromium: Browser, live_server: Any, tmp_path: Path) -> Iterator[Callable[[Person], Page]]:
    """A phone whose camera sees a car's rear."""
    made: list[Any] = []

    def opened(person: Person) -> Page:
        film = lenses.film(tmp_path / "film.mjpeg", [lenses.street()])
        flags = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}"]
        program = require("chromium")
        made.append(chromium.browser_type.launch(executable_path=program, args=[*CHROMIUM_ARGS, *flags]))
        look = SIZES["phone"] | TALL | {"locale": "zh-CN", "service_workers": "block"}
        context = made[0].new_context(**look, geolocation=PLACE, permissions=["camera", "geolocation"])
        cookies = person.browser.cookies.items()
        context.add_cookies([{"name": k, "value": v.value, "url": live_server.url} for k, v in cookies])
        page = slow(context.new_page())
        page.set_default_timeout(20_000)
        page.goto(live_server.url + person.url("photos"))
        return page

    yield opened
    for one in made:
        one.close()
