"""Pages of an inquiry: the supervision's list and decision; what officer, insurer and party see of it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from kuaichu.desks.claims.models import Claim
from kuaichu.desks.risk import inquiries
from kuaichu.desks.risk.models import Inquiry
from kuaichu.desks.risk.signals import Found
from kuaichu.kernel.deliveries import drain
from kuaichu.people.roles import system
from tests.portals.api import casework
from tests.portals.insurer.conftest import signed_in
from tests.portals.police import building
from tests.stories.builders import CITY, Person, Town, rear_end

pytestmark = pytest.mark.django_db
SINCE = {"since": "2026-01-01", "insurers": 2}


def looked_at(first: Person, earlier: str = "") -> Inquiry:
    """An inquiry on this person's case, as if much had been noticed."""
    found = [
        Found("PAIR", 100, "", {"times": 3, "cases": [earlier or str(uuid4())], **SINCE}),
        Found("OFTEN", 40, "B", {"times": 4, "cases": [], **SINCE}),
    ]
    row = inquiries.notice(system(CITY), first.case.pk, found)
    assert row is not None
    drain()
    return row


def test_the_supervision_decides_in_writing(town: Town, colleague: Callable[..., Client]) -> None:
    old, _other = rear_end(town)
    first, _second = rear_end(town)
    row = looked_at(first, str(old.case.pk))
    boss = colleague("boss", "supervisor")
    listed = boss.get(reverse("police:risk")).content.decode()
    assert first.case.number in listed
    address = reverse("police:inquiry", args=[row.pk])
    page = boss.get(address).content.decode()
    assert old.case.number in page, "earlier accidents stand there by number"
    refused = boss.post(address, {"do": "refer", "reasons": " "})
    assert refused.status_code == 422
    assert Inquiry.objects.get().status == "open"
    assert boss.post(address, {"do": "refer", "reasons": "照片与另案相同。"}).status_code == 302
    assert Inquiry.objects.get().status == "referred"
    drain()
    assert "照片与另案相同。" in first.see("noticed")
    assert boss.get(reverse("police:inquiry", args=[uuid4()])).status_code == 404


def test_others_have_no_business_there(town: Town, colleague: Callable[..., Client]) -> None:
    first, _second = rear_end(town)
    row = looked_at(first)
    for role in ("determination_officer", "dispatcher"):
        browser = colleague(role, role)
        assert browser.get(reverse("police:risk")).status_code in (302, 403)
        assert browser.post(reverse("police:inquiry", args=[row.pk]), {"reasons": "abcdef"}).status_code in (
            302,
            403,
        )
    assert Inquiry.objects.get().status == "open"


def test_the_party_reads_and_answers(town: Town) -> None:
    first, second = rear_end(town)
    first.see("noticed", status=404)
    looked_at(first)
    assert first.url("noticed") in first.see()
    mine, theirs = first.see("noticed"), second.see("noticed")
    assert "met in an accident before" in mine
    assert "4 accidents" not in mine, "what concerns the other side is not told"
    assert "4 accidents" in theirs
    assert first.browser.post(first.url("noticed"), {"words": "no"}).status_code == 422
    assert first.browser.post(first.url("noticed"), {"words": "我们是同事。"}).status_code == 302
    assert "我们是同事。" in first.see("noticed")
    assert "我们是同事。" not in second.see("noticed")


def test_the_officer_sees_the_signs(town: Town, desk: Client) -> None:
    waiting = building.waiting_case(town)
    found = [Found("PAIR", 100, "", {"times": 3, "cases": [], **SINCE})]
    inquiries.notice(system(CITY), waiting.case.pk, found)
    drain()
    desk.post(reverse("police:take"))
    page = desk.get(reverse("police:ruling", args=[waiting.case.pk])).content.decode()
    assert 'id="looked-at"' in page


def test_the_insurer_reads_why_it_is_held(db: None) -> None:
    casework.settled()
    claim = Claim.objects.get(insurer="HUAIHAI")
    browser = signed_in("HUAIHAI", "淮海财产保险")
    found = [Found("PAIR", 100, "", {"times": 3, "cases": [], **SINCE})]
    inquiries.notice(system(CITY), claim.case_id, found)
    Claim.objects.filter(pk=claim.pk).update(held_for="risk")
    page = browser.get(reverse("insurer:claim", args=[claim.pk])).content.decode()
    assert "Both sides met in an accident before: 3" in page
    assert "The police look at this accident" in page
