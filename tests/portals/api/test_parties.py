"""The parties' API: a case from the first tap to the signed agreement, and everything that is refused."""

from __future__ import annotations

import hashlib
import json
import uuid

import pytest

from kuaichu.cases import registers, screening
from kuaichu.cases.models import Case, PhoneCode
from kuaichu.cases.phones import mint_code
from kuaichu.desks.liability import agreements
from kuaichu.desks.liability.models import Agreement
from kuaichu.people.roles import system
from kuaichu.portals.sessions import party_token
from kuaichu.queries.proposals import proposal_for
from tests.portals.api import casework
from tests.portals.api.casework import CITY, PATH, photograph
from tests.portals.api.conftest import Api

pytestmark = pytest.mark.django_db
TOLD = {
    "place": "人民南路", "lon": 120.15, "lat": 33.36, "light": "day", "injury": "none",
    "triage": {"alcohol_suspected": False},
}  # fmt: skip
NOTHING = "00000000-0000-0000-0000-000000000000"


def newest_code(party_id: str) -> str:
    row = PhoneCode.objects.filter(party_id=party_id).order_by("-asked_at").first()
    return mint_code(row.pk)[1]


class Someone(Api):
    """A party's app."""

    def __init__(self, opened: dict) -> None:
        super().__init__(opened["token"])
        self.case_id, self.party_id = opened["case_id"], opened["party_id"]

    def at(self, *more: str) -> str:
        return "/".join([f"/api/v1/cases/{self.case_id}", *more])

    def prove(self, phone: str = "") -> None:
        asked = self.post(self.at("phone-codes"), {"phone": phone})
        assert asked.status_code == 202, asked.content
        proven = self.post(self.at("phone-proof"), {"code": newest_code(self.party_id)})
        assert proven.status_code == 200, proven.content
        self.token = proven.json()["token"]

    def send(self, data: bytes, shot: str, client_id: str = "", **headers: str):
        client_id = client_id or str(uuid.uuid4())
        given = {"HTTP_" + k.upper(): v for k, v in headers.items()}
        return self.browser.put(
            self.at("photos", client_id) + f"?shot={shot}", data, content_type="image/jpeg",
            HTTP_AUTHORIZATION=f"Bearer {self.token}", **given,
        )  # fmt: skip

    def identify(self, plate: str, insurer: str) -> None:
        answer = self.put(self.at("parties", "me"), {"plate": plate, "is_owner": True})
        assert answer.status_code == 200, answer.content
        record = casework.sound_vehicle(plate)
        number = record["owner"]["id_no"]
        found = registers.Found(
            plate, number, record, casework.sound_driver(number), casework.policies(insurer)
        )
        registers.record(system(CITY), uuid.UUID(self.case_id), uuid.UUID(self.party_id), found)

    def view(self) -> dict:
        answer = self.get(self.at())
        assert answer.status_code == 200, answer.content
        return answer.json()


def opens() -> Someone:
    answer = Api().post("/api/v1/cases", {"source": "app"})
    assert answer.status_code == 201, answer.content
    return Someone(answer.json())


def joins(inviter: Someone, phone: str = "") -> Someone:
    invited = inviter.post(inviter.at("invitations"), {"phone": phone}).json()
    token = invited["join_token"]
    return Someone(Api().post("/api/v1/joins", {"token": token}).json())


def test_a_case_from_the_first_tap_to_the_signed_agreement():
    a = opens()
    assert a.patch(a.at(), TOLD).json()["case_status"] == "reporting"
    a.prove("13800000001")
    a.identify("苏J12345", "HUAIHAI")
    for n, shot in enumerate(("front", "rear", "contact")):
        assert a.send(photograph(n), shot, x_source="in_app").status_code == 200
    said = {"movement": "STRAIGHT", "zone": "FRONT", "other_movement": "STOPPED_QUEUE", "other_zone": "REAR"}
    assert a.put(a.at("statement"), said).status_code == 200
    b = joins(a)
    b.prove("13900000001")
    b.identify("苏J54321", "TAIHU")
    b.put(
        b.at("statement"), {"movement": "STOPPED_QUEUE", "zone": "REAR", "answers": {"B.rolled_back": False}}
    )
    assert a.view()["missing"] == {}
    for one in (a, b):
        assert one.post(one.at("confirmation")).json()["party_status"] == "confirmed"
    screening.screen(system(CITY), uuid.UUID(a.case_id))
    for one in (a, b):
        assert one.put(one.at("way"), {"way": "agree"}).status_code == 200
    agreements.propose(system(CITY), uuid.UUID(a.case_id), proposal_for(uuid.UUID(a.case_id)))
    seen = b.view()
    assert seen["agreement"]["grades"] == {"A": "FULL", "B": "NONE"}
    assert seen["agreement"]["rules"][0]["en"]
    assert seen["next"]["what"]
    unread = a.post(a.at("agreement", "signature"), {"path": PATH, "read": False})
    assert list(unread.json()["fields"]) == ["read"]
    for one in (a, b):
        assert one.post(one.at("agreement", "signature"), {"path": PATH, "read": True}).status_code == 200
    assert Agreement.objects.get().status == "signed"
    assert a.put(a.at("payee"), {"holder": "张三", "account": casework.card(7)}).status_code == 200
    assert a.view()["liability"]["basis"] == "agreement"


