"""Without network at a scene: pages last seen open, notes are kept and sent once, nothing private stays."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from kuaichu.cases.models import Party
from kuaichu.desks.dispatch import orders, tasks
from kuaichu.desks.dispatch.models import SceneRecord
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.models import Entry
from tests.desks.dispatch import people
from tests.portals.field.conftest import Walker
from tests.portals.field.test_browser import enter
from tests.stories.builders import Town

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["enter"]
NUMBER = "13812345678"


@pytest.mark.django_db
def test_an_old_form_that_comes_late_changes_nothing(walker: Callable[..., Walker], town: Town) -> None:
    one = walker("patrol_officer")
    one.go_on_duty()
    address = f"/field/{one.stop()}/scene/people"

    def note(words: str, key: str, status: int = 200) -> str:
        headers = {"Accept": "application/json, text/html", "Idempotency-Key": key}
        answer = one.browser.post(address, {"state": "done", "words": words}, headers=headers)
        assert answer.status_code == status, answer.content
        return answer.json().get("next", "")

    assert note("路肩", "1").endswith("#item-people")
    note("护栏外", "2")
    note("路肩", "1")
    assert SceneRecord.objects.get().items["people"]["words"] == "护栏外"
    assert Entry.objects.filter(kind="dispatch.scene_noted").count() == 2
    note("另一个", "1", 409)
    note("没有钥匙", "", 422)


def kept(page: Page, path: str) -> str:
    """The kept copy of a page, once it is there."""
    page.wait_for_function("p => caches.match(p).then((found) => !!found)", arg=path)
    return str(page.evaluate("p => caches.match(p).then((found) => found.text())", path))


@pytest.mark.browser
@pytest.mark.needs("chromium")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_a_scene_without_network(live_server, enter, axe, shot, locale: str) -> None:
    one, case = people.account("patrol_officer"), people.reported()
    Party.objects.filter(case=case).update(phone=NUMBER)
    who = people.on_duty(people.signin.staff(one))
    task = orders.send(people.SYSTEM, case.pk, cause=uuid.uuid4(), source="order", wants=("patrol_officer",))
    drain()
    tasks.accept(who, task.pk)
    page = enter(one, locale, service_workers="allow")
    base, at = f"{live_server.url}/field", f"/field/tasks/{task.pk}"
    page.goto(f"{base}/")
    page.wait_for_function(
        "() => navigator.serviceWorker.ready.then(() => !!navigator.serviceWorker.controller)"
    )
    page.goto(f"{live_server.url}{at}")
    page.locator("form[action$=arrive] button").click()
    page.wait_for_selector(".slots")
    page.goto(f"{base}/")
    page.goto(f"{live_server.url}{at}")
    assert NUMBER in page.content()
    assert NUMBER not in kept(page, at)
    assert "item-people" in kept(page, f"{at}/scene"), "kept before it was ever opened"

    page.context.set_offline(True)
    page.goto(f"{base}/")
    assert case.place in page.locator("main").inner_text()
    page.locator("[data-behaviour=fieldseen]").wait_for()
    page.goto(f"{live_server.url}{at}")
    assert NUMBER not in page.content()
    page.locator("[data-keep-too]").first.click()
    page.wait_for_url("**/scene")
    form = page.locator("form[action$='/people']")
    form.locator("input[name=words]").fill("护栏外")
    form.locator("button[value=done]").click()
    form.locator("[data-kept]").wait_for()
    page.reload()
    form.locator("[data-kept]").wait_for()
    assert form.locator("input[name=words]").input_value() == "护栏外"
    assert not SceneRecord.objects.exists()
    axe(page)
    shot(page, f"field-offline-{locale[:2]}")

    page.context.set_offline(False)
    page.locator("#item-people .pill-done, #item-people [class*=ok]").first.wait_for(timeout=20_000)
    assert SceneRecord.objects.get().items["people"]["words"] == "护栏外"
    assert Entry.objects.filter(kind="dispatch.scene_noted").count() == 1
    page.goto(f"{base}/duty")
    tasks.finish(who, task.pk, outcome="not_needed")
    people.duties.end_duty(who)
    page.goto(f"{base}/duty")
    page.locator("[data-sign-out] button").click()
    page.wait_for_load_state()
    page.wait_for_function("() => caches.has('field-seen').then((there) => !there)")


@pytest.mark.django_db
def test_a_note_of_somebody_else_is_not_taken_under_ones_name(
    walker: Callable[..., Walker], town: Town
) -> None:
    one = walker("patrol_officer")
    one.go_on_duty()
    address = f"/field/{one.stop()}/scene/people"
    headers = {"Accept": "application/json, text/html", "Idempotency-Key": "1"}
    told = {"state": "done", "words": "路肩", "by": str(uuid.uuid4())}
    answer = one.browser.post(address, told, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (409, "other_person")
    assert not SceneRecord.objects.exists()
    assert one.browser.post(address, told | {"by": str(one.account.pk)}, headers=headers).status_code == 200
    assert SceneRecord.objects.get().items["people"]["words"] == "路肩"


@pytest.mark.browser
@pytest.mark.needs("chromium")
@pytest.mark.django_db(transaction=True)
def test_what_one_noted_waits_until_that_one_is_back(live_server, enter) -> None:
    """Two helpers share a phone: the second one's sign-in sends nothing of the first."""
    one, other, case = people.account("patrol_officer"), people.account("patrol_officer"), people.reported()
    who = people.on_duty(people.signin.staff(one))
    people.on_duty(people.signin.staff(other))
    task = orders.send(people.SYSTEM, case.pk, cause=uuid.uuid4(), source="order", wants=("patrol_officer",))
    drain()
    tasks.accept(who, task.pk)
    tasks.arrive(who, task.pk)
    page = enter(one, "en-GB")
    page.goto(f"{live_server.url}/field/tasks/{task.pk}/scene")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    form = page.locator("form[action$='/people']")
    form.locator("input[name=words]").fill("护栏外")
    form.locator("button[value=done]").click()
    form.locator("[data-kept]").wait_for()

    first = page.context.cookies()
    page.context.clear_cookies()
    page.context.add_cookies(
        [c for c in enter(other, "en-GB").context.cookies() if c["name"] == settings.SESSION_COOKIE_NAME]
    )
    answers: list[int] = []
    page.on("response", lambda got: got.url.endswith("/people") and answers.append(got.status))
    page.context.set_offline(False)  # the page of the first one is still open
    page.wait_for_timeout(1_500)
    page.goto(f"{live_server.url}/field/")
    page.wait_for_timeout(1_500)
    assert not SceneRecord.objects.exists()
    assert set(answers) <= {403, 409}, "403: the token of the form belongs to a session that is over"

    page.context.clear_cookies()
    page.context.add_cookies(first)
    page.goto(f"{live_server.url}/field/")
    page.wait_for_function("() => !document.hidden")
    for _again in range(40):
        if SceneRecord.objects.exists():
            break
        page.wait_for_timeout(250)
    assert SceneRecord.objects.get().items["people"]["words"] == "护栏外"
    assert Entry.objects.filter(kind="dispatch.scene_noted").count() == 1
