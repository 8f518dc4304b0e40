"""Accidents besides two cars through the API: many, absent, left, cleared."""

from __future__ import annotations

import uuid

import pytest

from kuaichu.cases.models import Case, Party
from kuaichu.kernel.deliveries import drain
from tests.portals.api.conftest import Api
from tests.portals.api.test_parties import Someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> Someone:
    return Someone(Api().post("/api/v1/cases", {"client_id": str(uuid.uuid4())}).json())


def test_place_kind_and_what_was_struck(anna):
    told = {"place": "停车场内", "site": "private", "struck": {"kind": "16", "owner": "pole 12"}}
    assert anna.patch(anna.at(), told).status_code == 200
    case = Case.objects.get(pk=anna.case_id)
    assert (case.site, case.struck) == ("private", {"kind": "16", "owner": "pole 12"})
    assert anna.get(anna.at()).json()["site"] == "private"
    for wrong in ({"site": "moon"}, {"struck": {"kind": "99"}}, {"struck": {"colour": "red"}}):
        assert anna.patch(anna.at(), wrong).status_code == 422


def test_many_tell_whom_they_touched(anna):
    for label in "BC":
        asked = anna.post(anna.at("invitations"), {"label": label})
        assert asked.json()["label"] == label
    told = {"movement": "STRAIGHT", "zone": "FRONT", "first": "B"}
    told |= {"contacts": {"B": {"zone": "FRONT", "other_zone": "REAR"}, "C": None}}
    assert anna.put(anna.at("statement"), told).status_code == 200
    kept = Party.objects.get(pk=anna.party_id).statement
    assert kept["contacts"] == told["contacts"]
    for wrong in ({"Z": None}, {"A": None}, {"B": {"zone": "<b>"}}, {"B": {"colour": "RED"}}):
        assert anna.put(anna.at("statement"), {"contacts": wrong}).status_code == 422
    assert anna.post(anna.at("invitations"), {"label": "K"}).status_code == 422


def test_clearing_is_said_once(anna):
    assert anna.get(anna.at()).json()["advice"] == "photograph"
    for _twice in range(2):
        assert anna.post(anna.at("clearing")).status_code == 200
    view = anna.get(anna.at()).json()
    assert (view["advice"], bool(view["cleared_at"])) == ("cleared", True)


def test_an_owner_who_is_not_there(anna):
    anna.patch(anna.at(), {"triage": {"alcohol_suspected": False}, "injury": "none"})
    assert anna.post(anna.at("absence"), {"plate": "?"}).status_code == 422
    assert anna.post(anna.at("absence"), {"plate": "苏J12345"}).status_code == 200
    assert Party.objects.get(case_id=anna.case_id, label="B").status == Party.Status.ABSENT
    assert Case.objects.get(pk=anna.case_id).status == Case.Status.REPORTING


def test_a_party_that_went_without_a_word(anna):
    anna.patch(anna.at(), {"triage": {"alcohol_suspected": False}, "injury": "none"})
    assert anna.post(anna.at("departure"), {"how": "by bicycle"}).status_code == 422
    assert anna.post(anna.at("departure"), {"how": "gone"}).status_code == 200
    drain()
    assert Case.objects.get(pk=anna.case_id).outcome == "general"
    assert anna.patch(anna.at(), {"place": "人民南路"}).status_code == 200  # the report goes on


def test_a_first_tap_that_cannot_be_is_not_believed():
    for tapped in ("2020-01-01T00:00:00+08:00", "2099-01-01T00:00:00+08:00"):
        opened = Api().post("/api/v1/cases", {"client_id": str(uuid.uuid4()), "tapped_at": tapped}).json()
        case = Case.objects.get(pk=opened["case_id"])
        assert case.tapped_at == case.opened_at
