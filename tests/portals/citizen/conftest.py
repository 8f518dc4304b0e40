from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from pytest_django import Settings

from kuaichu.kernel.deliveries import drain
from tests.stories.builders import Person, Town, town_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

LANGUAGES = ("zh-CN", "en-GB")
See = Callable[[Person, str, str], None]


@pytest.fixture(scope="session")
def running_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with town_of(tmp_path_factory.mktemp("town")) as town:
        yield town


@pytest.fixture
def town(running_town: Town, settings: Settings, transactional_db: None) -> Town:
    """The town, and the house connected to it."""
    settings.CONNECTORS = {**settings.CONNECTORS, **running_town.connectors()}
    return running_town


@pytest.fixture
def anna(town: Town) -> Person:
    """Somebody who has just opened a case."""
    person = Person(town, town.car("苏J20001"))
    person.start()
    return person


@pytest.fixture
def seen_on_phone(live_server: Any, make_page: Any, axe: Any, shot: Any) -> Callable[[str], See]:
    """What looks at a person's page on a phone of 360 × 740 in both languages: `seen_on_phone("roads")`.

    Clean for axe, no wider than the screen, with pictures `roads-<name>-<language>`.
    """

    def of(prefix: str) -> See:
        def look(person: Person, address: str, name: str) -> None:
            drain()
            for locale in LANGUAGES:
                page: Page = make_page("phone", locale)
                page.set_viewport_size({"width": 360, "height": 740})
                page.route("**/live/**", lambda route: route.abort())  # this server has no event stream
                page.context.add_cookies(
                    [
                        {"name": k, "value": v.value, "url": live_server.url}
                        for k, v in person.browser.cookies.items()
                    ]
                )
                page.goto(f"{live_server.url}{address}")
                page.wait_for_load_state()
                axe(page)
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
                shot(page, f"{prefix}-{name}-{locale[:2]}")
                page.context.close()

        return look

    return of
