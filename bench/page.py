"""The first page of a citizen on a slow line: 400 kbit/s, 400 ms, a tenth of all packets lost; on a phone.

`python -m bench.page http://127.0.0.1:8000` prints it for `/` and `/start` of a running server. The line is
a relay of TCP (`tests/browser/interruptions.py`): each connection pays a round trip to open, all share the
width, a lost packet comes a round trip and 0.2 s later and holds up what follows it. Not modelled: names,
TLS (a round trip more for a first visit), slow start (what a page needs before it can be used fits into the
first ten packets). `tools` is what browsers' developer tools throttle, and most published figures mean: no
round trip to connect, no loss.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import time
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from tests.browser.interruptions import CLEAR, WEAK, Line, Weather

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update"]  # fmt: skip
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 640}, "locale": "zh-CN", "is_mobile": True}
STEADY = replace(WEAK, loss=0.0)
TRIES = 9
PATIENCE_MS = 60_000
IN_CHARGE = "() => !!(navigator.serviceWorker && navigator.serviceWorker.controller)"
TIMES = """() => {
  const page = performance.getEntriesByType('navigation')[0];
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  return [paint ? paint.startTime : 0, page.domInteractive, page.loadEventEnd];
}"""


@dataclass(frozen=True, slots=True)
class Load:
    """Bytes over the line; milliseconds until the page is painted, can be used, and is complete.

    `usable_ms`: painted and parsed; its main button works from then on, with or without scripts.
    """

    bytes: int
    requests: int
    painted_ms: float
    usable_ms: float
    loaded_ms: float


@dataclass(frozen=True, slots=True)
class Visits:
    """A first visit as developer tools throttle it, on the line without and with loss, and a later one."""

    tools: Load
    steady: Load
    lossy: Load
    again: Load


def first_page(url: str) -> dict[str, Any] | None:
    """Load it on the line; None where no Chromium is installed. The keys are those of `Load` and `Visits`."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        found = visits(browser, url)
        browser.close()
    return asdict(found.steady) | asdict(found)


def visits(browser: Browser, url: str, tries: int = TRIES) -> Visits:
    """All four; medians of `tries` where packets are lost."""
    base, _, path = url.removeprefix("http://").partition("/")
    line = Line("http://" + base)
    try:
        address = f"{line.url}/{path}"
        first_visit(browser, line, address, CLEAR)  # the server compiles its templates once
        return Visits(
            first_visit(browser, line, address, CLEAR, throttled=True),
            first_visit(browser, line, address, STEADY),
            _middle([first_visit(browser, line, address, WEAK) for _try in range(tries)]),
            _middle(later_visits(browser, line, address, tries)),
        )
    finally:
        line.close()


def first_visit(
    browser: Browser, line: Line, address: str, weather: Weather, *, throttled: bool = False
) -> Load:
    """Nothing kept on the phone yet, and no connection open."""
    context = browser.new_context(**PHONE, service_workers="block")
    page = context.new_page()
    if throttled:
        _throttle(context, page)
    line.weather = weather
    load = _visit(page, address)
    context.close()
    return load


def later_visits(browser: Browser, line: Line, address: str, tries: int) -> list[Load]:
    """Whoever was here before (or has rehearsed) has the page on the phone."""
    context = browser.new_context(**PHONE)
    page = context.new_page()
    line.weather = CLEAR
    page.goto(address)
    page.wait_for_function(IN_CHARGE, timeout=PATIENCE_MS)
    line.weather = WEAK
    loads = []
    for _try in range(tries):
        page.goto("about:blank")
        time.sleep(1)
        loads.append(_visit(page, address))
    context.close()
    return loads


def _throttle(context: BrowserContext, page: Page) -> None:
    speed = WEAK.bits / 8
    tool = context.new_cdp_session(page)
    tool.send("Network.enable")
    slow = {"latency": WEAK.round_trip * 1000, "downloadThroughput": speed, "uploadThroughput": speed}
    tool.send("Network.emulateNetworkConditions", {"offline": False, **slow})


def _visit(page: Page, address: str) -> Load:
    sizes: list[int] = []

    def came(request: Any) -> None:
        size = request.sizes()
        sizes.append(max(0, size["responseBodySize"]) + size["responseHeadersSize"])

    page.on("requestfinished", came)
    page.goto(address, wait_until="load", timeout=PATIENCE_MS)
    page.wait_for_timeout(1500)
    painted, parsed, loaded = page.evaluate(TIMES)
    page.remove_listener("requestfinished", came)
    return Load(sum(sizes), len(sizes), round(painted), round(max(painted, parsed)), round(loaded))


def _middle(loads: list[Load]) -> Load:
    return Load(*(round(statistics.median(getattr(one, name) for one in loads)) for name in Load.__slots__))


def said(name: str, load: Load) -> str:
    """One line for people."""
    size = f"{name:8} {load.bytes / 1000:.1f} kB in {load.requests} requests"
    times = [f"{what} {getattr(load, what + '_ms') / 1000:.2f} s" for what in ("painted", "usable", "loaded")]
    return ", ".join([size, *times])


if __name__ == "__main__":
    for path in ("/", "/start"):
        figures = first_page(sys.argv[1].rstrip("/") + path)
        for name in Visits.__slots__ if figures else ():
            sys.stdout.write(f"{path:7} {said(name, Load(**figures[name]))}\n")
