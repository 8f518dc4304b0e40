"""What holds for every endpoint: problem documents, limits, languages, and a true description."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kuaichu.portals.api.contract import MOST_JSON
from tests.portals.api.conftest import Api
from tests.portals.api.test_parties import opens

pytestmark = pytest.mark.django_db
METHODS = {"get", "put", "post", "patch", "delete"}


def operations(described: dict):
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def references(value):
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def test_the_description_is_served(anybody):
    answer = anybody.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.json()["openapi"].startswith("3.1")


def test_the_description_is_whole(described):
    assert {"title", "version", "description"} <= described["info"].keys()
    ids = [operation["operationId"] for _p, _m, operation in operations(described)]
    assert len(ids) == len(set(ids)) >= 28
    for ref in references(described):
        here = described
        for part in ref.removeprefix("#/").split("/"):
            here = here[part]
    for path, method, operation in operations(described):
        assert method in METHODS
        assert operation["summary"], path
        assert operation["description"], path
        assert all(re.fullmatch(r"[1-5]\d\d|default", code) for code in operation["responses"])
        assert all(answer["description"] for answer in operation["responses"].values())
        named = {p["name"] for p in operation.get("parameters", []) if p["in"] == "path"}
        assert named == set(re.findall(r"{(\w+)}", path)), path
        for scheme in operation.get("security", []):
            assert scheme.keys() <= described["components"]["securitySchemes"].keys()
        problem = operation["responses"]["default"]["content"]
        assert list(problem) == ["application/problem+json"]


def test_every_described_path_is_routed(described, anybody):
    filled = "01900000-0000-7000-8000-000000000000"
    for path, method, _operation in operations(described):
        answer = anybody.call(method.upper(), re.sub(r"{kind}", "photo", re.sub(r"{\w+_id}", filled, path)))
        assert answer.status_code in (200, 401, 422, 400), (method, path, answer.status_code)


def test_unreadable_bodies_are_problems(anybody):
    for body in (b"{", b"\xff", b"[]", b"3", b'{"source": "\\u0000"}', b'{"source": "\\ud800"}', b""):
        answer = anybody.browser.generic("POST", "/api/v1/cases", body, content_type="application/json")
        assert answer.status_code in (400, 422), body
        assert answer["Content-Type"] == "application/problem+json"
        assert {"type", "title", "status", "code"} <= answer.json().keys()


def test_too_large_bodies_are_refused_before_they_are_read(anybody):
    answer = anybody.browser.generic(
        "POST", "/api/v1/cases", b" " * (MOST_JSON + 1), content_type="application/json"
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_wrong_methods_and_addresses_are_problems(anybody):
    wrong = anybody.call("DELETE", "/api/v1/cases")
    assert (wrong.status_code, wrong["Content-Type"]) == (405, "application/problem+json")
    assert "POST" in wrong["Allow"]
    for path in ("/api/v1/nothing", "/api/v1/cases/not-an-id", "/api/insurer/v1/claims/7"):
        missing = anybody.get(path)
        assert (missing.status_code, missing["Content-Type"]) == (404, "application/problem+json"), path


def test_refusals_speak_the_readers_language():
    english = Api(language="en").post("/api/v1/joins", {"token": "x"})
    chinese = Api(language="zh-CN").post("/api/v1/joins", {"token": "x"})
    assert english.json()["code"] == chinese.json()["code"]
    assert english.json()["title"].isascii()
    assert english["Content-Language"] == "en"
    assert chinese["Content-Language"] == "zh-hans"


def test_no_answer_is_cached(anybody):
    app = opens()
    assert app.get(app.at())["Cache-Control"] == "no-store"


def test_the_reference_page_shows_every_operation(anybody, described):
    page = anybody.get("/api/v1/docs")
    assert page.status_code == 200
    text = page.content.decode()
    for _path, _method, operation in operations(described):
        assert f'id="{operation["operationId"]}"' in text
    assert "<script>" not in text
    assert "style=" not in text


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.sampled_from(
    [
        "place", "lon", "lat", "accuracy_m", "happened_at", "weather", "light", "injury", "triage", "plate",
        "phone", "movement", "zone", "answers", "words", "way", "code", "name", "id_number", "is_owner",
        "score", "path", "read",
    ]
)  # fmt: skip
PLACES = st.sampled_from(
    [
        ("PATCH", ""), ("PUT", "/parties/me"), ("PUT", "/statement"), ("PUT", "/way"), ("POST", "/rating"),
        ("POST", "/phone-codes"), ("POST", "/phone-proof"), ("POST", "/invitations"),
        ("POST", "/agreement/signature"),
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(FIELDS, VALUES, max_size=5), PLACES)
def test_nothing_that_is_sent_breaks_the_server(db, body, where):
    app = opens()
    answer = app.call(where[0], app.at() + where[1], json.dumps(body).encode())
    assert answer.status_code in (200, 201, 202, 400, 403, 404, 409, 422), (where, body, answer.content)
