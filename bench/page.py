"""The first page of a citizen on a slow connection: 400 kbit/s, 400 ms, nothing cached, headless Chromium."""

from __future__ import annotations

import shutil
from dataclasses import dataclass

KILOBITS, DELAY_MS = 400, 400
NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Load:
    """Bytes over the line and milliseconds until the page was painted, and until it was complete."""

    bytes: int
    requests: int
    painted_ms: float
    loaded_ms: float


def first_page(url: str) -> Load | None:
    """Load it once; None where no Chromium is installed."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        context = browser.new_context(viewport={"width": 360, "height": 640}, locale="zh-CN", is_mobile=True)
        page = context.new_page()
        line = context.new_cdp_session(page)
        seen: list[float] = []
        line.on("Network.loadingFinished", lambda event: seen.append(event["encodedDataLength"]))
        line.send("Network.enable")
        speed = KILOBITS * 1000 / 8
        slow = {"offline": False, "latency": DELAY_MS, "downloadThroughput": speed, "uploadThroughput": speed}
        line.send("Network.emulateNetworkConditions", slow)
        page.goto(url, wait_until="load", timeout=60_000)
        page.wait_for_timeout(1500)
        painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime || 0")
        loaded = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
        browser.close()
    return Load(int(sum(seen)), len(seen), round(painted), round(loaded))
