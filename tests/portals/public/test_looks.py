"""The pages in a real browser on a real server: accessible, light, and photographed in both languages."""

from __future__ import annotations

import base64
import json
import subprocess
import sys

import pytest

from tests.servers import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]
MOST_BYTES = 60 * 1024
LOOKS = [("phone", "zh-CN"), ("phone", "en-GB"), ("desk", "zh-CN"), ("desk", "en-GB")]
TONES = {"valid": "ok", "superseded": "warn", "revoked": "bad"}


@pytest.fixture(scope="module")
def city(make_server):
    """A server with three papers, and what they are."""
    server = make_server(DJANGO_SETTINGS_MODULE="kuaichu.settings", PYTHONPATH=str(ROOT))
    done = subprocess.run(
        [sys.executable, "-m", "tests.portals.public.papers"], cwd=ROOT, env=server.environment,
        check=True, text=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    return server.start(), json.loads(done.stdout.strip().splitlines()[-1])


@pytest.fixture(params=LOOKS, ids="-".join)
def look(request, make_page):
    size, locale = request.param
    return make_page(size, locale=locale), f"{size}-{locale[:2]}"


def test_front(city, look, axe, shot):
    (server, _papers), (page, name) = city, look
    page.goto(server.url)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shot(page, f"front-{name}")


def test_the_big_button_is_seen_without_scrolling(city, phone_page):
    phone_page.goto(city[0].url)
    for selector in (".front-report", ".front-calls"):
        box = phone_page.locator(selector).bounding_box()
        assert box["y"] + box["height"] <= 640


def test_the_first_page_is_light(city, phone_page):
    answers = []
    phone_page.on("response", lambda answer: answers.append(answer.request))
    phone_page.goto(city[0].url, wait_until="networkidle")
    sizes = [request.sizes() for request in answers]
    assert sum(max(0, s["responseBodySize"]) + s["responseHeadersSize"] for s in sizes) <= MOST_BYTES


def test_form_and_answers(city, look, axe, shot):
    (server, papers), (page, name) = city, look
    page.goto(f"{server.url}/v/")
    axe(page)
    shot(page, f"verify-{name}")
    for answer, tone in TONES.items():
        page.goto(f"{server.url}/v/")
        page.locator("#q").fill(papers[answer].lower())
        page.locator("form button").nth(1 if page.locator("form.lang").count() else 0).click()
        page.wait_for_selector(f".verdict-{tone}")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        shot(page, f"verify-{answer}-{name}")


def test_scanned_and_mistyped(city, look, axe, shot):
    (server, papers), (page, name) = city, look
    page.goto(f"{server.url}/V/{papers['qr']}")
    assert page.locator(".verdict-ok").count() == 1
    page.goto(f"{server.url}/v/?q={papers['valid'][:-1]}")
    assert page.locator(".verdict-warn").count() == 1
    assert page.locator("#q").input_value() == papers["valid"][:-1]
    axe(page)
    shot(page, f"verify-slip-{name}")


def test_an_uploaded_file_and_a_changed_one(city, look, axe, shot):
    (server, papers), (page, name) = city, look
    pdf = base64.b64decode(papers["pdf"])
    for content, tone in ((pdf, "ok"), (pdf + b"\n% more\n", "bad")):
        page.goto(f"{server.url}/v/")
        page.set_input_files("#file", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": content})
        page.locator("form[enctype] button").click()
        page.wait_for_selector(f".verdict-{tone}")
        page.locator("summary").click()
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        shot(page, f"verify-file-{tone}-{name}")
