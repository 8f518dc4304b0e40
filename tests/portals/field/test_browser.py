"""The field's pages in a real browser, phone size: looked at, checked by axe, position told by itself."""

from __future__ import annotations

import io
import subprocess
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pikepdf
import pytest
from django.conf import settings
from django.db import connection

from kuaichu.cases.models import Case, Evidence, Party
from kuaichu.desks.dispatch import orders, tasks
from kuaichu.desks.dispatch.models import Duty, Task, Trail
from kuaichu.desks.documents.models import Paper
from kuaichu.desks.liability import determinations, on_site
from kuaichu.desks.liability.rulings import Ruling
from kuaichu.kernel.deliveries import drain
from kuaichu.people import cards
from tests.desks.dispatch import people
from tests.portals.police import building
from tests.stories.builders import Town, photograph, rear_end

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium"), pytest.mark.django_db(transaction=True)]
TALL = {"viewport": {"width": 360, "height": 740}}


@pytest.fixture
def enter(live_server, make_page: Callable[..., Page]) -> Iterator[Callable[..., Page]]:
    """A page of somebody signed in: `enter(account, "en-GB")`."""

    def make(account, locale: str = "zh-CN", size: str = "phone", **more: object) -> Page:
        building.totp(account)
        cookie = building.signed_in(account).cookies[settings.SESSION_COOKIE_NAME].value
        page = make_page(size, locale, **((TALL if size == "phone" else {}) | more))
        page.route("**/live/**", lambda route: route.abort())
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )
        return page

    return make


def look(page: Page, axe: Callable[[Page], None], shot: Callable[[Page, str], None], name: str) -> None:
    axe(page)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"
    shot(page, f"field-{name}-{page.evaluate('document.documentElement.lang')[:2]}")


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_a_task_on_a_phone(live_server, enter, axe, shot, locale: str) -> None:
    base = f"{live_server.url}/field"
    page = enter(people.account("patrol_officer"), locale)
    page.goto(f"{base}/")
    look(page, axe, shot, "off-duty")
    page.goto(f"{base}/duty")
    look(page, axe, shot, "duty")
    page.locator("button[form=duty]").click()
    look(page, axe, shot, "duty-refused")
    page.locator("input[name=consent]").check()
    page.locator("input[name=unit]").fill("盐警 021")
    page.locator("button[form=duty]").click()
    page.wait_for_url(f"{base}/")
    look(page, axe, shot, "on-duty")
    case = people.reported()
    orders.send(people.SYSTEM, case.pk, cause=uuid.uuid4(), source="order", wants=("patrol_officer",))
    drain()
    page.goto(f"{base}/")
    look(page, axe, shot, "offer")
    page.locator("form[action$=accept] button").click()
    page.wait_for_url(f"{base}/tasks/*")
    look(page, axe, shot, "on-the-way")
    page.locator("form[action$=arrive] button").click()
    page.wait_for_selector(".slots")
    look(page, axe, shot, "at-the-scene")
    page.locator("form[data-slot=front] input[capture]").set_input_files(picture())
    page.wait_for_selector("form[data-slot=front].slot-sent")
    assert Evidence.objects.get().source != "gallery"
    task = f"{base}/tasks/{Task.objects.get().pk}"
    for name in ("scene", "scene/hand-over", "give-back", "finish"):
        page.goto(f"{task}/{name}")
        look(page, axe, shot, name.replace("/", "-"))
    page.goto(task)
    page.locator("form[action$='/A/help'] button").click()
    page.wait_for_url("**/parties/A/phone")
    look(page, axe, shot, "their-phone")
    page.goto(f"{live_server.url}/p/{Party.objects.get().pk}")
    look(page, axe, shot, "entering")
    for name in ("card", "stop"):
        page.goto(f"{base}/{name}")
        look(page, axe, shot, name)


def picture() -> dict[str, object]:
    """A photograph as the phone's camera hands it over."""
    return {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photograph(11)}


