"""The bench's other pages in a real browser: desk and phone, Chinese and English, checked by axe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from kuaichu.desks.liability.models import Recheck
from kuaichu.desks.liability.rechecks import objections
from kuaichu.kernel.deliveries import drain
from tests.portals.police import building
from tests.stories.builders import Town

if TYPE_CHECKING:
    from kuaichu.people.models import Account

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium"), pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("size", "locale"), [("desk", "zh-CN"), ("phone", "en-GB")])
def test_the_pages(
    live_server, enter, looked_at, officer: Account, town: Town, size: str, locale: str
) -> None:  # fmt: skip
    look = looked_at("police", f"{size}-{locale[:2]}")
    building.unit("YC-2")
    told = (building.REAR_END[0], building.REAR_END[1] | {"answers": {"B.rolled_back": False}})
    waiting = building.waiting_case(town, told=told)
    base, case = live_server.url, waiting.case.pk
    page = enter(officer, size, locale)
    page.goto(base + reverse("police:queue"))
    page.click("[data-key=n]")
    page.wait_for_url("**/police/cases/*")
    look(page, "bench")
    page.goto(base + reverse("police:endings", args=[case]))
    look(page, "endings")
    page.locator("button[data-key=x]").click()
    page.wait_for_load_state()
    look(page, "endings-wrong")
    page.goto(base + reverse("police:ruling", args=[case]))
    page.locator("button[data-sheet=signsheet]").click()
    page.wait_for_selector("#signsheet[open]")
    with page.expect_navigation():
        page.locator("#signsheet .btn-main").click()
    assert page.url.endswith("/police/"), page.url
    drain()
    page.goto(base + reverse("police:done", args=[case]))
    look(page, "done")
    page.goto(base + reverse("police:after", args=[case]))
    look(page, "after")
    objections.object_to(waiting.b, case, objections.Objection(["facts"], "照片上看得见他变道。"))
    drain()  # it waits on the list, to be drawn
    row = Recheck.objects.exclude(kind="sample").get()
    second = enter(building.account("second"), size, locale)
    second.goto(base + reverse("police:seconds"))
    look(second, "seconds")
    second.locator("button[data-key=n]").click()
    second.wait_for_url("**/police/second/*")
    if row.kind in second.content():
        look(second, "second")
    boss = enter(building.account("boss", "supervisor"), size, locale)
    for name in ("opinions", "revoke"):
        boss.goto(base + reverse(f"police:{name}"))
        look(boss, name)
