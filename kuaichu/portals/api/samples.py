"""Examples for the description: of every body and every answer, made from its schema, so that each is valid.

A value is the field's own first example, else its default, else a known value of that name where its kind
fits, else one that its kind allows.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

Schema = dict[str, Any]
DEEPEST = 6
_KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,), "integer": (int,), "number": (int, float), "boolean": (bool,), "array": (list,),
    "object": (dict,), "null": (type(None),),
}  # fmt: skip


@cache
def _known() -> dict[str, Any]:
    text = (Path(__file__).parent / "samples.json").read_text(encoding="utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


def sample(schemas: dict[str, Schema], schema: Schema, name: str = "", depth: int = 0) -> Any:
    """An example of this schema; `schemas` are those it may refer to, `name` is the field's."""
    if "examples" in schema:
        return schema["examples"][0]
    if "example" in schema:
        return schema["example"]
    if "$ref" in schema:
        return sample(schemas, schemas[schema["$ref"].rsplit("/", 1)[-1]], name, depth)
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return _one_of(schemas, schema, several, name, depth)
    if "enum" in schema:
        return schema["enum"][0]
    if "const" in schema:
        return schema["const"]
    return _value(schemas, schema, name, depth)


def _one_of(schemas: dict[str, Schema], schema: Schema, several: str, name: str, depth: int) -> Any:
    """The first of several kinds that is not null."""
    choices = [one for one in schema[several] if one.get("type") != "null"]
    return sample(schemas, choices[0], name, depth) if choices and depth < DEEPEST else None


def _value(schemas: dict[str, Schema], schema: Schema, name: str, depth: int) -> Any:
    kind = str(schema.get("type", "object"))
    formats = _known()["formats"]
    if schema.get("format") in formats:
        return formats[schema["format"]]
    if kind == "object" and "properties" in schema:
        return {
            key: sample(schemas, one, key, depth + 1)
            for key, one in schema["properties"].items()
            if "default" not in one or "examples" in one
        }
    items = schema.get("items", {})
    if kind == "array" and depth < DEEPEST and (schema.get("minItems") or _described(items)):
        return [sample(schemas, items, name, depth + 1)]
    return _named(schema, kind, name)


def _described(items: Schema) -> bool:
    """Whether the rows of a list have fields of their own."""
    return "$ref" in items or "properties" in items


def _named(schema: Schema, kind: str, name: str) -> Any:
    """A known value of this name, where its kind fits and it is not too long."""
    found = next(
        (d[name] for d in (_known()["values"], _known()["own"]) if _fits(d.get(name), schema, kind)), None
    )
    return found if found is not None else _plain(schema, kind)


def _fits(value: Any, schema: Schema, kind: str) -> bool:
    if value is None or (isinstance(value, bool) and kind != "boolean"):
        return False
    if not isinstance(value, _KINDS.get(kind, ())):
        return False
    if isinstance(value, str):
        return int(schema.get("minLength", 0)) <= len(value) <= int(schema.get("maxLength", len(value)))
    if isinstance(value, dict) and isinstance(schema.get("additionalProperties"), dict):
        wanted = schema["additionalProperties"]
        kinds = [one.get("type", "") for one in wanted.get("anyOf", [wanted])]
        return all(any(_fits(inner, {}, one) for one in kinds) for inner in value.values())
    return True


def _plain(schema: Schema, kind: str) -> Any:
    """The simplest value of a kind."""
    least = schema.get("minimum", 0)
    if kind == "string":
        return "x" * schema.get("minLength", 0)
    return {"integer": int(least), "number": float(least), "boolean": False, "array": [], "object": {}}.get(
        kind
    )
