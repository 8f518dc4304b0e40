"""Whoever holds the phone in a browser test: quick by the forms, slow where it matters."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

from tests.servers import Server
from tests.stories.builders import Town

if TYPE_CHECKING:
    from playwright.sync_api import Page


class Hands:
    """Whoever holds the phone: walks quickly by the forms, and looks where it matters."""

    def __init__(self, page: Page, server: Server, town: Town, plate: str) -> None:
        self.page, self.server, self.town = page, server, town
        self.plate, self.phone = town.car(plate), town.number()
        self.part = ""

    def here(self) -> None:
        """Note whose part the address is."""
        self.page.wait_for_url(re.compile(r"/p/[0-9a-f-]{36}"))
        found = re.search(r"/p/([0-9a-f-]{36})", self.page.url)
        assert found
        self.part = f"{self.server.url}/p/{found[1]}"

    def go(self, step: str = "") -> None:
        self.page.goto(f"{self.part}/{step}" if step else self.part)

    def token(self) -> str:
        cookies = {one["name"]: one["value"] for one in self.page.context.cookies()}
        return str(cookies["csrftoken"])

    def post(self, step: str, **form: Any) -> str:
        """Send a form as the page would; the address it leads to."""
        answer = self.page.request.post(
            f"{self.part}/{step}", form={"csrfmiddlewaretoken": self.token(), **form}, max_redirects=0
        )
        assert answer.status == 302, answer.text()[-2000:]
        return str(answer.headers["location"])

    def code(self, word: str = "") -> str:
        """The newest code on the telephone, waited for."""
        for _ in range(100):
            texts = [re.sub(r"https?://\S+", "", t) for t in self.town.messages(self.phone) if word in t]
            found = re.search(r"(?<!\d)\d{6}(?!\d)", texts[0]) if texts else None
            if found:
                return found.group()
            time.sleep(0.1)
        raise AssertionError("no code came")

    def drive(self) -> None:
        self.post("vehicle", vehicle_kind="MV", plate=self.plate, plate_kind="")
        self.post("owner", owner="yes")

    def tell(self, **told: str) -> None:
        for key, value in told.items():
            where = self.post(f"happened/{key}", answer=value)
        while not where.endswith("/words"):
            step = where.split("/", 3)[3]
            no = 'value="False"' in self.page.request.get(f"{self.part}/{step}").text()
            where = self.post(step, answer="False" if no else "unknown")

    def confirm(self) -> None:
        for _ in range(40):
            form = {"csrfmiddlewaretoken": self.token(), "true": "on"}
            if self.page.request.post(f"{self.part}/review", form=form, max_redirects=0).status == 302:
                return
            time.sleep(0.25)
        raise AssertionError("cannot confirm")
