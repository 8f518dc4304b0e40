"""Three phones and no network: the receipt goes from screen to camera, and a third person checks it alone.

The frames travel as light: pictures of the first phone's screen are what the second one's camera films.
The encoder is the server's (segno), the decoder the browser's (jsQR); signatures are checked by the browser.
"""

from __future__ import annotations

import re
import subprocess
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kuaichu.cases import receipt_text
from tests.cases.photographs import encoded
from tests.conftest import CHROMIUM_ARGS, SIZES, require
from tests.portals.public.filming import film, screens
from tests.servers import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]
WANTED = ("front", "rear", "contact")


class Roadside:
    """A server with one case, and the photographs that were sent."""

    def __init__(self, server: Server, page: Page) -> None:
        self.server, self.page = server, page
        page.goto(f"{server.url}/start")
        page.get_by_role("button", name="Start the report").click()
        page.wait_for_url(re.compile(r"/p/[0-9a-f-]{36}"))
        found = re.search(r"/p/([0-9a-f-]{36})", page.url)
        assert found
        self.part = f"{server.url}/p/{found[1]}"
        self.photos: dict[str, bytes] = {}

    def send(self, shot: str, seed: int = 0) -> None:
        data = encoded("JPEG", (320 + seed, 240))
        token = next(c["value"] for c in self.page.context.cookies() if c["name"] == "csrftoken")
        answer = self.page.request.put(
            f"{self.part}/photos/{shot}/{uuid.uuid4()}", data=data,
            headers={"Content-Type": "image/jpeg", "X-Source": "in_app", "X-CSRFToken": token},
        )  # fmt: skip
        assert answer.status == 200, answer.text()
        self.photos[f"{shot}{seed}"] = data


@pytest.fixture
def server(make_server: Callable[..., Server]) -> Iterator[Server]:
    running = make_server().start()
    yield running
    running.kill()


@pytest.fixture
def roadside(server: Server, make_page: Callable[..., Page]) -> Roadside:
    return Roadside(server, make_page("phone", locale="en-GB"))


@pytest.fixture
def filming(chromium: Browser, tmp_path: Path) -> Iterator[Callable[[list[bytes]], Page]]:
    """A phone whose camera sees these screens."""
    opened: list[Any] = []

    def make(screens: list[bytes]) -> Page:
        path = film(screens, tmp_path / f"{len(opened)}.y4m")
        camera = [
            "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
            f"--use-file-for-fake-video-capture={path}",
        ]  # fmt: skip
        browser = chromium.browser_type.launch(
            executable_path=require("chromium"), args=[*CHROMIUM_ARGS, *camera]
        )
        opened.append(browser)
        context = browser.new_context(**SIZES["phone"], locale="en-GB")
        context.grant_permissions(["camera"])
        page = context.new_page()
        page.set_default_timeout(20_000)
        return page

    yield make
    for browser in opened:
        browser.close()


def ready_for_the_road(page: Page, server: Server) -> None:
    """One visit with network, after which the page works without."""
    page.goto(f"{server.url}/receipt")
    page.locator("[data-receipt-ready]").wait_for(timeout=30_000)


def answer(page: Page) -> str:
    page.locator("[data-receipt-result] [data-answer]").wait_for()
    return str(page.locator("[data-receipt-result] [data-answer]").get_attribute("data-answer"))


