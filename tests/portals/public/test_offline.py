"""A paper's QR code is checked without network after one visit, by the browser alone."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
import segno
from django.test import Client

from tests.portals.public.conftest import Issued
from tests.portals.public.test_looks import city

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["city"]


@pytest.mark.django_db
def test_the_page_holds_keys_and_words_and_nobody(client: Client, issued: Issued) -> None:
    page = client.get("/v/offline", headers={"accept-language": "en"}).content.decode()
    found = re.search(r'<script id="offline-page" type="application/json">(.*?)</script>', page, re.S)
    assert found
    data = json.loads(found[1])
    assert data["keys"][0]["crv"] == "Ed25519"
    assert data["grades"]["F"] == "full liability"
    assert issued.paper.number not in page
    for means in ("Anti-counterfeit code", "Electronic seal", "Signatures made online", "Code by SMS"):
        assert means in page


def answer(page: Page) -> str:
    told = page.locator("[data-paper-result] [data-answer]")
    told.wait_for()
    return str(told.get_attribute("data-answer"))


def ask(page: Page, text: str) -> str:
    page.locator("[data-paper-result]").evaluate("box => box.replaceChildren()")
    page.locator("textarea#q").fill(text)
    page.get_by_role("button", name="Check", exact=True).click()
    return answer(page)


@pytest.mark.browser
@pytest.mark.needs("chromium")
def test_after_one_visit_the_phone_checks_by_itself(
    city: Any, make_page: Callable[..., Page], axe: Callable[[Page], None], shot: Callable[[Page, str], None]
) -> None:
    server, papers = city
    page = make_page("phone", locale="en-GB", service_workers="allow")
    page.goto(f"{server.url}/v/offline")
    page.locator("[data-paper-ready]").wait_for(timeout=30_000)
    axe(page)
    shot(page, "verify-offline-phone-en")
    page.context.set_offline(True)
    page.goto(f"{server.url}/v/offline")
    text = f"HTTPS://{server.url.split('//')[1].upper()}/V/{papers['qr']}"
    assert ask(page, text) == "signed"
    facts = page.locator("[data-paper-result]").inner_text()
    assert "公交" in facts
    assert "full liability" in facts
    axe(page)
    shot(page, "verify-offline-signed-phone-en")
    middle = len(text) - 60
    other = "A" if text[middle] != "A" else "B"
    assert ask(page, text[:middle] + other + text[middle + 1 :]) in ("altered", "unreadable")
    assert ask(page, text[:-8]) in ("altered", "unreadable")
    assert ask(page, "https://example.com/V/ABC") == "unreadable"
    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="png", scale=4, border=4)
    page.locator("textarea#q").fill("")
    page.locator("input#file").set_input_files(
        {"name": "code.png", "mimeType": "image/png", "buffer": out.getvalue()}
    )
    page.locator("[data-paper-result]").evaluate("box => box.replaceChildren()")
    page.get_by_role("button", name="Check", exact=True).click()
    assert answer(page) == "signed"
    page.goto(f"{server.url}/V/{papers['qr']}")
    assert answer(page) == "signed", "the code opened by any camera, without network"
    page.context.set_offline(False)
    page.goto(f"{server.url}/V/{papers['qr']}")
    assert page.locator(".verdict-ok").count() == 1, "with network the server answers, which knows more"


@pytest.mark.browser
@pytest.mark.needs("chromium")
@pytest.mark.parametrize("look", [("desk", "zh-CN"), ("phone", "zh-CN")], ids="-".join)
def test_looks(city: Any, look: tuple[str, str], make_page: Callable[..., Page], axe: Any, shot: Any) -> None:
    size, locale = look
    page = make_page(size, locale=locale)
    page.goto(f"{city[0].url}/v/offline")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shot(page, f"verify-offline-{size}-{locale[:2]}")
