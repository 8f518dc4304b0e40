"""Other ways of the bench in the browser: evidence, endings, second looks, opinions, corrections."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from kuaichu.desks.documents.models import Paper
from kuaichu.desks.liability.models import Correction, Determination, EvidenceRequest, Opinion, Recheck
from kuaichu.kernel.deliveries import drain
from tests.portals.police import building
from tests.portals.police.building import filled
from tests.stories.builders import Town

pytestmark = pytest.mark.django_db


def take(town: Town, desk: Client) -> building.Waiting:
    waiting = building.waiting_case(town)
    answer = desk.post(reverse("police:take"))
    assert answer["Location"] == at("ruling", waiting)
    return waiting


def at(name: str, waiting: building.Waiting) -> str:
    return reverse(f"police:{name}", args=[waiting.case.pk])


def read(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, (url, answer.status_code)
    return answer.content.decode()


def test_one_more_photograph_goes_to_the_phone_and_back(town: Town, desk: Client) -> None:
    waiting = take(town, desk)
    page = read(desk, at("endings", waiting))
    assert 'value="transfer"' not in page  # no other unit in this city
    told = {"which": "evidence", "label": "B", "shot": "damage", "words": "后保险杠左侧近照"}
    wrong = desk.post(at("end", waiting), told | {"label": "Z", "shot": ""})
    assert wrong.status_code == 422
    assert desk.post(at("end", waiting), told).status_code == 302
    drain()
    assert desk.get(at("ruling", waiting)).status_code == 404
    asked = EvidenceRequest.objects.get()
    assert "/j/" in town.messages(asked.party.phone)[0]


def test_facts_refusal_and_transfer_need_their_fields(town: Town, desk: Client) -> None:
    waiting = take(town, desk)
    building.unit("YC-2")
    page = read(desk, at("endings", waiting))
    assert "YC-2" in page
    for fields, marked in (
        ({"which": "facts", "facts_found": "x", "unclear": ""}, "facts-found-error"),
        ({"which": "refuse", "reasons": "x"}, "refuse-reasons-error"),
        ({"which": "transfer", "unit_id": "nothing"}, "unit_id"),
    ):
        answer = desk.post(at("end", waiting), fields)
        assert answer.status_code == 422
        assert marked in answer.content.decode()
    told = {
        "which": "facts",
        "facts_found": "两车在路口接触，均有损坏。",
        "unclear": "双方各执一词，现场没有监控。",
    }
    assert desk.post(at("end", waiting), told).status_code == 302
    drain()
    assert Paper.objects.get().kind == "facts_certificate"


def test_a_second_officer_confirms_on_a_page(
    town: Town, desk: Client, colleague: Callable[..., Client], city_rules: Callable[..., None]
) -> None:
    city_rules(four_eyes=["all"])
    waiting = take(town, desk)
    assert desk.post(at("sign", waiting), filled()).status_code == 302
    drain()
    page = read(desk, at("done", waiting))
    assert "seconds" not in page
    assert not Paper.objects.exists()
    second = colleague()
    assert "four_eyes" not in read(second, reverse("police:seconds"))
    answer = second.post(reverse("police:take_second"))
    row = Recheck.objects.get()
    here = reverse("police:second", args=[row.pk])
    assert answer["Location"] == here
    assert "甲车追尾乙车" in read(second, here)
    settle = reverse("police:settle_second", args=[row.pk])
    assert second.post(settle, {"which": "send_back", "words": ""}).status_code == 422
    assert second.post(settle, {"which": "confirm"}).status_code == 302
    drain()
    assert Determination.objects.get().status == "signed"
    assert Paper.objects.get().status == "issued"
    assert desk.get(here).status_code == 404


def test_a_sample_is_judged_without_seeing_the_ruling(
    town: Town, desk: Client, colleague: Callable[..., Client], city_rules: Callable[..., None]
) -> None:
    city_rules(sample_percent=100)
    waiting = take(town, desk)
    desk.post(at("sign", waiting), filled(reasons="独有的理由在此"))
    drain()
    second = colleague()
    second.post(reverse("police:take_second"))
    row = Recheck.objects.get()
    page = read(second, reverse("police:second", args=[row.pk]))
    assert "独有的理由在此" not in page
    settle = reverse("police:settle_second", args=[row.pk])
    told = {"which": "judge", "grade.A": "EQUAL", "grade.B": "EQUAL", "words": "双方同时变道"}
    assert second.post(settle, told | {"grade.B": "FULL"}).status_code == 422
    assert second.post(settle, told).status_code == 302
    row.refresh_from_db()
    assert row.outcome == "differs"


def test_blind_mode_hides_the_proposal_until_the_officer_has_spoken(
    town: Town, desk: Client, city_rules: Callable[..., None]
) -> None:
    city_rules(blind_percent=100)
    waiting = take(town, desk)
    page = read(desk, at("ruling", waiting))
    assert 'id="proposal"' not in page
    assert desk.get(at("reasons", waiting)).status_code == 409
    case = desk.get(reverse("police:api_case", args=[waiting.case.pk])).json()["case"]
    assert case["blind"] is True
    assert case["proposal"] is None
    assert not case["draft"].get("grades")
    assert desk.post(at("sign", waiting), filled()).status_code == 409
    desk.post(at("opine", waiting), {"grade.A": "EQUAL", "grade.B": "EQUAL", "words": "双方变道"})
    assert 'id="proposal"' in read(desk, at("ruling", waiting))
    assert Opinion.objects.count() == 2
    assert desk.post(at("sign", waiting), filled()).status_code == 302


def test_slips_and_stepping_aside(town: Town, desk: Client) -> None:
    waiting = take(town, desk)
    desk.post(at("sign", waiting), filled())
    drain()
    assert 'name="place"' in read(desk, at("after", waiting))
    assert desk.post(at("correct", waiting), {"why": "笔误更正", "place": ""}).status_code == 422
    told = {"why": "地点有笔误", "place": "人民中路与世纪大道路口"}
    assert desk.post(at("correct", waiting), told).status_code == 302
    drain()
    assert Correction.objects.get().changes == {"place": "人民中路与世纪大道路口"}
    assert Paper.objects.filter(status="issued").count() == 1
    assert desk.post(at("recuse", waiting), {"words": ""}).status_code == 422
    assert desk.post(at("recuse", waiting), {"words": "与甲方系亲属"}).status_code == 302
    drain()
    assert sorted(Determination.objects.values_list("status", flat=True)) == ["replaced", "waiting"]
    assert desk.get(at("after", waiting)).status_code == 404


@pytest.mark.parametrize("name", ["endings", "after"])
def test_nobody_elses_case_is_found(
    town: Town, desk: Client, colleague: Callable[..., Client], name: str
) -> None:
    waiting = take(town, desk)
    other = colleague()
    assert other.get(at(name, waiting)).status_code == 404
    assert other.get(reverse("police:second", args=[uuid.uuid4()])).status_code == 404


def test_a_supervisor_revokes_by_number_and_all_see_it(
    town: Town, desk: Client, colleague: Callable[..., Client]
) -> None:
    waiting = take(town, desk)
    desk.post(at("sign", waiting), filled())
    drain()
    paper = Paper.objects.get()
    boss = colleague("boss", "supervisor")
    page = reverse("police:revoke")
    assert desk.get(page).status_code == 403
    assert boss.post(page, {"number": "nothing", "why": "伪造现场"}).status_code == 422
    assert boss.post(page, {"number": paper.number, "why": ""}).status_code == 422
    assert boss.post(page, {"number": paper.number, "why": "经查系伪造现场"}).status_code == 302
    drain()
    paper.refresh_from_db()
    assert paper.status == "revoked"
    assert "经查系伪造现场" in Client().get(f"/v/?q={paper.code}").content.decode()
    waiting.case.refresh_from_db()
    assert (waiting.case.status, waiting.case.outcome) == ("handed_over", "general")
    assert boss.get(reverse("police:opinions")).status_code == 200
