"""Screens of one phone as the camera of another sees them."""

from __future__ import annotations

import io
from contextlib import suppress
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import Error as PlaywrightError

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

FILM = (640, 480)


def film(pages: list[bytes], path: Path) -> Path:
    """A film of screens that take turns, six pictures each, as an uncompressed Y4M."""
    with path.open("wb") as out:
        out.write(b"YUV4MPEG2 W%d H%d F10:1 Ip A1:1 C420jpeg\n" % FILM)
        for data in pages:
            ground = Image.new("L", FILM, 90)
            screen = Image.open(io.BytesIO(data)).convert("L")
            screen.thumbnail((FILM[0] - 20, FILM[1] - 20))
            ground.paste(screen, ((FILM[0] - screen.width) // 2, (FILM[1] - screen.height) // 2))
            picture = b"FRAME\n" + ground.tobytes() + b"\x80" * (FILM[0] * FILM[1] // 2)
            out.write(picture * 6)
    return path


def screens(page: Page) -> list[bytes]:
    """Each code as it stands on the first phone's screen while they take turns."""
    codes = page.locator("[data-receipt-code]")
    taken = []
    for index in range(codes.count()):
        page.wait_for_function("i => !document.querySelectorAll('[data-receipt-code]')[i].hidden", arg=index)
        taken.append(picture(codes.nth(index)))
    return taken


def picture(code: Locator) -> bytes:
    """A code as it is on the screen; the page may just have drawn itself anew."""
    for _ in range(5):
        with suppress(PlaywrightError):
            return code.screenshot(timeout=5000)
    return code.screenshot()