def test_one_sees_the_other_masked():
    made = casework.settled()
    seen = Someone(
        {"token": party_token(made.a), "case_id": str(made.case.pk), "party_id": str(made.a.pk)}
    ).view()
    [other] = seen["others"]
    assert other["plate"] == made.vehicle("B").plate
    assert other["name"] == made.b.name[:1] + other["name"][1:] != made.b.name
    for secret in (made.b.id_number, made.b.phone, made.b.name, made.a.id_number, made.a.phone):
        assert secret not in json.dumps(seen, ensure_ascii=False)
    assert [c["insurer"] for c in seen["claims"]] == ["HUAIHAI", "TAIHU"]


def test_papers_go_to_the_parties_as_they_were_sealed():
    made = casework.settled()
    a = Someone({"token": party_token(made.a), "case_id": str(made.case.pk), "party_id": str(made.a.pk)})
    [paper] = a.view()["papers"]
    answer = a.get(paper["url"])
    assert answer["Content-Type"] == "application/pdf"
    assert hashlib.sha256(answer.content).hexdigest() == paper["sha256"]
    assert a.get(a.at("papers", f"{NOTHING}.pdf")).status_code == 404


def test_an_unproven_joiner_sees_nothing_and_changes_nothing():
    a = opens()
    b = joins(a)
    for method, path, body in (
        ("GET", b.at(), None),
        ("PATCH", b.at(), {"place": "somewhere else"}),
        ("PUT", b.at("parties", "me"), {"plate": "苏J11111"}),
        ("PUT", b.at("statement"), {"movement": "STRAIGHT"}),
        ("POST", b.at("confirmation"), None),
        ("POST", b.at("refusal"), {}),
        ("POST", b.at("invitations"), {}),
        ("PUT", b.at("way"), {"way": "agree"}),
        ("PUT", b.at("payee"), {"holder": "x", "account": "1"}),
    ):
        answer = b.call(method, path, body)
        assert (answer.status_code, answer.json()["code"]) == (403, "phone_not_proven"), path
    assert b.send(photograph(1), "front").status_code == 403
    b.prove("13900000002")
    assert b.view()["you"]["label"] == "B"


def test_proving_opens_the_part_only_to_who_proved():
    a = opens()
    invited = a.post(a.at("invitations"), {}).json()
    first, second = (
        Someone(Api().post("/api/v1/joins", {"token": invited["join_token"]}).json()) for _ in "12"
    )
    first.prove("13900000003")
    assert first.get(first.at()).status_code == 200
    assert second.get(second.at()).status_code == 403
    other_phone = second.post(second.at("phone-codes"), {"phone": "13900000004"})
    assert (other_phone.status_code, list(other_phone.json()["fields"])) == (422, ["phone"])


def test_knowing_the_id_of_a_case_does_not_open_it():
    a = opens()
    stranger = Api().post("/api/v1/cases", {"client_id": a.case_id}).json()
    assert stranger["case_id"] != a.case_id
    for token in (stranger["token"], "nonsense", a.token[:-1] + "x", ""):
        answer = Api(token).get(a.at())
        assert answer.status_code in (401, 404), token


def test_the_same_report_opens_one_case_and_later_only_the_proof():
    mine = str(uuid.uuid4())
    one, two = (Api().post("/api/v1/cases", {"client_id": mine}).json() for _ in "12")
    assert one["case_id"] == two["case_id"]
    assert Case.objects.count() == 1
    app = Someone(two)
    app.prove("13800000009")
    late = Someone(Api().post("/api/v1/cases", {"client_id": mine}).json())
    assert late.get(late.at()).status_code == 403


def test_a_photograph_is_kept_once_and_answered_with_its_hashes():
    a, data, mine = opens(), photograph(7), str(uuid.uuid4())
    digest = hashlib.sha256(data).hexdigest()
    headers = {
        "x_content_sha256": digest, "x_captured_at": "2026-11-21T08:30:00+08:00",
        "x_position": "120.1573,33.3776,12", "x_source": "in_app",
    }  # fmt: skip
    first = a.send(data, "front", mine, **headers)
    assert first.status_code == 200, first.content
    assert first.json()["sha256"] == digest
    assert len(first.json()["sm3"]) == 64
    assert a.send(data, "front", mine, **headers).json() == first.json()
    other = a.send(photograph(8), "front", mine, x_content_sha256="0" * 64)
    assert other.status_code == 409
    broken = a.send(data, "front", x_content_sha256="0" * 64)
    assert (broken.status_code, broken.json()["code"]) == (422, "hash_differs")
    assert a.send(b"not a picture", "front").status_code == 422
    assert a.send(data, "selfie").json()["fields"].keys() == {"shot"}
    assert a.send(data, "front", x_position="here").json()["fields"].keys() == {"X-Position"}
    assert a.send(data, "front", x_position="120,91").json()["fields"].keys() == {"X-Position"}
    assert a.send(data, "front", x_captured_at="2026-11-21 08:30").status_code == 422
