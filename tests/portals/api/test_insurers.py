"""The insurers' API: packet, files, the three steps of a claim, in and out of order."""

from __future__ import annotations

import hashlib
import io
import json
import re
import uuid

import pytest
from PIL import Image

from kuaichu.cases.models import Evidence, Handling, Look
from kuaichu.desks.claims import calculations
from kuaichu.kernel.deliveries import drain
from kuaichu.people.roles import system
from kuaichu.queries import losses
from tests.portals.api import casework

pytestmark = pytest.mark.django_db
CLAIMS = "/api/insurer/v1/claims"


def url(claim, *more: str) -> str:
    return "/".join([CLAIMS, str(claim.pk), *more])


def loss(total: int = 300_000, part: str = "后保险杠") -> dict:
    lines = [
        {"part": part, "kind": "part", "amount_fen": total},
        {"part": part, "kind": "labour", "amount_fen": 20_000},
        {"part": part, "kind": "salvage", "amount_fen": 20_000},
    ]
    return {"lines": lines, "total_fen": total, "assessor": "周敏", "assessed_at": "2026-11-21T00:00:00Z"}


def calculate(case) -> None:
    calculations.calculate(system(casework.CITY), case.pk, losses.loss_case(case))


def test_the_packet_holds_everything_needed_and_no_more(huaihai):
    made = casework.settled()
    answer = huaihai.get(url(made.claims["HUAIHAI"]))
    assert answer.status_code == 200, answer.content
    packet = answer.json()
    assert packet["case_number"] == made.case.number
    assert packet["place"]["text"] == "人民南路与世纪大道路口"
    assert packet["liability"]["grades"] == {"A": "FULL", "B": "NONE"}
    assert packet["liability"]["basis"] == "agreement"
    assert packet["liability"]["rules"][0]["label"] == "A"
    own, other = packet["parties"]
    assert (own["own_insured"], other["own_insured"]) == (True, False)
    assert own["id_number"] == made.a.id_number
    assert other["id_number"] != made.b.id_number
    assert "*" in other["id_number"]
    assert other["name"] == made.b.name
    assert other["phone"] == made.b.phone
    assert made.b.id_number not in json.dumps([packet["parties"], packet["vehicles"]])
    assert not re.search(r"622202\d{6}", answer.content.decode()), "a bank account"
    car_a, car_b = packet["vehicles"]
    assert len(car_a["vin"]) == 17
    assert {p["insurer"] for p in car_a["policies"]} == {"HUAIHAI"}
    assert car_b["policies"] == []
    assert car_b["zones"] == ["REAR"]
    assert [one["shot"] for one in packet["photos"]] == ["front", "rear", "contact"]
    [paper] = packet["documents"]
    assert paper["status"] == "issued"
    assert {row["plate"] for row in packet["assess"]} == {car_a["plate"], car_b["plate"]}
    assert packet["timeline"][0]["kind"] == "cases.opened"
    assert packet["calculation"] is None
    assert Look.objects.filter(case=made.case, purpose="claim").count() == 1


def test_every_file_has_the_hashes_which_the_packet_states(huaihai):
    made = casework.settled()
    packet = huaihai.get(url(made.claims["HUAIHAI"])).json()
    files = [*packet["documents"], *(d["facts"] for d in packet["documents"])]
    assert len(files) == 2
    for one in files:
        answer = huaihai.get(one["url"].removeprefix("http://testserver"))
        assert hashlib.sha256(answer.content).hexdigest() == one["sha256"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Disposition"].startswith("attachment")
    [facts] = [d["facts"] for d in packet["documents"]]
    content = huaihai.get(facts["url"].removeprefix("http://testserver")).content
    assert json.loads(content) == facts["content"]


def test_a_photograph_is_a_copy_and_its_hash_the_originals(huaihai):
    made = casework.settled()
    packet = huaihai.get(url(made.claims["HUAIHAI"])).json()
    rows = {str(row.pk): row for row in Evidence.objects.filter(case=made.case)}
    for one in packet["photos"]:
        assert one["original_sha256"] == rows[one["id"]].sha256
        answer = huaihai.get(one["url"].removeprefix("http://testserver"))
        assert answer["X-Content-SHA256"] == hashlib.sha256(answer.content).hexdigest()
        assert not dict(Image.open(io.BytesIO(answer.content)).getexif())
    noted = Handling.objects.filter(what="exported").values_list("evidence", flat=True)
    assert {str(one) for one in noted} == set(rows)


def test_an_unchanged_packet_is_not_sent_again(huaihai):
    made = casework.settled()
    claim = made.claims["HUAIHAI"]
    first = huaihai.get(url(claim))
    assert huaihai.get(url(claim), if_none_match=first["ETag"]).status_code == 304
    assert huaihai.get(url(claim), if_none_match=first["ETag"], accept_language="zh-hans").status_code == 200
    huaihai.put(url(claim, "acknowledgement"), {"report_number": "HH-0001"})
    again = huaihai.get(url(claim), if_none_match=first["ETag"])
    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]
    assert again.json()["report_number"] == "HH-0001"


