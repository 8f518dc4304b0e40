"""One accident from the call at 110 to money in the bank, as five people with five browsers."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser import papers
from tests.browser.demonstration import Demonstration
from tests.browser.looking import Look
from tests.browser.people import Driver
from tests.browser.staff import Adjuster, CallTaker, Officer

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.needs("chromium", "pdfsig", "pdftoppm", "zbarimg"),
]
ALL_SHOTS = ("front", "rear", "contact", "plate", "damage")
WITHIN_S = 2.0
# notes the moment at which the open page shows a further line of the timeline
WATCH = """() => {
  const count = () => document.querySelectorAll('.timeline .moment').length;
  const before = count();
  window.changedAt = 0;
  new MutationObserver(() => { if (!window.changedAt && count() > before) window.changedAt = Date.now(); })
    .observe(document.body, {childList: true, subtree: true});
}"""


def report(driver: Driver) -> None:
    """Everything up to the other party, by the one who reports."""
    driver.describe()
    driver.name_vehicle(f"{driver.plate[:2]}·{driver.plate[2:].lower()}")
    driver.photograph(*ALL_SHOTS)
    driver.tell("STRAIGHT", "FRONT", "STOPPED_QUEUE", "REAR", "前车停车等红灯，我没有及时刹住。")


def answer(driver: Driver) -> None:
    """Everything by the one who joined."""
    driver.read()
    driver.name_vehicle(driver.plate)
    driver.tell("STOPPED_QUEUE", "REAR", "STRAIGHT", "FRONT", "I was waiting at the red light.")
    driver.photograph("damage")
    driver.confirm()


def changed_at(page: Page) -> float:
    page.wait_for_function("() => window.changedAt > 0")
    return float(page.evaluate("() => window.changedAt")) / 1000


def eventually_paid(driver: Driver) -> None:
    """The page, left open, comes to its end by itself."""
    driver.button("rating").wait_for(timeout=120_000)
    driver.look(driver.page, "citizen-closed")


def test_from_the_call_to_the_payout(
    demo: Demonstration, make_page: Callable[..., Page], look: Look, tmp_path: Path
) -> None:
    began = time.monotonic()

    def lap(text: str) -> None:
        print(f"{time.monotonic() - began:6.1f} s  {text}", flush=True)

    first = Driver(make_page, demo, look, demo.streets.car("苏J5H301", insurer="LIXIAHE"), "zh-CN")
    second = Driver(make_page, demo, look, demo.streets.car("苏J7K210", insurer="TAIHU"), "en-GB")

    call_taker = CallTaker(make_page, demo, look, "dispatcher")
    call_taker.sign_in()
    number = call_taker.send_link(first.number, "解放南路")
    lap("called")

    first.open_message()
    first.prove()
    report(first)
    link = first.show_code()
    first.confirm()
    look(first.page, "citizen-home-waiting")
    lap("reported")

    assert link.startswith(demo.base)
    second.page.goto(link)
    second.prove()
    answer(second)
    assert number in second.page.content()
    lap("joined")

    first.settle("officer")  # the page of the first came here without a reload
    second.settle("officer")
    for driver in (first, second):
        driver.button("waiting").wait_for()
    first.go("waiting")
    first.go()
    look(first.page, "citizen-home-officer")

    officer = Officer(make_page, demo, look, "officer")
    officer.sign_in()
    officer.take()
    lap("taken")
    assert "苏J5H301" in officer.page.inner_text("h1").replace("·", "").replace(" ", "")
    assert officer.page.locator(".bench .tile img").count() == len(ALL_SHOTS) + 1
    officer.adopt("双方陈述与照片一致。")
    time.sleep(2)  # what the officer did so far has reached the phones
    for driver in (first, second):
        driver.page.evaluate(WATCH)
    signed, answered = officer.sign()
    assert signed.status == 302, signed.status
    delays = [changed_at(driver.page) - answered for driver in (first, second)]
    lap(f"signed; on the phones after {delays[0]:.2f} s and {delays[1]:.2f} s")
    assert max(delays) <= WITHIN_S, delays

    first.page.locator('a[href$="?download"]').wait_for()  # the certificate appears by itself
    second.page.locator('a[href$="?download"]').wait_for()
    lap("certified")
    look(first.page, "citizen-home-certified")
    look(second.page, "citizen-home-certified")
    check_paper(first, demo, make_page("desk"), look, tmp_path)
    officer.page.goto(f"{demo.base}/police/signed")
    look(officer.page, "police-signed")
    officer.page.click("tbody a")
    look(officer.page, "police-done")
    lap("verified")

    for driver in (first, second):
        driver.page.locator('form[action$="/received"] button').click()
        driver.page.locator('form[action$="/received"]').wait_for(state="detached")
    adjuster = Adjuster(make_page, demo, look, "adjuster_lixiahe")
    adjuster.sign_in()
    adjuster.open_claim(first.plate)
    adjuster.acknowledge("LXH2026000123")
    for label, lines in (
        ("A", [("前保险杠", "900")]),
        ("B", [("后保险杠总成", "9800.50"), ("喷漆工时", "2600")]),
    ):
        if adjuster.page.locator(f"#assess-{label}").count():
            adjuster.assess(label, *lines)
    lap("assessed")
    for driver in (first, second):
        driver.name_card()
    adjuster.approve()
    lap("approved")
    for driver in (first, second):
        eventually_paid(driver)
    lap("paid and closed")
    assert "12,400.50" in second.page.inner_text("main")
    adjuster.page.reload()
    look(adjuster.page, "insurer-closed")
    first.go("looks")
    first.go()
    first.rate("5")
    second.rate("4")
    look(first.page, "citizen-home-rated")
    lap("rated")


def check_paper(first: Driver, demo: Demonstration, page: Page, look: Look, folder: Path) -> None:
    """Independent programs accept the file, the public page agrees, and one changed byte is refused."""
    paper = papers.download(first, folder)
    told = papers.pdfsig(paper)
    assert "Signature is Valid" in told, told
    assert "Total document signed" in told, told
    verifier = papers.Verifier(page, demo.base, look)
    text = papers.qr_text(paper)
    assert verifier.by_text(papers.code_of(first)) == "ok"
    assert verifier.by_text(text) == "ok"
    assert verifier.by_scan(text) == "ok"
    assert verifier.by_file(paper) == "ok"
    assert first.plate not in page.content()  # masked
    forged = papers.changed(paper)
    assert "Signature is Valid" not in papers.pdfsig(forged)
    assert verifier.by_file(forged) == "bad"


def test_two_agree_and_sign(
    demo: Demonstration, make_page: Callable[..., Page], look: Look, tmp_path: Path
) -> None:
    """From the front page; the second joins by text message; both sign on the screen."""
    first = Driver(make_page, demo, look, demo.streets.car("苏J5H302", insurer="HUAIHAI"), "en-GB")
    second = Driver(make_page, demo, look, demo.streets.car("苏J7K212", insurer="TAIHU"), "zh-CN")
    start(first)
    first.describe()
    first.name_vehicle(first.plate)
    prove_in_the_report(first)
    first.photograph("front", "rear", "contact")
    first.tell("STRAIGHT", "FRONT", "STOPPED_QUEUE", "REAR")
    first.send_message(second.number)
    first.confirm()
    second.open_message()
    second.prove()
    answer(second)

    first.settle("agree")
    second.settle("agree")
    first.button("agreement").wait_for()
    first.sign()
    first.go()
    look(first.page, "citizen-home-signed")
    second.button("agreement").wait_for()
    second.sign()
    second.go()
    first.page.locator('a[href$="?download"]').wait_for()
    paper = papers.download(first, tmp_path)
    assert "Signature is Valid" in papers.pdfsig(paper)
    verifier = papers.Verifier(make_page("phone"), demo.base, look)
    assert verifier.by_scan(papers.qr_text(paper)) == "ok"


def start(driver: Driver) -> None:
    """From the front page to the first step."""
    driver.page.goto(driver.demo.base)
    driver.look(driver.page, "front")
    driver.page.locator('a[href$="/start"]').first.click()
    driver.page.wait_for_url("**/start")
    driver.look(driver.page, "citizen-start")
    driver.forth()
    driver.page.wait_for_url("**/p/*/safety")
    driver.home = driver.page.url.removesuffix("/safety")


def prove_in_the_report(driver: Driver) -> None:
    """The step which asks for the own number."""
    driver.at("phone")
    driver.page.fill("#id_phone", driver.number)
    driver.forth()
    driver.page.wait_for_selector("#id_code")
    driver.look(driver.page, "citizen-phone-code")
    driver.page.fill("#id_code", driver.demo.streets.code(driver.number))
    driver.forth()
