"""The phone's own outbox against the running server: lines that break, servers and browsers that die."""

from __future__ import annotations

import io
import os
import random
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from tests.conftest import CHROMIUM_ARGS, PLACE, SIZES, require
from tests.portals.tus.cutting import Line
from tests.portals.tus.roadside import Part, rows
from tests.servers import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.needs("chromium")]
EXPECT_MS = 60_000


def picture(seed: int, side: int = 2000) -> dict[str, Any]:
    """A file of a phone's camera that stays larger than a megabyte when it is made smaller."""
    out = io.BytesIO()
    noise = Image.frombytes(
        "RGB", (side // 2, side // 2), random.Random(seed).randbytes(3 * (side // 2) ** 2)
    )
    noise.resize((side, side)).save(out, "JPEG", quality=88)
    return {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


@pytest.fixture(scope="module")
def server(make_server: Callable[..., Server]) -> Iterator[Server]:
    made = make_server(KUAICHU_LOG="WARNING").start()
    yield made
    made.kill()


@pytest.fixture
def line(server: Server) -> Iterator[Line]:
    made = Line(server.port)
    yield made
    made.close()


@pytest.fixture
def part(server: Server) -> Part:
    return Part(server.url)


@pytest.fixture
def page(make_page: Callable[..., Page], line: Line, part: Part) -> Page:
    made = make_page("phone", service_workers="block")
    part.give_to(made.context)
    made.goto(f"{line.url}/p/{part.id}/photos", wait_until="load")
    return made


def take(page: Page, shot: str, file: dict[str, Any]) -> None:
    page.locator(f"form[data-slot={shot}]").wait_for()
    page.wait_for_function("() => document.querySelector('form[data-slot=front]') && window.indexedDB")
    page.locator(f"form[data-slot={shot}] input[data-gallery]").set_input_files(file)


def row_of(page: Page) -> dict[str, Any]:
    """The photograph as soon as it is kept on the phone."""
    end = time.monotonic() + 30
    while not (found := rows(page)):
        assert time.monotonic() < end
        time.sleep(0.05)
    return found[0]


def sent(page: Page, shot: str = "front") -> None:
    page.locator(f"form[data-slot={shot}].slot-sent").wait_for(timeout=EXPECT_MS)
    assert rows(page) == []


def test_a_large_photograph_over_a_line_that_breaks(page: Page, line: Line, part: Part) -> None:
    line.pause, line.left = 0.004, 400_000
    take(page, "front", picture(1))
    row = row_of(page)
    assert row["size"] > 1_000_000, "goes in pieces from the first"
    for _ in range(3):
        cuts = line.cuts
        end = time.monotonic() + 30
        while line.cuts == cuts and line.left is not None and time.monotonic() < end:
            time.sleep(0.02)
        line.left = 300_000
    line.left = None
    sent(page)
    assert part.arrived() == [row["digest"]]
    assert line.cuts >= 2
    assert re.search(r"已收到|Received", page.locator("form[data-slot=front] [data-photo-say]").inner_text())


def test_a_small_photograph_cut_off_goes_on_in_pieces(page: Page, line: Line, part: Part) -> None:
    line.pause, line.left = 0.004, 60_000
    take(page, "front", picture(2, 700))
    row = row_of(page)
    assert row["size"] < 1_000_000
    sent(page)
    assert part.arrived() == [row["digest"]]
    assert line.cuts == 1


def test_no_network_in_the_middle(page: Page, line: Line, part: Part) -> None:
    line.pause = 0.006
    take(page, "front", picture(3))
    row = row_of(page)
    until(lambda: line.passed > 500_000)
    page.context.set_offline(True)
    page.locator("form[data-slot=front].slot-queued").wait_for()
    time.sleep(1)
    page.context.set_offline(False)
    sent(page)
    assert part.arrived() == [row["digest"]]
    assert line.passed < row["size"] * 1.6, "what had arrived was not sent again"


def test_the_server_dies_in_the_middle(page: Page, line: Line, part: Part, server: Server) -> None:
    line.pause = 0.006
    take(page, "front", picture(4))
    row = row_of(page)
    for share in (0.3, 0.6):
        until(lambda share=share: line.passed > row["size"] * share)
        server.restart()
    sent(page)
    assert part.arrived() == [row["digest"]]


def test_two_tabs_send_once(page: Page, line: Line, part: Part) -> None:
    line.pause = 0.004
    second = page.context.new_page()
    second.goto(f"{line.url}/p/{part.id}/arrived", wait_until="load")
    take(page, "front", picture(5))
    row = row_of(page)
    second.get_by_role("button", name=re.compile("立即发送|Send now")).click()
    sent(page)
    second.locator(".arrived code.hash").first.wait_for(state="attached", timeout=EXPECT_MS)
    assert part.arrived() == [row["digest"]]
    assert line.passed < row["size"] * 1.5, "the two tabs did not send the same twice"


def test_the_page_says_what_waits_and_what_arrived(
    page: Page, line: Line, part: Part, axe: Callable[[Page], None], shot: Callable[[Page, str], None]
) -> None:
    take(page, "rear", picture(6, 600))
    sent(page, "rear")
    line.down = True
    take(page, "front", picture(7, 600))
    row = row_of(page)
    line.down = False
    page.route("**/photos/front/*", lambda route: route.abort())
    page.route("**/uploads", lambda route: route.abort())
    page.goto(f"{line.url}/p/{part.id}/arrived")
    waiting = page.locator("[data-arrived-list] .arrived-row")
    waiting.wait_for()
    assert row["digest"][:12] in waiting.inner_text()
    assert page.locator("[data-arrived-none]").is_hidden()
    axe(page)
    shot(page, "tus-arrived")
    page.unroute("**/photos/front/*")
    page.unroute("**/uploads")
    page.get_by_role("button", name=re.compile("立即发送|Send now")).click()
    page.locator("[data-arrived-none]").wait_for(state="visible", timeout=EXPECT_MS)
    page.wait_for_function("() => document.querySelectorAll('.arrived code.hash').length === 4")
    assert row["digest"] in part.arrived()


def test_what_the_server_refuses_is_said_and_can_be_removed(page: Page, line: Line, part: Part) -> None:
    refused = {
        "status": 422,
        "content_type": "application/problem+json",
        "body": '{"title": "No photograph."}',
    }
    page.route("**/photos/front/*", lambda route: route.fulfill(**refused))
    take(page, "front", picture(8, 600))
    page.locator("form[data-slot=front].slot-refused").wait_for(timeout=EXPECT_MS)
    page.goto(f"{line.url}/p/{part.id}/arrived")
    page.get_by_text("No photograph.").wait_for()
    page.locator("[data-drop]").click()
    page.locator("[data-arrived-none]").wait_for(state="visible")
    assert rows(page) == []


def test_the_browser_is_killed_in_the_middle(
    chromium: Browser, line: Line, part: Part, tmp_path: Path
) -> None:
    profile = tmp_path / "profile"

    def opened() -> Page:
        context = chromium.browser_type.launch_persistent_context(
            str(profile), executable_path=require("chromium"), args=CHROMIUM_ARGS, locale="zh-CN",
            geolocation=PLACE, permissions=["geolocation"], service_workers="block", **SIZES["phone"],
        )  # fmt: skip
        part.give_to(context)
        page = context.pages[0]
        page.goto(f"{line.url}/p/{part.id}/photos", wait_until="load")
        return page

    line.pause = 0.006
    page = opened()
    take(page, "front", picture(9))
    row = row_of(page)
    until(lambda: line.passed > row["size"] * 0.5)
    kill_browser(profile)
    assert part.arrived() == []
    passed = line.passed
    page = opened()
    sent(page)
    assert part.arrived() == [row["digest"]]
    assert line.passed - passed < row["size"] * 0.9, "it went on where it was"
    page.context.close()


def kill_browser(profile: Path) -> None:
    """End the browser of this profile without warning: its first process and all others."""
    named = f"--user-data-dir={profile}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if named in (folder / "cmdline").read_bytes().split(b"\0"):
                os.kill(int(folder.name), signal.SIGKILL)


def until(met: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < end
        time.sleep(0.01)