def test_another_insurers_claim_is_not_found(huaihai, taihu):
    made = casework.settled()
    theirs, vehicle = made.claims["TAIHU"], made.vehicle("A").pk
    photo = taihu.get(url(theirs)).json()["photos"][0]["id"]
    for method, path, body in (
        ("GET", url(theirs), None),
        ("GET", url(theirs, "notice"), None),
        ("GET", url(theirs, "files", "photo", photo), None),
        ("PUT", url(theirs, "acknowledgement"), {"report_number": "HH-0001"}),
        ("PUT", url(theirs, "assessments", str(vehicle)), loss()),
        ("POST", url(theirs, "approval"), {"calculation_id": str(uuid.uuid4())}),
        ("GET", f"{CLAIMS}/{uuid.uuid4()}", None),
    ):
        answer = huaihai.call(method, path, body)
        assert answer.status_code == 404, (method, path, answer.content)
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["code"] == "not_found"
    assert [c["claim_id"] for c in huaihai.get(CLAIMS).json()["claims"]] == [str(made.claims["HUAIHAI"].pk)]


def test_acknowledging_twice_and_under_another_number(huaihai):
    claim = casework.settled().claims["HUAIHAI"]
    first = huaihai.put(url(claim, "acknowledgement"), {"report_number": "HH-0001"})
    assert first.status_code == 200, first.content
    assert first.json()["status"] == "acknowledged"
    assert first.json()["next"] == ["assess"]
    assert huaihai.put(url(claim, "acknowledgement"), {"report_number": "HH-0001"}).json() == first.json()
    other = huaihai.put(url(claim, "acknowledgement"), {"report_number": "HH-0002"})
    assert (other.status_code, other.json()["code"]) == (409, "other_number")
    short = huaihai.put(url(claim, "acknowledgement"), {"report_number": "H"})
    assert (short.status_code, list(short.json()["fields"])) == (422, ["report_number"])


def test_assessing_before_acknowledging_is_taken_and_says_what_is_left(huaihai):
    made = casework.settled()
    claim = made.claims["HUAIHAI"]
    for label, part in (("A", "前保险杠"), ("B", "后保险杠")):
        answer = huaihai.put(url(claim, "assessments", str(made.vehicle(label).pk)), loss(part=part))
        assert answer.status_code == 200, answer.content
    assert answer.json()["next"] == ["acknowledge"]
    assert answer.json()["remarks"] == []
    same = huaihai.put(url(claim, "assessments", str(made.vehicle("B").pk)), loss())
    assert same.json()["version"] == 1
    more = huaihai.put(url(claim, "assessments", str(made.vehicle("B").pk)), loss(310_000, "前保险杠"))
    assert (more.json()["version"], more.json()["remarks"]) == (2, ["前保险杠"])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"total_fen": 1}, "total_fen"),
        ({"lines": []}, "lines"),
        ({"lines": [{"part": "x", "kind": "magic", "amount_fen": 5}], "total_fen": 5}, "lines"),
        ({"lines": [{"part": "x", "kind": "part", "amount_fen": -5}], "total_fen": 0}, "lines.0.amount_fen"),
        ({"lines": [{"part": "x", "kind": "part", "amount_fen": 1.5}], "total_fen": 1}, "lines.0.amount_fen"),
        ({"assessor": " "}, "assessor"),
        ({"assessor": None}, "assessor"),
        ({"surprise": 1}, "surprise"),
        ({"total_fen": 10**15}, "total_fen"),
    ],
)
def test_a_wrong_assessment_names_the_field(huaihai, change, field):
    made = casework.settled()
    path = url(made.claims["HUAIHAI"], "assessments", str(made.vehicle("B").pk))
    answer = huaihai.put(path, loss() | change)
    assert answer.status_code == 422, answer.content
    assert field in answer.json()["fields"]
    assert answer["Content-Type"] == "application/problem+json"


def test_a_vehicle_which_another_insurer_assesses_is_not_found(taihu):
    made = casework.settled()
    answer = taihu.put(url(made.claims["TAIHU"], "assessments", str(made.vehicle("A").pk)), loss())
    assert answer.status_code == 404
    assert taihu.get(url(made.claims["TAIHU"])).json()["assess"] == []


def test_approval_before_a_calculation_of_an_old_one_and_twice(huaihai):
    made = casework.settled()
    claim = made.claims["HUAIHAI"]
    early = huaihai.post(url(claim, "approval"), {"calculation_id": str(uuid.uuid4())})
    assert (early.status_code, early.json()["code"]) == (409, "not_calculated")
    for label, total in (("A", 800_000), ("B", 900_000)):
        huaihai.put(url(claim, "assessments", str(made.vehicle(label).pk)), loss(total))
    calculate(made.case)
    old = huaihai.get(url(claim)).json()["calculation"]
    assert old["approval_needed"] is True
    huaihai.put(url(claim, "assessments", str(made.vehicle("B").pk)), loss(950_000))
    calculate(made.case)
    stale = huaihai.post(url(claim, "approval"), {"calculation_id": old["id"]})
    assert (stale.status_code, stale.json()["code"]) == (409, "newer_calculation")
    new = huaihai.get(url(claim)).json()["calculation"]
    assert new["version"] == 2
    first = huaihai.post(url(claim, "approval"), {"calculation_id": new["id"]})
    assert (first.status_code, first.json()["status"]) == (200, "approved")
    assert huaihai.post(url(claim, "approval"), {"calculation_id": new["id"]}).json() == first.json()
    late = huaihai.put(url(claim, "assessments", str(made.vehicle("B").pk)), loss(990_000))
    assert (late.status_code, late.json()["code"]) == (409, "already_approved")


def test_the_worker_carries_the_claim_on(huaihai):
    made = casework.settled()
    claim = made.claims["HUAIHAI"]
    for label in "AB":
        huaihai.put(url(claim, "assessments", str(made.vehicle(label).pk)), loss(30_000))
    drain()
    claim.refresh_from_db()
    assert claim.status == "approved"
    assert huaihai.get(url(claim)).json()["payouts"]
