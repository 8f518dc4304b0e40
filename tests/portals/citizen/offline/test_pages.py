"""The offline pages in a real browser: rehearsal, drafts, errors, and browsers that keep nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.interruptions import Line
from tests.kill.asking import asked
from tests.servers import Server

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]
CASES = "from kuaichu.cases.models import Case\nprint(Case.objects.count())"
IN_CHARGE = "() => !!(navigator.serviceWorker && navigator.serviceWorker.controller)"
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys()) found.push(...await (await caches.open(name)).keys());
  return found.map((request) => new URL(request.url).pathname);
}"""
STEPS = {
    "safety": ["injury=none"],
    "place": ["#id_place=人民路口", "weather=1", "light=day"],
    "checks": [],
    "vehicle": ["vehicle_kind=MV", "#id_plate=苏J20001"],
    "owner": ["owner=yes"],
    "phone": ["#id_phone=13812345678"],
    "happened/movement": ["answer=STRAIGHT"],
    "happened/zone": ["answer=REAR"],
    "happened/other_movement": ["answer=STRAIGHT"],
    "happened/other_zone": ["answer=FRONT"],
    "happened/words": ["#id_answer=他追尾"],
}


@pytest.fixture(scope="module")
def line(make_server: Callable[..., Server]) -> Iterator[Line]:
    server = make_server(KUAICHU_WORK="0", KUAICHU_LOG="ERROR").start()
    made = Line(server.url)
    made.server = server  # type: ignore[attr-defined]  # asked at the end what it knows
    yield made
    made.close()
    server.kill()


@pytest.fixture
def mended(line: Line) -> Iterator[Line]:
    yield line
    line.mend()


def cases(line: Line) -> int:
    return int(asked(line.server, CASES, {}))  # type: ignore[attr-defined]


def phone_of(make_page: Callable[..., Page], locale: str = "zh-CN", *, keeps: bool = True) -> Page:
    page = make_page("phone", locale=locale, service_workers="allow" if keeps else "block")
    page.set_default_timeout(20_000)
    return page


def ready(page: Page, line: Line) -> None:
    """The phone has kept the site."""
    page.goto(line.url + "/")
    for _try in range(300):
        if page.evaluate(IN_CHARGE):
            return
        page.wait_for_timeout(100)
    raise AssertionError("no service worker came")


def fill(page: Page, step: str) -> None:
    """Enter what a step asks and tap on."""
    page.locator("[data-behaviour='keep'][data-awake]").wait_for(state="attached")
    for told in STEPS[step]:
        name, value = told.split("=")
        if name.startswith("#"):
            page.fill(name, value)
        else:
            at = page.locator(f'input[name="{name}"][value="{value}"]').get_attribute("id")
            page.locator(f'label[for="{at}"]').click()
    page.locator('button[name="none"]' if step == "checks" else ".actionbar .btn-main").click()


def at(page: Page, step: str) -> None:
    page.wait_for_url(re.compile(rf"/p/[0-9a-f-]{{36}}/{step}$"))


def walk(page: Page, *steps: str) -> None:
    for step in steps:
        at(page, step)
        fill(page, step)


@pytest.mark.parametrize(("locale", "cut"), [("zh-CN", False), ("en-GB", True)])
def test_a_rehearsal_leaves_nothing(
    mended: Line, make_page: Callable[..., Page], axe: Callable[[Page], None], shot: Callable[..., None],
    picture: dict[str, object], locale: str, cut: bool,
) -> None:  # fmt: skip
    before, page = cases(mended), phone_of(make_page, locale)
    ready(page, mended)
    page.goto(mended.url + "/try")
    axe(page)
    shot(page, f"offline-try-{locale[:2]}")
    if cut:
        mended.cut()
    page.locator("a[data-behaviour='rehearse']").click()
    at(page, "safety")
    assert page.locator(".rehearsal").is_visible()
    shot(page, f"offline-rehearsal-{locale[:2]}")
    walk(page, "safety", "place", "checks", "vehicle", "owner", "phone")
    at(page, "photos")
    page.locator('form[data-slot="front"] input[name="photo"]').set_input_files([picture])
    page.locator('form.slot-queued[data-slot="front"]').wait_for()
    page.locator(".actionbar .btn-main").click()
    walk(page, *(step for step in STEPS if step.startswith("happened")))
    page.wait_for_url("**/try/end")
    page.locator("section[data-rehearse]:visible").wait_for()
    assert int(page.inner_text("[data-taps]")) >= 20
    assert int(page.inner_text("[data-pages]")) == len(STEPS)
    axe(page)
    shot(page, f"offline-try-end-{locale[:2]}")
    mended.mend()
    page.goto(mended.url + "/p")
    assert page.locator("main a.card-link").count() == 0, "a rehearsal is no draft"
    assert cases(mended) == before


