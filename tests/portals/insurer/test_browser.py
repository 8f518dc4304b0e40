"""The adjuster's desk in a real browser: live list, packet, assessment, approval; looked at and checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from kuaichu.desks.claims import calculations, ordering
from kuaichu.people.roles import system
from kuaichu.queries import losses
from tests.portals.api import casework

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium"), pytest.mark.django_db(transaction=True)]
WIDE, NARROW = "desk", "phone"


@pytest.fixture
def enter(live_server, make_page: Callable[..., Page]) -> Iterator[Callable[..., Page]]:
    """A page of a signed-in adjuster of the at-fault driver's insurer."""
    from django.test import Client

    account = casework.adjuster(casework.insurer("HUAIHAI", "淮海财产保险"))
    casework.insurer("TAIHU", "太湖财产保险")
    browser = Client()
    browser.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    cookie = browser.cookies[settings.SESSION_COOKIE_NAME].value

    def make(size: str = WIDE, locale: str = "zh-CN") -> Page:
        page = make_page(size, locale)
        # This test server has no event stream; the page then asks by itself.
        page.route("**/live/**", lambda route: route.abort())
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )
        return page

    return make


def assess(page: Page, label: str, part: str, amount: str) -> None:
    sheet = page.locator(f"#assess-{label}")
    sheet.locator("input[name=part]").first.fill(part)
    sheet.locator("input[name=amount]").first.fill(amount)
    sheet.locator("button[value=enter]").click()
    page.wait_for_load_state()


def test_a_claim_from_the_list_to_the_approval(enter, live_server, axe, shot):
    made, other = casework.settled(number=1), casework.settled(number=2)
    page = enter()
    page.goto(f"{live_server.url}/insurer/")
    assert page.locator("tbody tr").count() == 2
    axe(page)
    shot(page, "insurer-list-desk-zh")
    page.fill("#text", made.vehicle("B").plate)
    page.keyboard.press("Enter")
    page.wait_for_selector(f"text={made.case.number}")
    axe(page)
    page.click(f"text={made.case.number}")
    page.wait_for_selector("#report_number")
    axe(page)
    shot(page, "insurer-claim-desk-zh")
    page.fill("#report_number", "HH2026112100001")
    page.click("#accept ~ form button")
    page.wait_for_selector("text=HH2026112100001")
    assess(page, "A", "前保险杠", "8000")
    assess(page, "B", "后保险杠", "abc")
    assert page.locator("#assess-B [aria-invalid=true]").count() == 2
    axe(page)
    shot(page, "insurer-wrong-desk-zh")
    assess(page, "B", "后保险杠", "9000")
    calculations.calculate(system(casework.CITY), made.case.pk, losses.loss_case(made.case))
    page.reload()
    axe(page)
    shot(page, "insurer-calculated-desk-zh")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=HH2026112100001")
    page.wait_for_load_state()
    made.claims["HUAIHAI"].refresh_from_db()
    assert made.claims["HUAIHAI"].status == "approved"
    ordering.order(system(casework.CITY), made.case.pk, made.claims["HUAIHAI"].pk)
    page.reload()
    axe(page)
    shot(page, "insurer-approved-desk-zh")
    assert other.case.number in page.goto(f"{live_server.url}/insurer/").text()


@pytest.mark.parametrize(("size", "locale"), [(NARROW, "zh-CN"), (NARROW, "en-GB"), (WIDE, "en-GB")])
def test_the_pages_fit_every_size_and_language(enter, live_server, axe, shot, size, locale):
    made = casework.settled(number=3)
    page = enter(size, locale)
    for name, path in (("list", ""), ("claim", f"claims/{made.claims['HUAIHAI'].pk}")):
        page.goto(f"{live_server.url}/insurer/{path}")
        axe(page)
        shot(page, f"insurer-{name}-{size}-{locale[:2]}")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, (name, wide)


@pytest.mark.parametrize("size", [NARROW, WIDE])
def test_the_reference_page(make_page, live_server, axe, shot, size, db):
    page = make_page(size, "en-GB")
    page.goto(f"{live_server.url}/api/v1/docs")
    assert page.locator("article").count() >= 28
    axe(page)
    shot(page, f"api-reference-{size}-en")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
