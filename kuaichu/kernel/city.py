"""A city is data: one TOML file, no Python. Sections are typed by the part that reads them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from django.conf import settings

T = TypeVar("T", bound=msgspec.Struct)
_sections: dict[str, type[msgspec.Struct]] = {}


class CityInvalid(ValueError):
    """A city's file cannot be used; the message names file, line, section and field."""


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section `[city]`: who this is. `code` is the file's name."""

    code: str
    name: str
    name_en: str
    division: str  # GB/T 2260, six digits
    province: str  # two digits
    plate_prefix: str
    abbreviation: str
    centre_lon: float
    centre_lat: float
    south: float
    west: float
    north: float
    east: float
    hotline: str = "122"  # whom every page calls: a person


def declare(name: str, kind: type[msgspec.Struct]) -> None:
    """Say that section `[name]` of every city has the fields of `kind`."""
    _sections[name] = kind


class City:
    """One city's settings, checked."""

    def __init__(self, code: str, raw: dict[str, Any], source: str = "") -> None:
        self.code = code
        self._raw = raw
        self._source = source
        self._made: dict[str, msgspec.Struct] = {}

    def section(self, name: str, kind: type[T]) -> T:
        """The section as its declared type; raises CityInvalid if it does not fit."""
        made = self._made.get(name)
        if made is None:
            made = self._made[name] = self._convert(name, self._raw.get(name, {}), kind)
        assert isinstance(made, kind)
        return made

    @property
    def profile(self) -> Profile:
        """Section `[city]`."""
        return self.section("city", Profile)

    def connector(self, port: str) -> dict[str, Any]:
        """The configuration of one port, `[connectors.<port>]`, with the installation's overrides."""
        own = dict(self._raw.get("connectors", {}).get(port, {}))
        own.update(getattr(settings, "CONNECTORS", {}).get(port, {}))
        if not own:
            raise CityInvalid(f"{self.code}.toml: [connectors.{port}] is missing")
        return own

    def check(self) -> None:
        """Convert every declared section and refuse unknown ones."""
        self.section("city", Profile)
        for name, kind in _sections.items():
            self.section(name, kind)
        unknown = set(self._raw) - set(_sections) - {"city", "connectors", "story"}
        if unknown:
            line = line_of(self._source, (min(unknown),))
            raise CityInvalid(f"{self.code}.toml:{line}: unknown section {sorted(unknown)}")

    def _convert(self, name: str, raw: Any, kind: type[T]) -> T:
        try:
            return msgspec.convert(raw, kind)
        except msgspec.ValidationError as error:
            line = line_of(self._source, (name, *_place(error)))
            raise CityInvalid(f"{self.code}.toml:{line} [{name}]: {error}") from error


def _place(error: msgspec.ValidationError) -> tuple[str, ...]:
    """The keys below the section where the fault is: told by the check itself, else by the message."""
    told = getattr(error.__cause__, "at", None)
    if told is not None:
        return tuple(told)
    named = re.search(r"unknown field `([^`]+)`", str(error))
    path = re.search(r"at `\$\.?([^`]*)`", str(error))
    keys = re.findall(r"\w+", path.group(1)) if path else []
    return (*keys, *([named.group(1)] if named else []))


def line_of(source: str, keys: tuple[str, ...]) -> int:
    """The line of a TOML text (from 1) nearest to this path of keys, of which the last may be a value."""
    best, best_line = 0, 1
    table, here = tuple[str, ...](), tuple[str, ...]()
    for number, line in enumerate(source.splitlines(), start=1):
        header = re.match(r"\s*\[+([^]\"]+(?:\"[^\"]*\")?)\]\s*(?:#.*)?$", line)
        key = re.match(r"\s*\"?([\w-]+)\"?\s*=", line)
        if header:
            here = table = tuple(re.findall(r"[^\s.\"]+", header.group(1)))
        elif key:
            here = (*table, key.group(1))
        depth = _shared(here, keys)
        if depth + 1 == len(keys) and f'"{keys[-1]}"' in line:
            depth = len(keys)
        if depth > best:
            best, best_line = depth, number
    return best_line


def _shared(here: tuple[str, ...], keys: tuple[str, ...]) -> int:
    """How many keys both begin with alike; 0 where `here` leads elsewhere."""
    same = [one for one, two in zip(here, keys, strict=False) if one == two]
    return len(same) if tuple(same) == here[: len(same)] and len(same) == min(len(here), len(keys)) else 0


@cache
def city(code: str) -> City:
    """The city of this code; raises CityInvalid if there is none or it is not well formed."""
    for folder in settings.CITY_DIRS:
        path = Path(folder) / f"{code}.toml"
        if path.is_file():
            try:
                text = path.read_text(encoding="utf-8")
                return City(code, tomllib.loads(text), text)
            except tomllib.TOMLDecodeError as error:
                raise CityInvalid(f"{path.name}: {error}") from error
    raise CityInvalid(f"there is no city {code!r}")


def cities() -> list[str]:
    """The codes of all cities that can be served."""
    found = {p.stem for folder in settings.CITY_DIRS for p in Path(folder).glob("*.toml")}
    return sorted(found)
