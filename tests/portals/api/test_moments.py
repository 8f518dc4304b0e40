"""Moments are written out, and a parameter is given once: what a fuzzer found."""

from __future__ import annotations

import pytest

from kuaichu.desks.notify.models import OldSecret
from tests.portals.api.test_insurers import CLAIMS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "told", ["0.5", "1e9", "-1.1e-197", "1700000000", "2026-11-21", "2026-11-21T08:00:00"]
)
def test_a_number_is_no_moment(huaihai, told):
    answer = huaihai.get(f"{CLAIMS}?updated_since={told}")
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["updated_since"])


@pytest.mark.parametrize(
    "told", ["2026-11-21T08:00:00%2B08:00", "2026-11-21T00:00:00Z", "2026-11-21T00:00:00.123456Z"]
)
def test_a_moment_is_written_out(huaihai, told):
    assert huaihai.get(f"{CLAIMS}?updated_since={told}").status_code == 200


def test_a_parameter_is_given_once(huaihai):
    answer = huaihai.get(f"{CLAIMS}?limit=1&limit=2")
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["limit"])


def test_a_key_that_is_too_long_is_refused_by_every_operation(huaihai, anybody):
    for api, path in ((huaihai, "/api/insurer/v1/webhook/secret"), (anybody, "/api/v1/cases")):
        answer = api.call("PUT" if api is huaihai else "POST", path, {}, key="k" * 201)
        assert (answer.status_code, list(answer.json()["fields"])) == (422, ["Idempotency-Key"])
    assert not OldSecret.objects.exists()
