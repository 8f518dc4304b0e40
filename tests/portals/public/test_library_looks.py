"""The library of rules in a real browser: accessible, light, narrow enough, and usable without script."""

from __future__ import annotations

import pytest

from tests.servers import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]
MOST_BYTES = 60 * 1024
LOOKS = [("phone", "zh-CN"), ("phone", "en-GB"), ("desk", "zh-CN"), ("desk", "en-GB")]
PAGES = {
    "index": "/library",
    "found": "/library?q=法43",
    "none": "/library?q=zzz",
    "RE-01": "/library/RE-01",
    "UK-01": "/library/UK-01",
    "PK-05": "/library/PK-05",
    "RE-03": "/library/RE-03",
    "order": "/library/about/order",
    "matrix": "/library/about/matrix",
    "contributory": "/library/about/contributory",
    "shares": "/library/about/shares",
}


@pytest.fixture(scope="module")
def server(make_server):
    return make_server(DJANGO_SETTINGS_MODULE="kuaichu.settings", PYTHONPATH=str(ROOT)).start()


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_pages(server, look, make_page, axe, shot):
    size, locale = look
    page = make_page(size, locale=locale)
    for name, path in PAGES.items():
        page.goto(server.url + path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        for details in page.locator("details").all():
            details.evaluate("one => { one.open = true }")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        axe(page)
        page.evaluate("for (const one of document.images) one.loading = 'eager'")
        page.evaluate("Promise.all([...document.images].map(one => one.decode()))")
        shot(page, f"library-{name}-{size}-{locale[:2]}")


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_the_index_is_light(server, locale, make_page):
    page = make_page("phone", locale=locale)
    answers = []
    page.on("response", lambda answer: answers.append(answer.request))
    page.goto(f"{server.url}/library", wait_until="networkidle")
    sizes = [request.sizes() for request in answers]
    total = sum(max(0, one["responseBodySize"]) + one["responseHeadersSize"] for one in sizes)
    print(total)
    assert total <= MOST_BYTES, total


def test_the_search_works_without_script(server, make_page):
    page = make_page("phone", java_script_enabled=False)
    page.goto(f"{server.url}/library")
    page.locator("#q").fill("第四十三条")
    page.locator("form[role=search] button").click()
    page.get_by_role("link", name="RE-01").click()
    assert "RE-01" in page.locator("h1").inner_text()
    page.locator(".article summary").first.click()
    assert "足以采取紧急制动措施的安全距离" in page.locator(".article").first.inner_text()
