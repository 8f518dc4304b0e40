from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from kuaichu.desks.liability import rules
from kuaichu.kernel import city as cities
from kuaichu.people.models import Account
from tests.portals.citizen.conftest import running_town, town
from tests.portals.police import building

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["running_town", "town"]


@pytest.fixture(autouse=True)
def clean_cache() -> None:
    """Counters of wrong tries and used codes belong to one test."""
    cache.clear()


@pytest.fixture
def city_rules(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let the city set something about deciding."""

    def change(**changes: Any) -> None:
        old = cities.city(building.CITY).section("liability", rules.LiabilityRules)
        new = rules.LiabilityRules(**({n: getattr(old, n) for n in old.__struct_fields__} | changes))
        for module in ("bench.issuing", "bench.lots", "rechecks.samples"):
            monkeypatch.setattr(f"kuaichu.desks.liability.{module}.rules", lambda _city: new)

    return change


@pytest.fixture
def officer(db: None) -> Account:
    made = building.account("officer")
    building.totp(made)
    return made


@pytest.fixture
def desk(officer: Account) -> Client:
    return building.signed_in(officer)


@pytest.fixture
def colleague(db: None) -> Callable[..., Client]:
    """Browsers of further staff: `colleague("name", "role")`."""

    def make(name: str = "colleague", role: str = "determination_officer", **more: object) -> Client:
        made = building.account(name, role, **more)
        if role == "determination_officer":
            building.totp(made)
        return building.signed_in(made)

    return make


@pytest.fixture
def enter(live_server, make_page: Callable[..., Page]) -> Callable[..., Page]:
    """A page of somebody signed in: `enter(account, "desk", "en-GB")`."""

    def make(account: Account, size: str = "desk", locale: str = "zh-CN") -> Page:
        cookie = building.signed_in(account).cookies[settings.SESSION_COOKIE_NAME].value
        wide = {"viewport": {"width": 1440, "height": 900}} if size == "desk" else {}
        page = make_page(size, locale, **wide)
        page.route("**/live/**", lambda route: route.abort())
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )
        return page

    return make


@pytest.fixture
def looked_at(axe, shot) -> Callable[[str, str], Callable[[Page, str], None]]:
    """What looks at a page: axe, nothing wider than the screen, a picture `<portal>-<name>-<seen>`."""

    def of(portal: str, seen: str) -> Callable[[Page, str], None]:
        def look(page: Page, name: str) -> None:
            axe(page)
            root = "document.documentElement"
            over = page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
            assert over <= 0, f"{page.url} is {over} px too wide"
            shot(page, f"{portal}-{name}-{seen}")

        return look

    return of
