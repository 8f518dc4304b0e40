"""A receipt goes on: what a second phone has scanned it draws itself for a third one, without network."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import segno

from kuaichu.cases import receipt_text
from tests.portals.public.test_receipt_phones import (
    WANTED,
    Roadside,
    answer,
    filming,
    roadside,
    screens,
    server,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["filming", "roadside", "server"]
pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]
SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
DRAW = "async (texts) => { const qr = await import(texts.url); return texts.all.map((t) => qr.matrix(t)); }"
ADDRESS = "n => JSON.parse(document.getElementById('look-data').textContent).modules[n]"
FRAME = "async (told) => (await import(told.url)).framesOf(told.text, told.host)"
SIZES = (1, 2, 20, 21, 38, *range(60, 960, 37))
"""Up to version 20, which holds 970 signs; frames have at most 560."""


def uneven(size: int) -> bool:
    """Whether the text with its end fills no whole bytes: else segno pads a byte more than it must."""
    return (4 + (9 if size < 262 else 11) + size // 2 * 11 + size % 2 * 6 + 4) % 8 != 0


def script(page: Page, name: str) -> str:
    """The address of a script of the site."""
    return str(page.evaluate(ADDRESS, name))


def test_the_browser_draws_what_the_server_draws(roadside: Roadside) -> None:
    chance = random.Random(4)
    texts = ["".join(chance.choice(SIGNS) for _ in range(size)) for size in SIZES if uneven(size)]
    assert len(texts) > 20
    page = roadside.page
    page.goto(f"{roadside.server.url}/receipt")
    drawn = page.evaluate(DRAW, {"url": script(page, "qr-make"), "all": texts})
    for text, rows in zip(texts, drawn, strict=True):
        made = segno.make(text, error="m", boost_error=False, micro=False, mask=2, mode="alphanumeric")
        assert [[bool(one) for one in row] for row in made.matrix] == rows, len(text)


@pytest.mark.parametrize("size", [200, 500, 560, 561, 900, 3001])
def test_the_browser_frames_as_the_server_frames(roadside: Roadside, size: int) -> None:
    chance = random.Random(size)
    text = "".join(chance.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") for _ in range(size))
    page = roadside.page
    page.goto(f"{roadside.server.url}/receipt")
    told = {"url": script(page, "receipt"), "text": text, "host": "kuaichu.example:8000"}
    frames = page.evaluate(FRAME, told)
    assert frames == receipt_text.frames(text, "kuaichu.example:8000")
    assert receipt_text.text_of(frames) == text


@pytest.mark.parametrize("extra", [0, 5])
def test_a_third_phone_scans_the_second(
    roadside: Roadside, filming: Callable[..., Page], tmp_path: Path, extra: int
) -> None:
    first, server = roadside.page, roadside.server
    for shot in WANTED:
        roadside.send(shot)
    first.goto(f"{roadside.part}/receipt")
    first.locator("[data-sealed]").wait_for()
    if extra:
        for number in range(extra):
            roadside.send("damage", number + 1)
        first.get_by_text("8 photographs are sealed").wait_for(timeout=40_000)
    text = first.locator("[data-receipt-text]").get_attribute("data-receipt-text")
    second = filming(screens(first))
    scan(second, server.url)
    second.locator("[data-receipt-result] [data-receipt-code] svg").first.wait_for()
    shown = screens(second)
    assert (len(shown) > 1) == bool(extra)
    third = filming(shown)
    scan(third, server.url)
    with third.expect_download() as kept:
        third.locator("[data-receipt-list] a").first.click()
    assert Path(kept.value.path()).read_text() == text


def scan(phone: Page, url: str) -> None:
    """One visit with network, then scanning without."""
    phone.goto(f"{url}/receipt")
    phone.locator("[data-receipt-ready]").wait_for(timeout=30_000)
    phone.context.set_offline(True)
    phone.reload()
    phone.get_by_role("button", name="Scan with the camera").click()
    assert answer(phone) == "signed"
