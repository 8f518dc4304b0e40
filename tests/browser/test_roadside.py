"""The roadside, line by line, on a phone of 360 × 740 behind a line of 1.6 Mbit/s and 150 ms.

What leads to a page is walked by requests, the page itself by taps. With `--screenshots` each story leaves
the picture that docs/roadside.md shows.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings

from kuaichu.cases import receipts
from kuaichu.cases.models import Case, Evidence, Party, Vehicle
from kuaichu.desks.dispatch import orders, tasks
from kuaichu.desks.documents import certificates
from kuaichu.desks.liability.models import Agreement
from kuaichu.kernel.deliveries import drain
from kuaichu.people import cards
from kuaichu.people.roles import system
from tests.browser.drawing import draw
from tests.browser.weakly import Keep, Opened, filmed, forth, keep, phone, tap
from tests.desks.dispatch import people as staff
from tests.portals.citizen.conftest import running_town, town
from tests.portals.citizen.roads.walking import begin, people
from tests.portals.citizen.test_reading import close_up, shoot
from tests.portals.police import building
from tests.stories.builders import CITY, Person, Town, rear_end

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["filmed", "keep", "phone", "running_town", "town"]
pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium"), pytest.mark.django_db(transaction=True)]


def test_1_offline_first(live_server: Any, phone: Opened, keep: Keep) -> None:
    page = phone("/start", weak=False, service_workers="allow")
    page.wait_for_function(
        "() => navigator.serviceWorker.ready.then(() => !!navigator.serviceWorker.controller)"
    )
    page.context.set_offline(True)
    page.goto(f"{live_server.url}/start")
    page.locator(".actionbar button, .actionbar .btn-main").last.click()
    page.wait_for_url("**/safety")
    tap(page, "injury", "none")
    forth(page)
    page.wait_for_url("**/place")
    page.fill("#id_place", "解放南路与世纪大道路口南侧")
    keep(page, "1-offline")
    tap(page, "weather", "1")
    tap(page, "light", "day")
    forth(page)
    page.wait_for_url("**/checks")
    assert not Case.objects.exists()
    page.context.set_offline(False)
    for _turn in range(100):
        if told() == [("解放南路与世纪大道路口南侧", "none")]:
            break
        page.wait_for_timeout(200)
    assert told() == [("解放南路与世纪大道路口南侧", "none")]


def told() -> list[tuple[str, str]]:
    """What the server knows."""
    return list(Case.objects.values_list("place", "injury"))


def test_2_camera_with_a_guide(filmed: Callable[[Person], Page], town: Town, keep: Keep) -> None:
    anna = people(town, 1)[0]
    anna.start()
    page = filmed(anna)
    page.wait_for_load_state("networkidle")
    page.locator("form[data-slot=rear] .slot-doing input:not([data-gallery])").click()
    page.locator("dialog[open] video, .camera video").first.wait_for()
    page.wait_for_timeout(700)
    keep(page, "2-camera")
    page.locator('form.slot-sent[data-slot="rear"]').wait_for(timeout=30_000)
    assert Evidence.objects.get().source == "in_app"


@pytest.mark.usefixtures("vision_lane")
def test_3_it_reads(phone: Opened, town: Town, keep: Keep) -> None:
    anna = people(town, 1)[0]
    anna.start()
    shoot(anna, close_up(anna.plate), "plate")
    page = phone(anna.url("vehicle"), anna)
    keep(page, "3-reading")
    page.locator(f'form:has([value="{anna.plate}"]) button').first.click()
    page.wait_for_url("**/owner")
    assert Vehicle.objects.get(party=anna.party).plate == anna.plate


def test_4_evidence_that_stands(live_server: Any, phone: Opened, town: Town, keep: Keep) -> None:
    anna = people(town, 1)[0]
    begin(anna)
    receipts.seal(system(CITY), anna.case.pk, certificates.checkpoint_signer())
    page = phone(anna.url("receipt"), anna)
    page.locator("[data-receipt-code] svg").first.wait_for()
    keep(page, "4-receipt")
    text = page.locator("[data-receipt-text]").get_attribute("data-receipt-text")
    reader = phone("/receipt")
    reader.fill("#q", str(text))
    reader.get_by_role("button", name="检查", exact=True).or_(reader.locator("form .btn-main")).first.click()
    reader.locator('[data-answer="signed"], [data-answer="genuine"]').wait_for()
    keep(reader, "4-checked")


def test_5_two_people_sign(phone: Opened, town: Town, keep: Keep) -> None:
    anna, bob = rear_end(town)
    for one in (anna, bob):
        one.choose("agree")
    drain()
    page = phone(anna.url("agreement"), anna)
    keep(page, "5-nothing-must-be-signed")
    forth(page)
    page.wait_for_selector("#id_code")
    page.wait_for_load_state("networkidle")
    page.check("#id_read")
    draw(page)
    drain()
    page.fill("#id_code", town.code(anna.phone))
    keep(page, "5-signing")
    forth(page)
    page.locator("canvas").wait_for(state="detached")
    assert set(Agreement.objects.get().signatures) == {"A"}


def test_6_any_accident_finds_its_way(phone: Opened, town: Town, keep: Keep) -> None:
    anna = people(town, 1)[0]
    keep(phone("/start"), "6-before-starting")
    begin(anna)
    page = phone(anna.url("others/B/absent"), anna)
    page.fill("#id_plate", "苏J8888A")
    forth(page)
    page.wait_for_url("**/note")
    keep(page, "6-note")
    assert Party.objects.get(case=anna.case, label="B").status == Party.Status.ABSENT


def test_7_clear_the_road(phone: Opened, town: Town, keep: Keep) -> None:
    anna = people(town, 1)[0]
    begin(anna)
    page = phone(anna.url("clear"), anna)
    keep(page, "7-clear")
    page.locator("main form button.btn-main").click()
    page.locator("main form button.btn-main").wait_for(state="detached")
    assert anna.case.cleared_at is not None


def test_8_helpers_at_the_scene(live_server: Any, phone: Opened, keep: Keep) -> None:
    one, case = staff.account("persuader"), staff.reported()
    building.totp(one)
    who = staff.on_duty(staff.signin.staff(one))
    order = orders.send(staff.SYSTEM, case.pk, cause=uuid.uuid4(), source="order", wants=("persuader",))
    drain()
    page = phone("", {settings.SESSION_COOKIE_NAME: building.signed_in(one).cookies["sessionid"]})
    page.goto(f"{live_server.url}/field/")
    keep(page, "8-asked")
    page.locator("form[action$=accept] button").first.click()
    page.wait_for_url("**/tasks/*")
    page.locator("form[action$=arrive] button").click()
    page.wait_for_selector(".slots")
    keep(page, "8-at-the-scene")
    assert tasks.held(who, order.pk).status == "arrived"
    keep(phone(f"/id/{cards.make(one.pk)}"), "8-card")


def test_9_follow_at_home(phone: Opened, town: Town, keep: Keep) -> None:
    anna, bob = rear_end(town)
    for one in (anna, bob):
        one.choose("officer")
    drain()
    page = phone(anna.url(), anna)
    keep(page, "9-progress")
    page.goto(page.url.split("/p/")[0] + anna.url("rights"))
    keep(page, "9-rights")
