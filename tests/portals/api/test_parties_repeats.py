"""Repeated, early, wrong and foreign requests of parties, and calls to 110."""

from __future__ import annotations

import json
import uuid

import pytest

from kuaichu.cases import parties
from kuaichu.cases.models import Case, Party
from kuaichu.kernel.models import Answer, Entry
from tests.portals.api.casework import PATH
from tests.portals.api.conftest import Api, token_for
from tests.portals.api.test_parties import NOTHING, TOLD, newest_code, opens

pytestmark = pytest.mark.django_db


def test_refusing_and_confirming_too_early():
    a = opens()
    early = a.post(a.at("confirmation"))
    assert (early.status_code, early.json()["code"]) == (422, "incomplete")
    assert {"safety", "place", "vehicle", "phone", "driver", "happened", "photos"} <= early.json()[
        "fields"
    ].keys()
    assert a.post(a.at("agreement", "signature"), {"path": PATH, "read": True}).status_code == 404
    assert a.post(a.at("agreement", "refusal")).status_code == 404
    assert a.post(a.at("receipt")).status_code == 409
    assert a.put(a.at("way"), {"way": "agree"}).status_code == 409
    assert a.put(a.at("way"), {"way": "fly"}).status_code == 422
    a.post(a.at("invitations"), {"phone": "13900000005"})
    assert a.post(a.at("refusal"), {"label": "B"}).json()["party_status"] == "joined"
    assert a.view()["others"][0]["status"] == "refused"


def test_rating_and_payee():
    a = opens()
    wrong = a.put(a.at("payee"), {"holder": "张三", "account": "1234"})
    assert list(wrong.json()["fields"]) == ["account"]
    assert a.post(a.at("rating"), {"score": 9}).status_code == 422
    assert a.post(a.at("rating"), {"score": 5, "words": "fast"}).status_code == 200
    assert a.post(a.at("rating"), {"score": 1}).json()["code"] == "rated"


def test_wrong_codes_are_counted_and_end():
    a = opens()
    a.post(a.at("phone-codes"), {"phone": "13800000011"})
    right = newest_code(a.party_id)
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        assert list(a.post(a.at("phone-proof"), {"code": wrong}).json()["fields"]) == ["code"]
    assert a.post(a.at("phone-proof"), {"code": right}).status_code == 422
    for _ in range(5):
        a.post(a.at("phone-codes"), {"phone": "13800000011"})
    assert a.post(a.at("phone-codes"), {"phone": "13800000011"}).json()["code"] == "too_many_codes"


def test_links_that_lead_nowhere():
    assert Api().post("/api/v1/joins", {"token": "no such token"}).json()["code"] == "link_unknown"


def test_a_repeated_request_gets_the_first_answer():
    a = opens()
    first = a.patch(a.at(), TOLD, key="k1")
    entries = Entry.objects.count()
    a.patch(a.at(), {"place": "Corrected place"})
    assert a.patch(a.at(), TOLD, key="k1").json() == first.json()
    assert Case.objects.get(pk=a.case_id).place == "Corrected place"
    assert Entry.objects.count() == entries + 1
    reused = a.patch(a.at(), {"place": "another"}, key="k1")
    assert (reused.status_code, reused.json()["code"]) == (409, "key_reused")
    assert a.patch(a.at(), TOLD, key="k" * 201).status_code == 422
    b = opens()
    assert b.patch(b.at(), TOLD, key="k1").status_code == 200  # another party's keys are its own


def test_no_secret_is_kept_with_an_answer():
    a = opens()
    a.post(a.at("phone-codes"), {"phone": "13800000012"}, key="c1")
    answer = a.post(a.at("phone-proof"), {"code": newest_code(a.party_id)}, key="c2")
    again = a.post(a.at("phone-proof"), {"code": "whatever"}, key="c2")
    assert again.status_code == 409
    invited = a.post(a.at("invitations"), {}, key="c3").json()
    kept = json.dumps(list(Answer.objects.values_list("body", flat=True)))
    assert answer.json()["token"] not in kept
    assert invited["join_token"] not in kept


def test_a_call_to_110_opens_a_case_for_the_caller(partners):
    api = Api(token_for("call110", "calls"))
    answer = api.post("/api/v1/calls", {"phone": "13700000001", "place": "世纪大道"}, key="call-1")
    assert answer.status_code == 201, answer.content
    case = Case.objects.get(pk=answer.json()["case_id"])
    assert (case.source, case.place) == ("call", "世纪大道")
    assert Party.objects.get(case=case).status == "invited"
    assert (
        api.post("/api/v1/calls", {"phone": "13700000001", "place": "世纪大道"}, key="call-1").json()
        == answer.json()
    )
    assert Case.objects.count() == 1
    assert list(api.post("/api/v1/calls", {"phone": "12"}).json()["fields"]) == ["phone"]
    insurer = Api(token_for("huaihai", "calls")).post("/api/v1/calls", {"phone": "13700000002"})
    assert (insurer.status_code, insurer.json()["code"]) == (403, "not_granted")
    claims = Api(token_for("call110", "claims")).post("/api/v1/calls", {"phone": "13700000002"})
    assert claims.json()["code"] == "insufficient_scope"


def test_a_party_reaches_no_other_case():
    a, other = opens(), opens()
    other.patch(other.at(), TOLD)
    for method, more, body in (
        ("GET", (), None), ("PATCH", (), TOLD), ("POST", ("confirmation",), None),
        ("PUT", ("way",), {"way": "agree"}), ("POST", ("phone-codes",), {}),
        ("POST", ("phone-proof",), {"code": "1"}), ("POST", ("receipt",), None),
        ("PUT", ("parties", "me"), {}), ("PUT", ("statement",), {}), ("POST", ("invitations",), {}),
        ("POST", ("refusal",), {}), ("POST", ("agreement", "signature"), {"path": PATH, "read": True}),
        ("POST", ("agreement", "refusal"), None), ("PUT", ("payee",), {"holder": "张三", "account": "1"}),
        ("POST", ("rating",), {"score": 5}), ("GET", ("papers", f"{NOTHING}.pdf"), None),
    ):  # fmt: skip
        answer = a.call(method, other.at(*more), body)
        assert answer.status_code == 404, (method, more, answer.content)
    assert parties.find(uuid.UUID(other.case_id), "A").rating is None
