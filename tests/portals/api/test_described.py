"""The description is OpenAPI 3.1, and every example in it is what its schema says."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from tests.portals.api.test_contract import operations

JSON = "application/json"


def errors(described: dict[str, Any], schema: dict[str, Any], example: Any) -> list[str]:
    judge = Draft202012Validator({**schema, "components": described["components"]}, validate_formats=True)
    return [f"{error.instance_path}: {error.message}" for error in judge.iter_errors(example)]


def examples(described: dict[str, Any]):
    for path, method, operation in operations(described):
        held = {"body": operation.get("requestBody", {}), **operation["responses"]}
        for where, one in held.items():
            for mime, content in one.get("content", {}).items():
                yield f"{method} {path} {where}", mime, content


def test_the_document_is_openapi_3_1(described):
    found = [
        f"{error.instance_path}: {error.message}" for error in OPENAPI_31_VALIDATOR.iter_errors(described)
    ]
    assert found == []


def test_every_body_and_answer_has_an_example_that_is_valid(described):
    seen = 0
    for where, mime, content in examples(described):
        if "schema" not in content:
            continue
        assert "example" in content, where
        if mime.endswith("json"):
            assert errors(described, content["schema"], content["example"]) == [], (where, content["example"])
            seen += 1
    assert seen > 60


def test_every_operation_shows_one_answer_that_says_something(described):
    for path, method, operation in operations(described):
        good = [a for code, a in operation["responses"].items() if code.startswith("2")]
        assert good, path
        shown = [c["example"] for a in good for m, c in a.get("content", {}).items() if m == JSON]
        assert all(shown), (method, path)


def test_every_parameter_has_a_valid_example(described):
    for path, method, operation in operations(described):
        for one in operation.get("parameters", []):
            assert errors(described, one["schema"], one["example"]) == [], (method, path, one["name"])


def test_a_wrong_example_would_be_found(described):
    schema = {"$ref": "#/components/schemas/Acknowledgement"}
    assert errors(described, schema, {"report_number": 7})
    assert errors(described, schema, {"report_number": "HH-1", "more": 1})
    assert not errors(described, schema, {"report_number": "HH-1"})


def test_examples_are_the_same_every_time(described):
    from kuaichu.portals.api.contract import api

    assert json.loads(json.dumps(api.get_openapi_schema(), default=str)) == described


@pytest.mark.django_db
def test_an_example_can_be_sent_as_it_stands(described, huaihai):
    """The first step of a claim with the example of the description."""
    from tests.portals.api import casework
    from tests.portals.api.test_insurers import url

    body = described["paths"]["/api/insurer/v1/claims/{claim_id}/acknowledgement"]["put"]["requestBody"]
    claim = casework.settled().claims["HUAIHAI"]
    answer = huaihai.put(url(claim, "acknowledgement"), body["content"][JSON]["example"])
    assert answer.status_code == 200, answer.content
