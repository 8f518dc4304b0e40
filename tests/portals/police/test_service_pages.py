"""Papers to hand over: who sees them, what is noted, what the party sees on its own page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from kuaichu.cases.models import Party
from kuaichu.cases.phones import actor_of
from kuaichu.desks.documents.models import Paper, Service
from kuaichu.desks.liability.models import Determination
from kuaichu.kernel import clock
from kuaichu.kernel.deliveries import drain
from kuaichu.queries.own_case import looks_at
from tests.process.walking import Road, officer
from tests.stories.builders import Person, Town, rear_end

pytestmark = pytest.mark.django_db
EN = {"HTTP_ACCEPT_LANGUAGE": "en"}


@pytest.fixture
def served(town: Town) -> tuple[Road, Service]:
    """A certificate that waits in print for party B."""
    road, who = Road(town).ready(), officer()
    road.want("officer")
    road.take(who)
    road.determine(who)
    drain()
    return road, Service.objects.get(case_id=road.id, party_id=road.party("B").pk)


def form(how: str, **more: str) -> dict[str, str]:
    at = clock.now().astimezone(clock.CHINA).strftime("%Y-%m-%dT%H:%M")
    return {"how": how, "at": at, "words": "", "tracking": ""} | more


def test_the_list_and_the_print(served: tuple[Road, Service], desk: Client) -> None:
    road, row = served
    page = desk.get(reverse("police:service"), **EN).content.decode()
    assert page.count(road.case.number) == 2
    assert road.party("B").phone not in page
    got = desk.get(reverse("police:service_file", args=[row.pk]))
    assert got["Content-Type"] == "application/pdf"
    assert got.content.startswith(b"%PDF")
    assert [look.role for look in looks_at(actor_of(road.party("B")))]


def test_a_refusal_is_noted_with_its_words(served: tuple[Road, Service], desk: Client) -> None:
    road, row = served
    address = reverse("police:service_note", args=[row.pk])
    assert desk.post(address, form("refused"), **EN).status_code == 422
    assert desk.post(address, form("flown", words="x"), **EN).status_code == 422
    assert desk.post(address, form("handed", at="0001-01-01T00:00"), **EN).status_code == 422
    assert desk.post(address, form("handed", at="9999-12-31T23:59"), **EN).status_code == 422
    assert desk.post(address, form("refused", words="拒绝签收\x00"), **EN).status_code == 422
    assert Service.objects.get(pk=row.pk).status == "waiting"
    done = desk.post(address, form("refused", words="当事人拒绝签收，见证人李四"), **EN)
    assert done.status_code == 302, done.content.decode()
    assert Service.objects.get(pk=row.pk).status == "refused"
    page = desk.get(reverse("police:service"), **EN).content.decode()
    assert "见证人李四" in page
    drain()
    assert "B" in Determination.objects.get(case_id=road.id).served
    assert desk.post(address, form("posted", tracking="EX1"), **EN).status_code == 409


def test_posted_and_delivered(served: tuple[Road, Service], desk: Client) -> None:
    _road, row = served
    address = reverse("police:service_note", args=[row.pk])
    desk.post(address, form("posted", tracking="EX123456789CN"))
    page = desk.get(address, **EN).content.decode()
    assert "delivered by the post" in page
    assert "handed over in print" not in page
    desk.post(address, form("delivered"))
    assert Service.objects.get(pk=row.pk).status == "received"


def test_who_may_not_come_in(served: tuple[Road, Service], colleague: Callable[..., Client]) -> None:
    _road, row = served
    dispatcher = colleague("dispatcher", "dispatcher")
    for address in (reverse("police:service"), reverse("police:service_note", args=[row.pk])):
        assert dispatcher.get(address).status_code == 403
        assert Client().get(address).status_code == 302


def test_an_unknown_service_is_not_found(served: Any, desk: Client) -> None:
    assert desk.get(reverse("police:service_note", args=[uuid4()])).status_code == 404


def test_the_party_agrees_and_confirms(town: Town) -> None:
    a, b = rear_end(town)
    for person in (a, b):
        person.choose("agree")
    drain()
    for person in (a, b):
        person.sign()
    drain()
    agreed = Paper.objects.filter(case=a.party.case).first()
    assert agreed is not None
    _confirm(a, agreed)
    home = reverse("citizen:home", args=[a.party_id])
    page = a.browser.get(home).content.decode()
    assert "Serve me electronically" in page
    address = reverse("citizen:service", args=[a.party_id])
    assert a.browser.post(address, {"agree": "yes"}).status_code == 302
    assert "In print again" in a.browser.get(home).content.decode()
    a.browser.post(address, {"agree": "no"})
    assert "Serve me electronically" in a.browser.get(home).content.decode()
    other = reverse("citizen:paper_received", args=[b.party_id, agreed.pk])
    assert a.browser.post(other).status_code in (302, 403, 404)
    assert Service.objects.get(paper=agreed, party_id=b.party_id).status != "received"


def _confirm(who: Person, paper: Paper) -> None:
    address = reverse("citizen:paper_received", args=[who.party_id, paper.pk])
    home = reverse("citizen:home", args=[who.party_id])
    assert address in who.browser.get(home).content.decode()
    assert who.browser.post(address).status_code == 302
    assert address not in who.browser.get(home).content.decode()
    party = Party.objects.get(pk=who.party_id)
    assert Service.objects.get(paper=paper, party_id=party.pk).status == "received"


def test_the_bundle_for_the_party_and_for_the_supervisor(
    served: tuple[Road, Service], colleague: Callable[..., Client], town: Town
) -> None:
    road, _row = served
    supervisor = colleague("chief", "supervisor")
    address = reverse("police:bundle")
    assert supervisor.post(address, {"number": "nothing", "purpose": "court"}).status_code == 422
    assert supervisor.post(address, {"number": road.case.number, "purpose": "fun"}).status_code == 422
    got = supervisor.post(address, {"number": road.case.number, "purpose": "court"})
    assert got["Content-Type"] == "application/zip"
    assert road.kinds()["documents.bundled"] == 1
    a, _b = rear_end(town)
    own = reverse("citizen:bundle", args=[a.party_id])
    assert a.browser.post(own).status_code == 302, "before there is a decision: back, with the reason"
    assert a.browser.get(own).status_code == 405
