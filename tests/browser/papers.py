"""A paper outside the system: what independent programs say, and what the public page says."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.looking import Look
from tests.browser.people import Driver

if TYPE_CHECKING:
    from playwright.sync_api import Page


def download(driver: Driver, folder: Path) -> Path:
    """Keep the paper on the phone."""
    with driver.page.expect_download() as told:
        driver.page.click('a[href$="?download"]')
    path = folder / "paper.pdf"
    told.value.save_as(path)
    return path


def pdfsig(path: Path) -> str:
    """What poppler says about the signatures of a file."""
    done = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False)
    return done.stdout


def qr_text(path: Path) -> str:
    """What stands in the QR of the printed page."""
    stem = path.with_suffix("")
    subprocess.run(["pdftoppm", "-r", "200", "-png", "-singlefile", str(path), str(stem)], check=True)
    read = subprocess.run(
        ["zbarimg", "-q", "--raw", f"{stem}.png"], capture_output=True, text=True, check=True
    )
    return next(line for line in read.stdout.splitlines() if "/V/" in line.upper())


def code_of(driver: Driver) -> str:
    """The anti-counterfeit code on the case's page."""
    return driver.page.locator(".hint code").inner_text()


class Verifier:
    """Anybody, with the public page."""

    def __init__(self, page: Page, base: str, look: Look) -> None:
        self.page, self.base, self.look = page, base, look

    def by_text(self, text: str) -> str:
        """Type a code, a number or the text of a QR; the tone of the answer."""
        self.page.goto(f"{self.base}/v/")
        self.look(self.page, "verify")
        self.page.fill("#q", text)
        self.page.locator("form[method=get] .btn-main").click()
        return self._tone()

    def by_scan(self, text: str) -> str:
        """Scan: the phone's camera opens the address."""
        self.page.goto(self.base + re.sub(r"(?i)^https?://[^/]+", "", text))
        return self._tone()

    def by_file(self, path: Path) -> str:
        """Upload a file."""
        self.page.goto(f"{self.base}/v/")
        self.page.set_input_files("#file", path)
        self.page.locator("form[enctype] .btn-main").click()
        return self._tone()

    def _tone(self) -> str:
        self.page.wait_for_selector(".hero.verdict")
        classes = self.page.locator(".hero.verdict").get_attribute("class") or ""
        tone = next(name for name in classes.split() if name.startswith("verdict-"))
        self.look(self.page, tone, both=not self.page.url.endswith("/v/file"))
        return tone.removeprefix("verdict-")


def changed(path: Path) -> Path:
    """The same file with one byte of its page changed."""
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 0x01
    other = path.with_name("changed.pdf")
    other.write_bytes(data)
    return other
