"""The character no text may have is refused in words at every door, and nothing of it is kept."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from kuaichu.cases.models import Case
from tests.portals.police import building

pytestmark = pytest.mark.django_db
NUL = "\0"


@pytest.fixture
def clerk() -> Client:
    return building.signed_in(building.account("clerk", "administrator"))


@pytest.mark.parametrize("told", [{"q": NUL}, {"home": f"YC{NUL}"}, {"q": ["fine", NUL]}, {NUL: "x"}])
def test_in_an_address(clerk: Client, told: dict[str, str]) -> None:
    answer = clerk.get(reverse("police:staff"), told)
    assert answer.status_code == 422
    assert "Enter it again" in answer.content.decode() or "重新输入" in answer.content.decode()


@pytest.mark.parametrize("files", [False, True])
def test_in_a_form(clerk: Client, files: bool) -> None:
    """As browsers send forms: with the token, whether files may come along or not."""
    clerk.handler.enforce_csrf_checks = True
    address = reverse("police:account", args=[building.account("one").pk])
    token = clerk.get(address).cookies["csrftoken"].value
    as_form = {} if files else {"content_type": "application/x-www-form-urlencoded"}

    def send(role: str) -> int:
        told = {"roles": role, "csrfmiddlewaretoken": token}
        return clerk.post(address, told if files else urlencode(told), **as_form).status_code

    assert send(f"determination_officer{NUL}") == 422
    assert send("determination_officer") == 302


def test_in_a_path_and_as_json(client: Client) -> None:
    assert client.get("/v/%00").status_code == 422
    officer = building.signed_in(building.account("officer"))
    take = reverse("police:api_take")
    answer = officer.post(take, b'{"why": "\\u0000"}', content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (422, "unreadable")
    assert officer.post(take, b"{}", content_type="application/json").status_code != 422
    answer = client.get("/api/v1/cases?cursor=%00")
    assert (answer.status_code, answer.json()["code"]) == (422, "unreadable")
    assert not Case.objects.exists()


def test_where_the_body_is_no_text_nothing_is_read(client: Client) -> None:
    answer = client.post("/report", b"\0" * 100, content_type="application/octet-stream")
    assert answer.status_code in (403, 404)
