"""The desk for programs does what the pages do, and refuses in problem documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kuaichu.desks.liability.models import Determination
from kuaichu.people.models import Account
from tests.portals.police import building
from tests.stories.builders import Town

pytestmark = pytest.mark.django_db
RULING = {
    "grades": {"A": "FULL", "B": "NONE"}, "facts_found": "当日在路口，甲车追尾乙车。",
    "reasons": "甲车未保持安全距离。", "citations": ["法43"], "form": "1",
}  # fmt: skip


def post(desk: Client, name: str, body: dict[str, Any], *args: object) -> Any:
    return desk.post(reverse(f"police:{name}", args=args), body, content_type="application/json")


def test_a_program_takes_asks_drafts_and_signs(town: Town, desk: Client) -> None:
    waiting = building.waiting_case(town)
    assert desk.get(reverse("police:api_queue")).json()["waiting"] == 1
    case = post(desk, "api_take", {}).json()["case"]
    assert case["id"] == str(waiting.case.pk)
    again = post(desk, "api_proposal", {"facts": {"B.rolled_back": False}}, case["id"])
    assert again.json()["proposal"]["grades"] == {"A": "FULL", "B": "NONE"}
    address = reverse("police:api_draft", args=[case["id"]])
    assert (
        desk.put(address, RULING, content_type="application/json").json()["draft"]["reasons"]
        == RULING["reasons"]
    )
    bad = post(desk, "api_determine", {"ruling": RULING | {"grades": {"A": "FULL", "B": "FULL"}}}, case["id"])
    assert (bad.status_code, bad["Content-Type"]) == (422, "application/problem+json")
    assert set(bad.json()["fields"]) == {"grades"}
    for _twice in range(2):
        signed = post(desk, "api_determine", {"ruling": RULING}, case["id"])
        assert signed.json()["case"]["status"] == "signed"
    assert Determination.objects.get().grades == RULING["grades"]
    assert post(desk, "api_take", {}).json() == {"case": None}
    assert desk.get(reverse("police:api_law"), {"q": "法43"}).json()["articles"][0]["cite"] == "法43"


def test_refusals_are_problem_documents(
    town: Town, desk: Client, officer: Account, colleague: Callable[..., Client], client: Client
) -> None:
    case_id = building.waiting_case(town).case.pk
    post(desk, "api_take", {})
    assert post(client, "api_take", {}).json()["code"] == "sign_in"
    assert post(colleague("d", "dispatcher"), "api_take", {}).json()["code"] == "not_granted"
    assert post(colleague(), "api_determine", {"ruling": RULING}, case_id).status_code == 404
    assert post(desk, "api_determine", {"ruling": {"wrong": 1}}, case_id).status_code == 422
    stale = building.signed_in(officer, fresh=False)
    assert post(stale, "api_determine", {"ruling": RULING}, case_id).json()["fields"].keys() == {"code"}
    assert (
        post(stale, "api_determine", {"ruling": RULING, "code": building.code()}, case_id).status_code == 200
    )
    broken = stale.post(reverse("police:api_give_back", args=[case_id]), "{", content_type="application/json")
    assert broken.json()["code"] == "no_json"
    no_factor = Client()
    no_factor.force_login(building.account("new"))
    assert post(no_factor, "api_take", {}).json()["code"] == "second_factor_missing"


def test_letting_go(town: Town, desk: Client) -> None:
    case_id = building.waiting_case(town).case.pk
    post(desk, "api_take", {})
    assert post(desk, "api_hand_over", {"to": "moon", "reasons": ["injury"]}, case_id).status_code == 422
    assert post(desk, "api_give_back", {"why": "end_of_shift"}, case_id).status_code == 200
    assert Determination.objects.get().status == "waiting"
    assert post(desk, "api_hand_over", {"to": "general", "reasons": ["injury"]}, case_id).status_code == 404


def test_forms_need_their_token(officer: Account) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(officer)
    assert post(strict, "api_take", {}).status_code == 403
