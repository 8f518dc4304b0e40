"""The reference page: the API's own description, as a page for people."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kuaichu.portals.api.contract import api


@cache
def _described() -> dict[str, Any]:
    return json.loads(json.dumps(api.get_openapi_schema(), default=str))  # type: ignore[no-any-return]


def reference(request: HttpRequest) -> HttpResponse:
    """Every operation with its parameters, body, answers and an example."""
    described = _described()
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            entry = _entry(described, path, method, operation)
            groups.setdefault(operation.get("tags", [""])[0], []).append(entry)
    context = {"groups": groups, "base_url": settings.BASE_URL, "scopes": settings.OAUTH2_PROVIDER["SCOPES"]}
    return render(request, "api/reference.html", context)


def _entry(described: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    answers = {code: a for code, a in operation["responses"].items() if code != "default"}
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": operation["summary"],
        "description": operation.get("description", ""),
        "parameters": operation.get("parameters", []),
        "fields": _fields(described, _model(operation.get("requestBody", {}))),
        "example": _example(described, _model(operation.get("requestBody", {}))),
        "answers": [
            (code, a.get("description", ""), _fields(described, _model(a))) for code, a in answers.items()
        ],
        "open": bool(operation.get("security")) is False,
    }


def _model(holder: dict[str, Any]) -> str:
    """The name of the schema of a body or an answer, if it has one."""
    schema = holder.get("content", {}).get("application/json", {}).get("schema", {})
    return str(schema.get("$ref", "")).rsplit("/", 1)[-1]


def _fields(described: dict[str, Any], model: str) -> list[tuple[str, str, bool, str]]:
    schema = described["components"]["schemas"].get(model, {})
    needed = set(schema.get("required", ()))
    return [
        (name, _type(one), name in needed, str(one.get("description", "")))
        for name, one in schema.get("properties", {}).items()
    ]


def _type(one: dict[str, Any]) -> str:
    if "$ref" in one:
        return str(one["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in one:
        return " | ".join(_type(each) for each in one["anyOf"])
    if one.get("type") == "array":
        return f"[{_type(one.get('items', {}))}]"
    return str(one.get("format") or one.get("type") or "any")


def _example(described: dict[str, Any], model: str) -> str:
    """A body made of the examples of its fields, where every needed field has one."""
    schema = described["components"]["schemas"].get(model, {})
    made: dict[str, Any] = {}
    for name, one in schema.get("properties", {}).items():
        if "examples" in one:
            made[name] = one["examples"][0]
        elif one.get("items", {}).get("$ref"):
            inner = _example(described, _type(one["items"]))
            made[name] = [json.loads(inner)] if inner else []
    return json.dumps(made, ensure_ascii=False, indent=2) if made else ""
