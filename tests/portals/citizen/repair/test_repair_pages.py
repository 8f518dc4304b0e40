"""Damage and repair on the owner's phone, the shop's draft, and the insurer's answer."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from kuaichu.desks.claims.models import Claim, RepairChoice, StepInWish
from kuaichu.desks.claims.recourse import refusals
from kuaichu.kernel.deliveries import drain
from tests.portals.insurer.conftest import signed_in as adjuster_of
from tests.process.walking import insurer
from tests.stories.builders import Person, Town, rear_end

pytestmark = pytest.mark.django_db
LINES = {
    "part": ["后保险杠", "喷漆", ""], "kind": ["part", "labour", "part"], "amount": ["900", "300.50", ""],
    "do": "enter", "days": "4",
}  # fmt: skip


@pytest.fixture
def agreed(town: Town) -> tuple[Person, Person]:
    """Two people who have signed; the insurers have their claims."""
    first, second = rear_end(town)
    for one in (first, second):
        one.choose("agree")
    for one in (first, second):
        one.sign()
    drain()
    return first, second


@pytest.fixture
def shop_link(agreed: tuple[Person, Person]) -> str:
    """B has chosen a shop of its own and got the shop's link."""
    _first, second = agreed
    second.send("repair", do="choose", name="老王修车铺")
    found = re.search(r"/repair/[^\"]+", second.see("repair"))
    assert found
    return found.group()


def test_any_shop_may_be_chosen_and_drafts_by_its_link(agreed: tuple[Person, Person], shop_link: str) -> None:
    first, second = agreed
    shop = Client(headers={"accept-language": "en"})
    assert "Draft of the repair" in shop.get(shop_link).content.decode()
    for wrong in (
        {"days": "0"},
        {"days": "x"},
        {"days": "999"},
        {"amount": ["-1", "", ""]},
        {"part": ["\0", "", ""]},
    ):
        assert shop.post(shop_link, LINES | wrong).status_code == 422, wrong
    assert shop.post(shop_link, LINES | {"do": "more"}).status_code == 200
    assert shop.post(shop_link, LINES).status_code == 302
    drain()
    assert "￥1,200.50" in second.see("repair")
    assert "￥1,200.50" not in first.see("repair")
    desk = adjuster_of("HUAIHAI", "淮海财产保险")
    claim = Claim.objects.get(case=second.case, insurer="HUAIHAI")
    page = reverse("insurer:claim", args=[claim.pk])
    shown = desk.get(page)
    assert "Draft of 老王修车铺 for B" in shown.content.decode()
    [draft] = shown.context["claim"]["estimates"]
    address = reverse("insurer:estimate", args=[claim.pk, draft["estimate_id"]])
    assert desk.get(address).status_code == 302
    assert desk.post(address, {"do": "ask", "question": ""}).status_code == 422
    assert desk.post(address, {"do": "approve"}).status_code == 302
    drain()
    text = second.see("repair")
    assert "Assessed" in text
    assert "approved" in text


def test_the_shops_question_and_a_void_link(agreed: tuple[Person, Person], shop_link: str) -> None:
    _first, second = agreed
    shop = Client(headers={"accept-language": "en"})
    shop.post(shop_link, LINES)
    desk = adjuster_of("HUAIHAI", "淮海财产保险")
    claim = Claim.objects.get(case=second.case, insurer="HUAIHAI")
    [draft] = desk.get(reverse("insurer:claim", args=[claim.pk])).context["claim"]["estimates"]
    address = reverse("insurer:estimate", args=[claim.pk, draft["estimate_id"]])
    assert desk.post(address, {"do": "ask", "question": "Why the paint?"}).status_code == 302
    assert "Why the paint?" in shop.get(shop_link).content.decode()
    second.send("repair", do="choose", name="别家")
    assert shop.get(shop_link).status_code == 404
    assert shop.get("/repair/nonsense").status_code == 404
    assert RepairChoice.objects.get().name == "别家"
    assert second.browser.post(second.url("repair"), {"do": "choose", "code": "gone"}).status_code == 422


def test_asked_to_pay_first_only_by_who_waived_nothing(agreed: tuple[Person, Person]) -> None:
    """T15 on the page: the warning of Insurance Law Article 61, and a confirmation."""
    _first, second = agreed
    assert "Article 61" in second.see("repair")
    refused = second.browser.post(second.url("repair"), {"do": "ask"})
    assert refused.status_code == 422
    assert not StepInWish.objects.exists()
    second.send("repair", do="ask", waived_nothing="yes")
    assert "You have asked." in second.see("repair")
    desk = adjuster_of("TAIHU", "太湖财产保险")
    own = Claim.objects.get(case=second.case, insurer="TAIHU")
    assert desk.get(reverse("insurer:claim", args=[own.pk])).status_code == 200


def test_a_refusal_is_read_with_who_else_can_decide(agreed: tuple[Person, Person]) -> None:
    _first, second = agreed
    claim = Claim.objects.get(case=second.case, insurer="HUAIHAI")
    Claim.objects.filter(pk=claim.pk).update(status="calculated")
    person = replace(insurer("HUAIHAI"), kind="staff")
    words = "The driver had been drinking; see the breath test of 3 May."
    refusals.refuse(person, claim.pk, ground="excluded", reasons=words)
    text = second.see("repair")
    assert words in text
    assert "12378" in text
    assert "does not pay" in text