def test_the_ruling_on_a_phone(live_server, enter, axe, shot, town: Town) -> None:
    first, _second = rear_end(town)
    first.choose("police")
    drain()
    one = people.account("patrol_officer")
    page = enter(one, "zh-CN")
    actor = people.on_duty(people.signin.staff(one))
    task = Task.objects.get()
    tasks.accept(actor, task.pk)
    tasks.arrive(actor, task.pk)
    page.goto(f"{live_server.url}/field/tasks/{task.pk}")
    page.locator("form[action$=decide] button").click()
    page.wait_for_url("**/police/cases/*")
    look(page, axe, shot, "ruling")


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_scanning_a_card(live_server, enter, make_page, axe, shot, locale: str) -> None:
    one = people.account("specialist")
    page = enter(one, locale)
    people.on_duty(people.signin.staff(one))
    reader = make_page("phone", locale, **TALL)
    page.goto(f"{live_server.url}/field/card")
    look(page, axe, shot, "card-specialist")
    reader.goto(f"{live_server.url}/id/{cards.make(one.pk)}")
    look(reader, axe, shot, "scanned-genuine")
    Duty.objects.update(role="specialist")
    reader.goto(f"{live_server.url}/id/made-up")
    look(reader, axe, shot, "scanned-forged")


def test_the_position_is_told_by_itself(live_server, enter) -> None:
    one = people.account("persuader")
    page = enter(one)
    people.on_duty(people.signin.staff(one), north_m=None)
    with page.expect_response("**/field/position", timeout=15_000) as told:
        page.goto(f"{live_server.url}/field/")
    assert told.value.status == 200
    duty = Duty.objects.get()
    assert (round(duty.lat, 4), round(duty.lon, 4)) == (33.3776, 120.1573)
    assert Trail.objects.count() == 1


def test_the_centre_on_a_desk(live_server, enter, axe, shot) -> None:
    case = people.reported()
    who = people.on_duty(people.actor("persuader"))
    orders.send(people.SYSTEM, case.pk, cause=uuid.uuid4(), source="order", wants=("persuader",))
    drain()
    assert Task.objects.get().account_id is not None
    assert who.city == Case.objects.get().city
    page = enter(people.account("dispatcher"), size="desk", viewport={"width": 1440, "height": 900})
    page.goto(f"{live_server.url}/police/field")
    look(page, axe, shot, "centre")


def _drained() -> None:
    drain()
    connection.close()


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_a_slip_fits_the_roll_and_the_sheet(live_server, enter, axe, shot, town: Town, locale: str) -> None:
    first, _second = rear_end(town)
    first.choose("police")
    drain()
    one = people.account("patrol_officer")
    page, task = enter(one, locale), Task.objects.get()
    actor = people.on_duty(people.signin.staff(one))
    tasks.accept(actor, task.pk)
    tasks.arrive(actor, task.pk)
    there = tasks.at_scene(actor, task.case_id)
    on_site.take_on_site(there, task.case_id, {})
    ruling = Ruling(
        grades={"A": "FULL", "B": "NONE"}, facts_found="A车在人民南路追尾前方停车等候的B车。",
        reasons="A车未保持安全距离。", citations=["法43"], form="1",
    )  # fmt: skip
    determinations.determine(there, task.case_id, ruling, factor_fresh=True)
    with ThreadPoolExecutor(1) as apart:  # sealing runs a loop of its own; the browser's is in this thread
        apart.submit(_drained).result()
    paper = Paper.objects.get()
    page.goto(f"{live_server.url}/field/tasks/{task.pk}/papers")
    look(page, axe, shot, "papers")
    page.goto(f"{live_server.url}/field/tasks/{task.pk}/papers/{paper.pk}/slip")
    look(page, axe, shot, "slip")
    for width, height in (("80mm", "400mm"), ("58mm", "500mm"), ("210mm", "297mm")):
        made = page.pdf(width=width, height=height)
        with pikepdf.open(io.BytesIO(made)) as printed:
            assert len(printed.pages) == 1, width
        told = subprocess.run(["pdftotext", "-raw", "-", "-"], input=made, capture_output=True, check=True)
        assert paper.code in told.stdout.decode(), width
