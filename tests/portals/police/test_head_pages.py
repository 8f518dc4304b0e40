"""The head of the unit at the desk: a fast track approved or not, an officer replaced or not."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from kuaichu.cases.models import Case
from kuaichu.desks.documents.models import Paper
from kuaichu.desks.liability import determinations
from kuaichu.desks.liability.approvals import fast_tracks, recusals
from kuaichu.desks.liability.models import Determination, Recheck
from kuaichu.kernel.deliveries import drain
from kuaichu.people.models import Account, Qualification
from tests.portals.police import building
from tests.portals.police.building import filled
from tests.portals.police.test_bench_pages import at, read, take
from tests.stories.builders import Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(db: None) -> Client:
    return building.signed_in(building.account("boss", "unit_head"))


def look(client: Client, kind: str) -> str:
    """The page of the only look of this kind that waits, taken."""
    drain()
    answer = client.post(reverse("police:take_second"))
    row = Recheck.objects.get(kind=kind, status="taken")
    assert answer["Location"] == reverse("police:second", args=[row.pk])
    return answer["Location"]


def fast_case(town: Town, officer: Account, desk: Client) -> building.Waiting:
    """An injury case whose parties have applied, ruled and confirmed by two officers."""
    waiting = building.waiting_case(town)
    Determination.objects.all().delete()
    Case.objects.filter(pk=waiting.case.pk).update(
        status="handed_over", outcome="general", injury="serious"
    )  # fmt: skip
    for actor in (waiting.a, waiting.b):
        fast_tracks.apply(actor, waiting.case.pk, undisputed=True)
    drain()
    Qualification.objects.create(
        account=officer, kind="junior", number="J", valid_from=date(2020, 1, 1), valid_until=date(2035, 1, 1)
    )
    assert desk.post(reverse("police:take"))["Location"] == at("ruling", waiting)
    assert desk.post(at("sign", waiting), filled()).status_code == 302
    return waiting


def test_fast_handling_is_approved(town: Town, officer: Account, desk: Client, head: Client) -> None:
    waiting = fast_case(town, officer, desk)
    second = building.signed_in(building.account("second"))
    address = look(second, "four_eyes")
    second.post(f"{address}/settle", {"which": "confirm"})
    drain()
    assert not Paper.objects.exists()
    page = read(head, reverse("police:seconds"))
    assert waiting.case.number in page
    address = look(head, "approval")
    page = read(head, address)
    assert 'value="approve"' in page
    assert "当日在路口，甲车追尾乙车。" in page
    assert head.post(f"{address}/settle", {"which": "not_approve", "words": ""}).status_code == 422
    assert head.post(f"{address}/settle", {"which": "approve"}).status_code == 302
    drain()
    assert Paper.objects.get().kind == "general_certificate"
    assert desk.get(at("paper", waiting)).status_code == 200


def test_an_officer_is_replaced(town: Town, desk: Client, head: Client) -> None:
    waiting = take(town, desk)
    recusals.ask(waiting.a, waiting.case.pk, ground="kin", words="民警是对方的表哥。")
    address = look(head, "recusal")
    page = read(head, address)
    assert "民警是对方的表哥。" in page
    assert "officer" in page
    assert 'value="not_grant"' in page
    head.post(f"{address}/settle", {"which": "grant", "words": "情况属实。"})
    drain()
    row = determinations.alive_determination(waiting.case.pk)
    assert row is not None
    assert row.status == "waiting"
    assert desk.get(at("ruling", waiting)).status_code == 404
