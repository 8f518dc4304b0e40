"""The how-to of a city is complete, and its city works."""

from __future__ import annotations

import argparse
import re
import tomllib
from pathlib import Path

import pytest
from msgspec import inspect as shapes

from kuaichu.cases import intake
from kuaichu.cases.evidence import SHOTS
from kuaichu.commands import city as city_command
from kuaichu.desks.liability.engine import LiabilityPack
from kuaichu.kernel import city as cities
from kuaichu.people import roles
from tests.docs.reading import document

CITY = document("docs/howto/city.md")


@pytest.mark.django_db
def test_city(new_city: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert cities.cities() == ["weihai"]
    monkeypatch.setattr(city_command, "set_up", lambda: None)
    options = argparse.Namespace(what="check", codes=["weihai"])
    assert city_command.run(options) == 0
    assert "Weihai" in capsys.readouterr().out
    case, _party = intake.open_case(roles.visitor("weihai"))
    assert case.number.startswith("371000")
    broken = new_city.read_text(encoding="utf-8").replace("max_vehicles", "most_vehicles")
    new_city.write_text(broken, encoding="utf-8")
    cities.city.cache_clear()
    assert city_command.run(options) == 1
    said = capsys.readouterr().err
    assert "[screening]" in said
    assert "most_vehicles" in said


def _kind(kind: shapes.Type) -> str:
    """How the how-to names a type."""
    plain = {
        shapes.StrType: "text", shapes.IntType: "whole number", shapes.FloatType: "number",
        shapes.BoolType: "true or false", shapes.DictType: "table", shapes.StructType: "table",
    }  # fmt: skip
    if isinstance(kind, shapes.LiteralType):
        return " or ".join(f'`"{value}"`' for value in sorted(kind.values))
    if isinstance(kind, shapes.VarTupleType | shapes.FrozenSetType):
        return f"list of {_kind(kind.item_type)}"
    if isinstance(kind, shapes.TupleType):
        return f"pair of {_kind(kind.item_types[0])}"
    if isinstance(kind, shapes.UnionType):
        [inner] = [one for one in kind.types if not isinstance(one, shapes.NoneType)]
        return _kind(inner)
    return plain[type(kind)]


def _default(field: shapes.Field) -> str:
    if field.required:
        return "required"
    value = field.default_factory() if field.default is shapes.NODEFAULT else field.default
    return "not set" if value is None else f"`{_toml(value)}`"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, tuple | frozenset):
        ordered = sorted(value) if isinstance(value, frozenset) else value
        return f"[{', '.join(map(_toml, ordered))}]"
    return "{}" if value == {} else f"{value:_}" if isinstance(value, int) else str(value)


SECTIONS = {"city": cities.Profile, **cities._sections}


@pytest.mark.parametrize("name", SECTIONS)
def test_every_option_of_a_city_is_explained(name: str) -> None:
    info = shapes.type_info(SECTIONS[name])
    assert isinstance(info, shapes.StructType)
    real = [[f"`{one.encode_name}`", _kind(one.type), _default(one)] for one in info.fields]
    assert [row[:3] for row in CITY.rows(f"### `[{name}]`")] == real


def test_every_option_of_the_engine_is_explained() -> None:
    rows = CITY.rows("### `[liability.pack]`")
    assert [row[0].strip("`") for row in rows] == list(LiabilityPack.__dataclass_fields__)
    default = LiabilityPack.default()
    for name, text, meaning in rows:
        given = tomllib.loads(f"x = {{{text.strip('`')}}}" if "=" in text else f"x = {text.strip('`')}")["x"]
        option = name.strip("`")
        assert LiabilityPack.from_section({option: given}) == default, option
        for example in re.findall(r"e\.g\. `(\{.*?\})`", meaning):
            changed = LiabilityPack.from_section({option: tomllib.loads(f"x = {example}")["x"]})
            assert changed != default


def test_kinds_of_photograph_are_listed() -> None:
    line = CITY.text.partition("Kinds of photograph: ")[2].partition("\n")[0]
    assert tuple(re.findall(r"`(\w+)`", line)) == SHOTS
