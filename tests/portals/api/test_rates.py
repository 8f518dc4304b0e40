"""How many reports one device and one address may open within an hour."""

from __future__ import annotations

import json
import uuid
from functools import partial

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from kuaichu.cases.rules import rules as case_rules
from kuaichu.portals import limits
from tests.portals.api.casework import CITY
from tests.portals.api.conftest import Api

pytestmark = pytest.mark.django_db
CASES = "/api/v1/cases"


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()


def test_too_many_reports_of_one_device_are_refused_for_a_while(anybody: Api) -> None:
    rules = case_rules(CITY)

    def report(n: int, device: str, address: str = "10.20.30.40"):
        body = json.dumps({"client_id": str(uuid.UUID(int=n)), "source": "app"})
        return anybody.browser.post(
            CASES, body, "application/json", HTTP_X_DEVICE=device, REMOTE_ADDR=address
        )

    for n in range(rules.reports_device_hour):
        assert report(n, "phone-1").status_code == 201
    assert report(0, "phone-1").status_code == 201, "the same report again is not counted"
    refused = report(900, "phone-1")
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many")
    assert 0 < int(refused["Retry-After"]) <= 3600
    assert report(901, "phone-2").status_code == 201, "another phone of the same network"
    assert report(902, "phone-1", "10.20.30.41").status_code == 201
    assert report(903, "phone-1", "127.0.0.1").status_code == 201, "a program on this machine"


def test_an_address_has_a_limit_of_its_own_and_trusted_ones_none(anybody: Api, settings) -> None:
    limit = limits.Limit("reports_address", case_rules(CITY).reports_address_hour, 3600)
    request = RequestFactory().post("/", REMOTE_ADDR="10.20.30.50")
    for _ in range(limit.most):
        limits.count(limit, request)
    told = json.dumps({"client_id": str(uuid.uuid4()), "source": "app"})
    send = partial(anybody.browser.post, CASES, told, "application/json", REMOTE_ADDR="10.20.30.50")
    assert send().status_code == 429
    settings.TRUSTED_CALLERS = ["10.20.0.0/16"]
    assert send().status_code == 201
