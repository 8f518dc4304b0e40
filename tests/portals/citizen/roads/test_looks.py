"""The pages of the other roads on a phone of 360 × 740, in both languages: no wider, and clean for axe."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from kuaichu.kernel.deliveries import drain
from tests.portals.citizen.roads.test_many import chain
from tests.portals.citizen.roads.walking import begin, people
from tests.stories.builders import Person, Town

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium"), pytest.mark.django_db(transaction=True)]
LANGUAGES = ("zh-CN", "en-GB")
See = Callable[[Person, str, str], None]


@pytest.fixture
def see(live_server: Any, make_page: Any, axe: Any, shot: Any) -> See:
    """Look at a person's page with that person's cookies, in both languages."""

    def look(person: Person, address: str, name: str) -> None:
        drain()
        for locale in LANGUAGES:
            page: Page = make_page("phone", locale)
            page.set_viewport_size({"width": 360, "height": 740})
            page.route("**/live/**", lambda route: route.abort())  # this test server has no event stream
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
            shot(page, f"roads-{name}-{locale[:2]}")
            page.context.close()

    return look


def test_before_starting_and_the_road(see: See, town: Town) -> None:
    anna, ben = people(town, 2)
    see(anna, "/start", "start")
    anna.start()
    see(anna, anna.url("place"), "place")
    see(anna, anna.url("checks"), "checks")
    begin(anna)
    see(anna, anna.url("clear"), "clear")
    anna.invite(ben)
    anna.send("clear")
    see(ben, ben.url("clear"), "cleared")
    see(anna, anna.url("others/B/left"), "left")


def test_many(see: See, town: Town) -> None:
    a, b, _c = chain(town)
    see(a, a.url(), "many-ready")
    one, two, three = people(town, 3)
    begin(one, "many_parties")
    one.send("others/B", how="sms", phone=two.phone)
    one.send("others/C", how="sms", phone=three.phone)
    see(one, one.url("others"), "others")
    see(one, one.url("others/D"), "others-one")
    see(one, one.url("others/C/code"), "others-code")
    one.send("happened/movement", answer="STRAIGHT")
    see(one, one.url("happened/met"), "met")
    one.send("happened/met", answer=["B"])
    see(one, one.url("happened/met_B"), "contact")
    see(b, b.url("ways"), "many-ways")


def test_absent_and_struck(see: See, town: Town) -> None:
    anna, owner = people(town, 2)
    begin(anna, "owner_absent")
    see(anna, anna.url("others/B/absent"), "absent")
    anna.send("others/B/absent", plate=owner.plate)
    see(anna, anna.url("others/B/note"), "note")
    (ben,) = people(town, 1)
    begin(ben, "facility_hit", "alcohol_suspected")
    see(ben, ben.url("struck"), "struck")
    see(ben, ben.url(), "handed-home")
    see(ben, ben.url("clear"), "keep")
