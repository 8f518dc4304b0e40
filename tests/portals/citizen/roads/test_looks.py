"""The pages of the other roads on a phone of 360 × 740, in both languages: no wider, and clean for axe."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.portals.citizen.conftest import See
from tests.portals.citizen.roads.test_many import chain
from tests.portals.citizen.roads.walking import begin, people
from tests.stories.builders import Town

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def see(seen_on_phone: Callable[[str], See]) -> See:
    """Look at a person's page with that person's cookies, in both languages."""
    return seen_on_phone("roads")


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


@pytest.mark.parametrize("address", ["/start", "/"])
def test_emergency_words_stay_whole(live_server: Any, make_page: Any, address: str) -> None:
    page: Page = make_page("phone", "en-GB")
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{live_server.url}{address}")
    calls = page.locator(".sos-call")
    assert calls.count() == 3
    for call in calls.all():
        assert call.evaluate("one => one.scrollWidth <= one.clientWidth"), call.inner_text()
    lines = "one => one.getClientRects().length"
    assert calls.first.locator("span").evaluate("one => getComputedStyle(one).overflowWrap") == "normal"
    assert calls.first.evaluate(lines) == 1
