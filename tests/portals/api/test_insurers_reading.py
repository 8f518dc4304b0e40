"""Reading claims over the API: lists, notices, explanations, and who may."""

from __future__ import annotations

import hashlib

import pytest
from oauth2_provider.models import AccessToken

from tests.portals.api import casework
from tests.portals.api.conftest import Api, token_for
from tests.portals.api.test_insurers import CLAIMS, calculate, loss, url

pytestmark = pytest.mark.django_db


def test_every_calculation_line_is_explained(huaihai):
    made = casework.settled()
    claim = made.claims["HUAIHAI"]
    for label in "AB":
        huaihai.put(url(claim, "assessments", str(made.vehicle(label).pk)), loss(900_000))
    calculate(made.case)
    found = huaihai.get(url(claim)).json()["calculation"]
    assert sum(line["fen"] for line in found["lines"]) == 1_800_000
    assert found["payable_fen"] == sum(x["fen"] for x in found["lines"] if x["own"])
    for line in found["lines"]:
        assert "{" not in line["explanation"]
        assert line["citations"]
    assert any("￥" in line["explanation"] for line in found["lines"])


def test_the_notice_of_loss_speaks_the_insurers_field_names(huaihai):
    made = casework.settled()
    [notice] = huaihai.get(url(made.claims["HUAIHAI"], "notice")).json()["notices"]
    assert notice["orgCode"] == "HUAIHAI"
    assert notice["carMark"] == made.vehicle("A").plate
    assert notice["avoidRepeatData"] == str(made.a.pk)
    assert len(notice["vinNo"]) == 17
    assert notice["accidentCause"] == "08"
    assert notice["dutyCoefficient"] == "1.0000"
    assert notice["thirdCarList"] == [
        {"driverName": made.b.name, "driverTelNo": made.b.phone, "carMark": made.vehicle("B").plate}
    ]


def test_the_list_is_paged_and_filtered(huaihai):
    made = [casework.settled(number=n) for n in (1, 2, 3)]
    expected = [str(m.claims["HUAIHAI"].pk) for m in made]
    seen, cursor = [], ""
    while True:
        page = huaihai.get(f"{CLAIMS}?limit=2{cursor}").json()
        seen += [row["claim_id"] for row in page["claims"]]
        if page["next"] is None:
            break
        cursor = f"&after={page['next']}"
    assert seen == expected
    huaihai.put(url(made[1].claims["HUAIHAI"], "acknowledgement"), {"report_number": "HH-0001"})
    got = huaihai.get(f"{CLAIMS}?status=acknowledged").json()["claims"]
    assert [row["claim_id"] for row in got] == expected[1:2]
    since = huaihai.get(f"{CLAIMS}?updated_since=2099-01-01T00:00:00Z").json()
    assert since["claims"] == []
    wrong = huaihai.get(f"{CLAIMS}?updated_since=yesterday&limit=0")
    assert set(wrong.json()["fields"]) == {"updated_since", "limit"}


def test_reading_takes_the_same_queries_for_many_claims(huaihai, django_assert_max_num_queries):
    made = [casework.settled(number=n) for n in (1, 2, 3)]
    with django_assert_max_num_queries(5):
        assert len(huaihai.get(CLAIMS).json()["claims"]) == 3
    with django_assert_max_num_queries(45):
        huaihai.get(url(made[0].claims["HUAIHAI"]))


def test_who_may_use_the_insurers_door(partners, huaihai):
    claim = casework.settled().claims["HUAIHAI"]
    for token in ("", "nonsense", "x" * 500):
        answer = Api(token).get(url(claim))
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
        assert answer["Content-Type"] == "application/problem+json"
    wrong_scope = Api(token_for("huaihai", "calls")).get(url(claim))
    assert (wrong_scope.status_code, wrong_scope.json()["code"]) == (403, "insufficient_scope")
    no_insurer = Api(token_for("call110", "claims")).get(CLAIMS)
    assert (no_insurer.status_code, no_insurer.json()["code"]) == (403, "no_insurer")
    AccessToken.objects.update(expires="2020-01-01T00:00:00Z")
    assert huaihai.get(url(claim)).status_code == 401


def test_only_the_hash_of_a_token_is_kept(huaihai):
    row = AccessToken.objects.get()
    assert huaihai.token not in (row.token, row.token_checksum)
    assert row.token_checksum == hashlib.sha256(huaihai.token.encode()).hexdigest()
