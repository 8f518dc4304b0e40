"""The centre's pages in a real browser: desk and phone, Chinese and English, checked by axe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from kuaichu.desks.centre import shifts
from kuaichu.kernel import clock
from kuaichu.people import interests, signin
from kuaichu.people.models import Account
from tests.people.acting import seated
from tests.portals.police import building
from tests.stories.builders import Town

if TYPE_CHECKING:
    pass

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium"), pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("size", "locale"), [("desk", "zh-CN"), ("desk", "en-GB"), ("phone", "zh-CN")])
def test_the_pages_of_the_centre(
    live_server, enter, looked_at, officer: Account, town: Town, size: str, locale: str
) -> None:  # fmt: skip
    look = looked_at("centre", f"{size}-{locale[:2]}")
    base = live_server.url
    page = enter(officer, size, locale)
    page.goto(base + reverse("police:queue"))
    page.click("[data-key=n]")
    page.wait_for_url("**/police/")
    building.waiting_case(town)
    building.waiting_case(town)
    page.goto(base + reverse("police:queue"))
    look(page, "drawn")
    interests.declare(seated(signin.staff(officer)), "plate", "苏J99999")
    page.goto(base + reverse("police:post"))
    look(page, "post")
    page.goto(base + reverse("police:deadlines"))
    look(page, "deadlines")
    boss = building.account("boss", "supervisor")
    shifts.plan(signin.staff(boss), username="officer", post="determination", starts_at=clock.now(), hours=8)
    head = enter(boss, size, locale)
    for name in ("wall", "shifts", "deadlines"):
        head.goto(base + reverse(f"police:{name}"))
        look(head, f"head-{name}")
    clerk = enter(building.account("clerk", "administrator"), size, locale)
    for name, address in (
        ("staff", reverse("police:staff")),
        ("import", reverse("police:import")),
        ("account", reverse("police:account", args=[officer.pk])),
    ):
        clerk.goto(base + address)
        look(clerk, name)
    clerk.goto(base + reverse("police:import"))
    told = {"name": "a.csv", "mimeType": "text/csv"} | {
        "buffer": "账号,单位,角色\nnew1,YC-REMOTE,dispatcher\nx,NOWHERE,emperor".encode()
    }
    clerk.set_input_files("#file", told)  # type: ignore[arg-type]
    clerk.click("button[name=check]")
    clerk.wait_for_selector("table")
    look(clerk, "checked")
    page.goto(base + reverse("police:lock"))
    look(page, "lock")
