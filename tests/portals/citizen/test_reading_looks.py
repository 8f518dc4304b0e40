"""What was read, looked at on a phone: the plate to confirm, the licence to compare, the differences."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from kuaichu.specimens.papers import specimen
from kuaichu.specimens.spoiling import GRADES, photographed
from tests.portals.citizen.test_reading import close_up, shoot
from tests.stories.builders import Person, Town

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.needs("chromium"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("vision_lane"),
]
PHONE = {"viewport": {"width": 360, "height": 740}}
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}


@pytest.fixture
def look(
    live_server,
    make_page: Callable[..., Page],
    axe: Callable[[Page], None],
    shot: Callable[[Page, str], None],
) -> Callable[[Person, str, str], None]:
    """Open a page of this person on a phone, in both languages; axe, width, picture."""

    def see(person: Person, address: str, name: str) -> None:
        for short, locale in LANGUAGES.items():
            page = make_page("phone", locale, **PHONE)
            page.route("**/live/**", lambda route: route.abort())  # this server has no event stream
            cookies = [
                {"name": key, "value": one.value, "url": live_server.url}
                for key, one in person.browser.cookies.items()
            ]
            page.context.add_cookies(cookies)
            page.goto(live_server.url + person.url(address))
            page.wait_for_load_state()
            axe(page)
            wide = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert wide <= 0
            shot(page, f"{name}-{short}")

    return see


def test_the_pages(anna: Person, town: Town, look: Callable[[Person, str, str], None]) -> None:
    look(anna, "vehicle", "reading-nothing-yet")
    shoot(anna, close_up(anna.plate), "plate")
    look(anna, "vehicle", "reading-plate")
    anna.send("vehicle", vehicle_kind="MV", plate=town.car("苏J2000B"), plate_kind="")
    anna.send("owner", owner="no")
    shoot(anna, photographed(specimen("driving_licence", 3).pixels, GRADES["mild"], 3), "licence")
    look(anna, "driver", "reading-licence")
    anna.send("driver", name="王小明", id_number="320902190003150028")
    look(anna, "review", "reading-differences")
