"""The parts and behaviours in a real browser under the real content security policy."""

from __future__ import annotations

import hashlib
import io
import re
import time

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.portals.look.serving import DESK

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]

PAGES = ["/parts"] + [
    f"/parts/sample/{name}" for name in ("citizen", "console", "public", "print", "error-404", "error-500")
]

TOO_SMALL = """() => {
  const taps = 'main a, main button, main label, header a, header button, .actionbar > *';
  return [...document.querySelectorAll(taps)].filter((e) => {
    const box = e.getBoundingClientRect();
    return box.width && (box.width < 44 || box.height < 44);
  }).map((e) => e.outerHTML);
}"""
TOO_TINY = """() => [...document.querySelectorAll('body *')].filter((e) => {
  const words = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
  return words && e.getClientRects().length && parseFloat(getComputedStyle(e).fontSize) < 18;
}).map((e) => e.outerHTML)"""


def picture(width=3000, height=2000):
    kept = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(kept, "JPEG", quality=90)
    return {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def soon(condition, seconds=8.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


@pytest.mark.parametrize("size", ["phone", "desk"])
@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_pages_are_accessible_and_fit(make_page, site, axe, shot, size, locale):
    page = make_page(size, locale=locale)
    for path in PAGES:
        page.goto(site(path), wait_until="networkidle")
        axe(page)
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), path
        shot(page, f"look-{path.strip('/').replace('/', '-')}-{size}-{locale[:2]}")


def test_targets_and_type_on_a_phone(make_page, site):
    page = make_page("phone")
    page.goto(site("/parts/sample/citizen"), wait_until="networkidle")
    small = page.evaluate(TOO_SMALL)
    assert small == []
    tiny = page.evaluate(TOO_TINY)
    assert tiny == []


def test_first_page_weighs_little(make_page, site):
    import gzip

    sizes = {}
    page = make_page("phone")
    page.on("response", lambda answer: sizes.update({answer.url: len(gzip.compress(answer.body()))}))
    page.goto(site("/parts/sample/citizen"), wait_until="networkidle")
    assert sum(sizes.values()) <= 60 * 1024, sizes


def test_photo_survives_a_busy_server_and_a_reload(make_page, site):
    DESK.refusals = [503] * 30
    page = make_page("phone")
    page.goto(site("/page/photo"), wait_until="networkidle")
    page.locator("input[name=photo]").set_input_files(picture())
    expect(page.locator(".slot-picture img")).to_be_visible()
    soon(lambda: DESK.puts >= 2)
    page.reload(wait_until="networkidle")
    expect(page.locator(".slot")).to_have_class(re.compile("slot-queued"))
    expect(page.locator("[data-behaviour=outbox]")).to_be_visible()
    DESK.refusals = []
    expect(page.locator(".slot")).to_have_class(re.compile("slot-sent"), timeout=15_000)
    expect(page.locator("[data-behaviour=outbox]")).to_be_hidden()
    ((body, headers),) = DESK.photos.values()
    assert hashlib.sha256(body).hexdigest() == headers["X-Content-Sha256"]
    assert max(Image.open(io.BytesIO(body)).size) == 2048
    assert headers["X-Source"] == "camera"
    assert headers["X-Position"].startswith("33.377600,120.157300,")
    assert re.match(r"\d{4}-\d\d-\d\dT", headers["X-Captured-At"])
    puts = DESK.puts
    page.reload(wait_until="networkidle")
    time.sleep(0.5)
    assert DESK.puts == puts, "a photograph that arrived is not sent again"


def test_small_photo_goes_as_it_is_and_the_gallery_is_told(make_page, site):
    page = make_page("phone")
    page.goto(site("/page/photo"), wait_until="networkidle")
    sent = picture(640, 480)
    page.locator("input[data-gallery]").set_input_files(sent)
    expect(page.locator(".slot")).to_have_class(re.compile("slot-sent"))
    ((body, headers),) = DESK.photos.values()
    assert body == sent["buffer"]
    assert headers["X-Source"] == "gallery"
    assert "X-Position" not in headers


def test_photo_refused_by_the_server_says_so_and_no_photo_is_no_photo(make_page, site):
    page = make_page("phone")
    page.goto(site("/page/photo"), wait_until="networkidle")
    DESK.refusals = [413]
    page.locator("input[name=photo]").set_input_files(picture(640, 480))
    expect(page.locator(".slot")).to_have_class(re.compile("slot-refused"))
    expect(page.locator("[data-photo-say]")).to_have_text("busy")
    page.locator("input[name=photo]").set_input_files(picture(640, 480) | {"buffer": b"no picture"})
    expect(page.locator("[data-photo-say]")).not_to_have_text("busy")
    assert DESK.puts == 1


@pytest.mark.parametrize("script", [True, False])
def test_photo_by_plain_form(make_page, site, script):
    page = make_page("phone", java_script_enabled=script)
    page.goto(site("/page/plain"), wait_until="networkidle")
    sent = picture(640, 480)
    page.locator("input[name=photo]").set_input_files(sent)
    if not script:
        page.get_by_role("button", name=re.compile("Send|发送")).click()
    expect(page.get_by_text("taken")).to_be_visible()
    assert DESK.forms == [("front", sent["buffer"])]


def test_live_ring_refreshes_within_two_seconds_and_falls_back_to_polling(make_page, site):
    page = make_page("desk")
    page.goto(site("/page/live"))
    soon(lambda: page.evaluate("() => !!window.htmx"))
    time.sleep(0.5)
    DESK.ring()
    expect(page.locator("#seen")).to_have_text("1", timeout=2000)
    DESK.silent = True
    DESK.rings = 7
    expect(page.locator("#seen")).to_have_text("7", timeout=15_000)
    expect(page.locator("[data-live-state]")).to_be_visible()
    DESK.silent = False
    expect(page.locator("[data-live-state]")).to_be_hidden(timeout=20_000)


def test_form_parts(make_page, site):
    page = make_page("phone")
    page.goto(site("/page/form"), wait_until="networkidle")
    code = page.locator("input[name=code]")
    code.type("１2a3")
    assert code.input_value() == "123"
    code.fill("123456")
    page.locator("label[for=id_zone_REAR_LEFT]").click()
    expect(page.locator("[data-zones-say]")).not_to_be_empty()
    page.locator("[data-zone=FRONT]").click()
    assert page.locator("input[name=zone]:checked").get_attribute("value") == "FRONT"
    page.keyboard.press("ArrowDown")
    assert page.locator("input[name=zone]:checked").get_attribute("value") == "FRONT_LEFT"
    page.locator("[data-locate-go]").click()
    expect(page.locator("input[name=lat]")).to_have_value("33.377600")
    page.get_by_role("button", name="Go").click()
    time.sleep(0.3)
    assert DESK.posts == 0, "an unsigned form stays"
    canvas = page.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 90, steps=8)
    page.mouse.up()
    assert page.locator("input[name=signature]").input_value().startswith("data:image/png;base64,")
    assert re.fullmatch(r"[ML0-9 .]+", page.locator("input[name=signature_path]").input_value())
    page.get_by_role("button", name="Go").dblclick(no_wait_after=True)
    expect(page.get_by_text("taken")).to_be_visible()
    assert DESK.posts == 1, "two taps, one form"


