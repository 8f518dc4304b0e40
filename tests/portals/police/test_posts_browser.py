"""Pages of the head, of the posts beside the bench and of what was sent away, on a desk in both languages."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kuaichu.desks.centre import errands
from kuaichu.desks.liability.approvals import recusals
from kuaichu.desks.liability.bench import removals
from kuaichu.desks.liability.models import Determination
from kuaichu.kernel.deliveries import drain
from kuaichu.people import signin
from kuaichu.people.models import Account
from kuaichu.people.roles import system
from tests.portals.police import building
from tests.stories.builders import Town

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium"), pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_pages_beside_the_bench(
    live_server, enter, looked_at, officer: Account, town: Town, locale: str
) -> None:
    look, base = looked_at("posts", locale[:2]), live_server.url
    waiting = building.waiting_case(town)
    page = enter(officer, "desk", locale)
    page.goto(base + reverse("police:queue"))
    page.click("[data-key=n]")
    page.wait_for_url("**/police/cases/*")
    page.goto(base + reverse("police:endings", args=[waiting.case.pk]))
    look(page, "other-ways")
    row = recusals.ask(waiting.a, waiting.case.pk, ground="kin", words="民警是对方的表哥。")
    errand = errands.call_in(
        system("yancheng"), waiting.case.pk, "mediation", why="asked", words="双方愿意调解。"
    )
    drain()
    head = enter(building.account("boss", "unit_head"), "desk", locale)
    head.goto(base + reverse("police:seconds"))
    look(head, "head-list")
    head.click("[data-key=n]")
    head.wait_for_url(f"**/second/{row.pk}")
    look(head, "recusal")
    mediator = enter(building.account("mediator", "mediator"), "desk", locale)
    for name, address in (
        ("errands", reverse("police:errands")),
        ("errand", reverse("police:errand", args=[errand.pk])),
    ):
        mediator.goto(base + address)
        look(mediator, name)
    assert Determination.objects.get().status == "taken"
    removals.remove(
        signin.staff(officer), waiting.case.pk, unit="泰州市公安局交警支队", words="管辖权在泰州。"
    )
    page.goto(base + reverse("police:removals"))
    look(page, "sent-away")
