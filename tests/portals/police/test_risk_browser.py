"""The pages of an inquiry on a desk and on a phone, in both languages: axe, nothing wider than the screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse

from tests.portals.citizen.conftest import See, seen_on_phone
from tests.portals.police import building
from tests.portals.police.test_risk_pages import looked_at as inquired
from tests.stories.builders import Town, rear_end

__all__ = ["seen_on_phone"]
pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium"), pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_pages_of_the_supervision(live_server, enter, looked_at, town: Town, locale: str) -> None:
    look, base = looked_at("risk", locale[:2]), live_server.url
    first, _second = rear_end(town)
    row = inquired(first)
    page = enter(building.account("boss", "supervisor"), "desk", locale)
    for name, address in (
        ("risk", reverse("police:risk")),
        ("inquiry", reverse("police:inquiry", args=[row.pk])),
    ):
        page.goto(base + address)
        look(page, name)


def test_page_of_the_party(seen_on_phone: Callable[[str], See], town: Town) -> None:
    see = seen_on_phone("risk")
    first, _second = rear_end(town)
    inquired(first)
    see(first, first.url("noticed"), "noticed")
    see(first, first.url(), "noticed-home")