@pytest.mark.parametrize("extra", [0, 5])
def test_from_phone_to_phone_to_a_third_person_without_network(
    roadside: Roadside, filming: Callable[..., Page], make_page: Callable[..., Page], extra: int
) -> None:
    first, server = roadside.page, roadside.server
    first.goto(f"{roadside.part}/receipt")
    first.get_by_text("Not sealed yet").wait_for()
    for shot in WANTED:
        roadside.send(shot)
    first.locator("[data-sealed]").wait_for()
    if extra:
        for number in range(extra):
            roadside.send("damage", number + 1)
        first.get_by_text("8 photographs are sealed").wait_for(timeout=40_000)
    shown = screens(first)
    assert (len(shown) > 1) == bool(extra)
    text = first.locator("[data-receipt-text]").get_attribute("data-receipt-text")
    assert text

    second, third = filming(shown), make_page("phone", locale="en-GB", service_workers="allow")
    for phone in (second, third):
        ready_for_the_road(phone, server)
    first.goto("about:blank")
    server.kill()

    second.goto(f"{server.url}/receipt")
    second.get_by_role("button", name="Scan with the camera").click()
    assert answer(second) == "signed"
    assert second.locator(".receipt-photos li").count() == 3 + extra
    with second.expect_download() as kept:
        second.locator("[data-receipt-list] a").first.click()
    assert Path(kept.value.path()).read_text() == text
    second.reload()
    second.locator("[data-receipt-list] button").first.click()
    assert answer(second) == "signed"

    third.goto(f"{server.url}/receipt")
    files = [
        {"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": data}
        for name, data in roadside.photos.items()
    ]
    third.locator("#photos").set_input_files(files)  # type: ignore[arg-type]
    third.locator("#q").fill(text)
    third.get_by_role("button", name="Check", exact=True).click()
    assert answer(third) == "signed"
    assert third.locator(".check-ok").count() == 3 + extra

    changed = bytearray(roadside.photos["front0"])
    changed[-10] ^= 1
    third.locator("#photos").set_input_files(
        {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": bytes(changed)}
    )
    third.locator(".check-bad").wait_for()
    assert third.locator(".notice-ok").count() == 0


def test_one_flipped_bit_is_red_by_either_way_of_checking(
    roadside: Roadside, make_page: Callable[..., Page]
) -> None:
    for shot in WANTED:
        roadside.send(shot)
    roadside.page.goto(f"{roadside.part}/receipt")
    roadside.page.locator("[data-sealed]").wait_for()
    text = str(roadside.page.locator("[data-receipt-text]").get_attribute("data-receipt-text"))
    message = receipt_text.as_bytes(text)
    own, vendored = (make_page("phone", locale="en-GB", service_workers="allow") for _ in range(2))
    vendored.add_init_script("SubtleCrypto.prototype.importKey = () => Promise.reject(new Error('unknown'))")
    for page in (own, vendored):
        page.goto(f"{roadside.server.url}/receipt")
        page.locator("[data-receipt-ready]").wait_for(timeout=30_000)
        page.locator("#q").fill(text)
        page.get_by_role("button", name="Check", exact=True).click()
        assert answer(page) == "signed"
        for place in range(30, len(message), 37):
            altered = bytearray(message)
            altered[place] ^= 4
            page.locator("#q").fill(receipt_text.as_text(bytes(altered)))
            page.get_by_role("button", name="Check", exact=True).click()
            page.locator(".notice-bad").wait_for()
            assert page.locator(".notice-ok").count() == 0
            page.locator("#q").fill(text)
            page.get_by_role("button", name="Check", exact=True).click()
            page.locator(".notice-ok").wait_for()


@pytest.mark.needs("zbarimg")
def test_any_scanner_reads_the_code(roadside: Roadside, tmp_path: Path) -> None:
    for shot in WANTED:
        roadside.send(shot)
    roadside.page.goto(f"{roadside.part}/receipt")
    roadside.page.locator("[data-sealed]").wait_for()
    (screen,) = screens(roadside.page)
    (tmp_path / "code.png").write_bytes(screen)
    done = subprocess.run(
        ["zbarimg", "-q", "--raw", str(tmp_path / "code.png")], check=True, capture_output=True, text=True
    )
    address = done.stdout.strip()
    assert re.match(r"HTTPS://127\.0\.0\.1:\d+/R/[A-Z2-7]+$", address)
    roadside.page.goto(address.replace("HTTPS://", "http://"))
    assert answer(roadside.page) in {"genuine", "signed"}


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_looks(
    roadside: Roadside, make_page: Callable[..., Page], axe: Callable[[Page], None],
    shot: Callable[[Page, str], None], locale: str,
) -> None:  # fmt: skip
    for one in WANTED:
        roadside.send(one)
    roadside.page.goto(f"{roadside.part}/receipt")
    roadside.page.locator("[data-sealed]").wait_for()
    text = roadside.page.locator("[data-receipt-text]").get_attribute("data-receipt-text")
    page = make_page("phone", locale=locale, viewport={"width": 360, "height": 740})
    page.context.add_cookies(roadside.page.context.cookies())  # type: ignore[arg-type]
    for name, address in (
        ("receipt", f"{roadside.part}/receipt"),
        ("receipt-check", f"{roadside.server.url}/r/{text}"),
    ):
        page.goto(address)
        page.wait_for_load_state("networkidle") if name != "receipt" else page.wait_for_timeout(800)
        axe(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0
        shot(page, f"{name}-{locale[:2]}")
