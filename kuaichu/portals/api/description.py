"""What is added to the description made from the views: problems, keys, conditions, examples."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from ninja.openapi.schema import OpenAPISchema

from kuaichu.portals.api.parties.sending_described import described as uploads_described
from kuaichu.portals.api.repeated import MOST_KEY
from kuaichu.portals.api.samples import sample

Described = dict[str, Any]


def finished(described: OpenAPISchema, problem: Described) -> OpenAPISchema:
    """The description with all of it; `problem` is the schema of a problem document."""
    schemas = described["components"]["schemas"]
    schemas["Problem"] = problem
    described["components"]["securitySchemes"] |= _oauth_schemes()
    for name, path in described["paths"].items():
        for method, operation in path.items():
            _complete(method, operation)
            _condition(method, operation, of_claim="{claim_id}" in name)
    described["paths"] |= uploads_described(_PROBLEM)
    for path in described["paths"].values():
        for operation in path.values():
            _show(schemas, operation)
    return described


def _oauth(scope: str, words: str) -> dict[str, Any]:
    flow = {"tokenUrl": f"{settings.BASE_URL}/oauth/token", "scopes": {scope: words}}
    return {"type": "oauth2", "flows": {"clientCredentials": flow}}


def _oauth_schemes() -> dict[str, Any]:
    return {
        "ClaimsToken": _oauth("claims", "Work one's own company's claims"),
        "CallsToken": _oauth("calls", "Report calls to 110"),
    }


_SCOPES = {"ClaimsToken": ["claims"], "CallsToken": ["calls"]}
_PROBLEM = {
    "description": "A problem document",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def _condition(method: str, operation: dict[str, Any], *, of_claim: bool) -> None:
    """Which condition a request may bear."""
    if method == "get" and "200" in operation["responses"]:
        operation.setdefault("parameters", []).append(_UNLESS)
        operation["responses"].setdefault("304", {"description": "Nothing has changed since"})
    elif method != "get" and of_claim:
        operation.setdefault("parameters", []).append(_IF)


def _header(name: str, description: str, **limits: int) -> Described:
    schema = {"type": "string", **limits}
    return {"in": "header", "name": name, "required": False, "schema": schema, "description": description}


_KEY = _header(
    "Idempotency-Key",
    "The same key and request get the first answer; another request under it gets 409.",
    maxLength=MOST_KEY,
)
_UNLESS = _header("If-None-Match", "The `ETag` of an answer before: 304 where nothing has changed since.")
_IF = _header("If-Match", "The `ETag` of the packet that was read: 412 `changed` where it has changed since.")


def _complete(method: str, operation: dict[str, Any]) -> None:
    operation["responses"]["default"] = _PROBLEM
    for scheme in operation.get("security", ()):
        scheme.update({name: _SCOPES[name] for name in scheme if name in _SCOPES})
    operation["responses"] = {str(code): answer for code, answer in operation["responses"].items()}
    if method in ("post", "put", "patch"):
        operation.setdefault("parameters", []).append(_KEY)


def _show(schemas: dict[str, Any], operation: dict[str, Any]) -> None:
    """An example beside every schema of an operation."""
    bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
    for content in [held for body in bodies for held in body.get("content", {}).values()]:
        if "example" not in content and "schema" in content:
            content["example"] = sample(schemas, content["schema"])
    for parameter in operation.get("parameters", ()):
        parameter.setdefault("example", sample(schemas, parameter["schema"], parameter["name"]))
