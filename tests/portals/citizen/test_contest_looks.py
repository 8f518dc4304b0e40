"""The pages of disagreeing on a phone, in both languages: no wider than it, and clean for axe."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kuaichu.cases.models import Case
from kuaichu.desks.liability.bench import returns
from tests.portals.citizen.conftest import See
from tests.portals.citizen.test_contest import held, signed
from tests.stories.builders import Town, rear_end

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def see(seen_on_phone: Callable[[str], See]) -> See:
    return seen_on_phone("contest")


def test_one_more_photograph_and_another_officer(see: See, town: Town) -> None:
    first, second, who = held(town)
    see(second, second.url("other-officer"), "recusal")
    second.send("other-officer", ground="kin", words="他是对方的表哥。")
    see(second, second.url("other-officer"), "recusal-asked")
    returns.ask(who, first.case.pk, returns.Missing("B", "damage", "左后角的擦痕"))
    see(second, second.url("wanted"), "wanted")


def test_objection_and_review(see: See, town: Town) -> None:
    first, second = signed(town)
    see(first, first.url("objection"), "objection")
    see(first, first.url("review-by-higher"), "review")
    first.send("objection", grounds=["facts"], words="他突然变道，看第三张照片。")
    see(first, first.url("objection"), "objection-sent")
    see(second, second.url("objection"), "objection-answer")
    told = {"request": "请求撤销原认定", "grounds": ["law"], "words": "适用法律错误。", "evidence": ""}
    second.send("review-by-higher", **told)
    see(second, second.url("review-by-higher"), "review-sent")
    see(first, first.url(), "home")


def test_fast_handling(see: See, town: Town) -> None:
    first, second = rear_end(town)
    Case.objects.filter(pk=first.case.pk).update(status="handed_over", outcome="general", injury="serious")
    see(first, first.url("fast"), "fast")
    first.send("fast", undisputed="on")
    see(second, second.url("fast"), "fast-asked")
    see(first, first.url(), "fast-home")