def test_zones_and_choices_without_script(make_page, site):
    page = make_page("phone", java_script_enabled=False)
    page.goto(site("/page/form"))
    page.locator("label[for=id_zone_LEFT]").click()
    assert page.locator("#id_zone_LEFT").is_checked()
    expect(page.locator("canvas")).to_be_hidden()
    expect(page.locator("input[name=signature_typed]")).to_be_visible()


def test_desk_keys_and_lightbox(make_page, site):
    page = make_page("desk")
    page.goto(site("/parts/sample/console"), wait_until="networkidle")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("tr.is-here")).to_contain_text("000124")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#2$"))
    page.keyboard.press("g")
    page.keyboard.press("l")
    expect(page).to_have_url(re.compile("#law$"))
    page.keyboard.press("?")
    expect(page.locator("#keysheet")).to_be_visible()
    assert page.locator("#keysheet dt").count() >= 9
    page.keyboard.press("Escape")
    page.locator("a[data-compare]").first.click()
    expect(page.locator(".compare-view")).to_have_count(1)
    page.keyboard.press("s")
    expect(page.locator(".compare-view")).to_have_count(2)
    page.keyboard.press("r")
    page.keyboard.press("+")
    assert "rotate(90deg)" in page.locator(".compare-view img").nth(1).get_attribute("style")
    page.keyboard.press("x")
    expect(page.locator(".compare")).to_be_hidden()


def test_clock_counts_down_and_sun_is_remembered(make_page, site):
    page = make_page("phone")
    page.goto(site("/parts"), wait_until="networkidle")
    left = page.locator("#clocks .clock-left").first
    before = left.inner_text()
    soon(lambda: left.inner_text() != before, 3)
    page.locator("[data-behaviour=sun]").click()
    assert page.evaluate("() => document.documentElement.dataset.contrast") == "sun"
    page.reload()
    assert page.evaluate("() => document.documentElement.dataset.contrast") == "sun"
