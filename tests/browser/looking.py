"""How a page is looked at: by axe, for its width, and with a camera when pictures are asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

PATIENCE_MS = 60_000
STICK = "how => document.querySelectorAll('.actionbar, .top').forEach(n => { n.style.position = how })"
OTHER = {"zh": "en", "en": "zh"}


class Look:
    """Every page that is visited is looked at once by name: axe, width, and two pictures when asked for."""

    def __init__(self, axe: Callable[[Page], None], folder: Path | None) -> None:
        self.axe, self.folder, self.seen = axe, folder, set[str]()

    def __call__(self, page: Page, name: str, *, both: bool = True) -> None:
        page.wait_for_load_state()
        language = page.evaluate("document.documentElement.lang")[:2]
        if f"{name}-{language}" in self.seen:
            return
        self.seen.add(f"{name}-{language}")
        self.axe(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url} is {wide} px wider than the screen"
        if self.folder:
            self.folder.mkdir(exist_ok=True)
            shoot(page, self.folder / f"story-{name}-{language}.png")
            if both and f"{name}-{OTHER[language]}" not in self.seen:
                self._other(page, self.folder / f"story-{name}-{OTHER[language]}.png", OTHER[language])

    def _other(self, page: Page, path: Path, language: str) -> None:
        """The same page for the same person, in the other language."""
        second = page.context.new_page()
        second.set_default_timeout(PATIENCE_MS)
        second.route(re.compile(r"^(?!.*/live/)"), lambda route: ask_in(route, language))
        second.goto(page.url)
        shoot(second, path)
        second.close()


def ask_in(route: Route, language: str) -> None:
    """Let a request go, in another language than the browser's own."""
    route.continue_(headers={**route.request.headers, "accept-language": language})


def shoot(page: Page, path: Path) -> None:
    """A picture of the whole page at rest; bars that stick to the screen stand at their place in the page."""
    page.wait_for_load_state("load")
    page.evaluate("() => document.fonts.ready.then(() => true)")
    page.evaluate(STICK, "static")
    page.screenshot(path=path, full_page=True, caret="initial")  # hiding it needs a style element
    page.evaluate(STICK, "")