@pytest.fixture
def picture() -> dict[str, object]:
    from tests.stories.builders import photograph

    return {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photograph(7)}


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_a_draft_without_network_is_listed_goes_on_and_can_be_deleted(
    mended: Line,
    make_page: Callable[..., Page],
    axe: Callable[[Page], None],
    shot: Callable[..., None],
    locale: str,
) -> None:
    before, page = cases(mended), phone_of(make_page, locale)
    ready(page, mended)
    mended.cut()
    page.goto(mended.url + "/start")
    page.locator("#start[data-awake]").wait_for(state="attached")
    page.locator('button[form="start"]').click()
    walk(page, "safety", "place")
    at(page, "checks")
    axe(page)
    shot(page, f"offline-blank-{locale[:2]}")
    page.goto(re.sub("checks$", "review", page.url))
    page.locator("[data-forms]").get_by_text("2", exact=True).wait_for()
    axe(page)
    shot(page, f"offline-waits-{locale[:2]}")
    page.goto(mended.url + "/p")
    card = page.locator("main a.card-link")
    card.wait_for()
    axe(page)
    shot(page, f"offline-drafts-{locale[:2]}")
    card.click()
    at(page, "checks")
    page.goto(mended.url + "/p")
    page.locator("[data-forget]").click()
    page.locator('dialog button[value="keep"]').click()
    assert card.count() == 1
    page.locator("[data-forget]").click()
    page.locator('dialog button[value="forget"]').click()
    card.wait_for(state="detached")
    mended.mend()
    page.reload()
    page.wait_for_timeout(1500)
    assert cases(mended) == before, "what was deleted on the phone is never sent"


def test_what_is_wrong_is_said_at_its_field(mended: Line, make_page: Callable[..., Page]) -> None:
    page = phone_of(make_page, keeps=False)
    page.goto(mended.url + "/start")
    page.locator("#start[data-awake]").wait_for(state="attached")
    page.locator('button[form="start"]').click()
    walk(page, "safety", "place", "checks")
    at(page, "vehicle")
    page.locator("[data-behaviour='keep'][data-awake]").wait_for(state="attached")
    page.fill("#id_plate", "X")
    page.locator(".actionbar .btn-main").click()
    page.locator("#id_plate_error").wait_for()
    assert page.input_value("#id_plate") == "X"
    fill(page, "vehicle")
    at(page, "owner")


def test_typed_but_not_sent_is_there_again(mended: Line, make_page: Callable[..., Page]) -> None:
    page = phone_of(make_page, keeps=False)
    page.goto(mended.url + "/start")
    page.locator("#start[data-awake]").wait_for(state="attached")
    page.locator('button[form="start"]').click()
    walk(page, "safety")
    at(page, "place")
    page.locator("[data-behaviour='keep'][data-awake]").wait_for(state="attached")
    page.fill("#id_place", "解放路与人民路")
    page.wait_for_timeout(700)
    page.reload()
    page.locator("[data-behaviour='keep'][data-awake]").wait_for(state="attached")
    assert page.input_value("#id_place") == "解放路与人民路"


def test_a_browser_that_keeps_nothing_works_online_and_says_so(
    mended: Line, make_page: Callable[..., Page]
) -> None:
    before, page = cases(mended), phone_of(make_page, keeps=False)
    page.add_init_script("Object.defineProperty(window, 'indexedDB', {value: undefined})")
    page.goto(mended.url + "/start")
    page.locator('button[form="start"]').click()
    walk(page, "safety", "place")
    at(page, "checks")
    page.locator("[data-shell-say]:visible").wait_for()
    assert cases(mended) == before + 1


def test_it_never_keeps_a_page_of_anybody(mended: Line, make_page: Callable[..., Page]) -> None:
    page = phone_of(make_page)
    ready(page, mended)
    page.goto(mended.url + "/start")
    page.locator("#start[data-awake]").wait_for(state="attached")
    page.locator('button[form="start"]').click()
    walk(page, "safety", "place")
    at(page, "checks")
    kept = page.evaluate(KEPT)
    assert len(kept) > 40
    assert not [one for one in kept if one.startswith("/p/") and not one.startswith("/p/00000000-")]
