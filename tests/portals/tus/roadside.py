"""A phone with a part of an accident: a report begun on the running server, and what waits on the phone."""

from __future__ import annotations

import http.cookiejar
import re
import urllib.parse
import urllib.request
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

ROWS = """() => new Promise((done, failed) => {
  const bare = ({ blob, ...row }) => ({ ...row, size: blob.size });
  const asking = indexedDB.open('kuaichu-outbox');
  asking.onerror = () => failed(asking.error);
  asking.onsuccess = () => {
    const all = asking.result.transaction('photos').objectStore('photos').getAll();
    all.onsuccess = () => { asking.result.close(); done(all.result.map(bare)); };
  };
})"""


class Part:
    """Somebody's part of a case, opened as the start page opens it."""

    def __init__(self, url: str) -> None:
        jar = http.cookiejar.CookieJar()
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        with browser.open(f"{url}/start", timeout=20) as answer:
            page = answer.read().decode()
        fields = {
            name: re.search(rf'name="{name}" value="([^"]+)"', page)[1]  # type: ignore[index]
            for name in ("csrfmiddlewaretoken", "number")
        }
        with browser.open(f"{url}/start", urllib.parse.urlencode(fields).encode(), timeout=20) as answer:
            self.id = re.search(r"/p/([0-9a-f-]{36})", answer.geturl())[1]  # type: ignore[index]
        self._opener = browser
        self._url = url
        self._cookies = [
            {"name": c.name, "value": c.value or "", "domain": "127.0.0.1", "path": "/"} for c in jar
        ]

    def give_to(self, context: BrowserContext) -> None:
        """Let this browser hold the part."""
        cookies: Any = self._cookies
        context.add_cookies(cookies)

    def arrived(self) -> list[str]:
        """The hashes the server has."""
        marked = re.compile(r'<code class="hash">([0-9a-f]{64})</code></p><p class="hint" translate="no">SM3')
        with self._opener.open(f"{self._url}/p/{self.id}/arrived", timeout=20) as answer:
            return marked.findall(answer.read().decode())


def rows(page: Page) -> list[dict[str, Any]]:
    """What waits on the phone, without the bytes."""
    found: list[dict[str, Any]] = page.evaluate(ROWS)
    return found
