"""A city is data: one TOML file, no Python. Sections are typed by the part that reads them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from django.conf import settings

T = TypeVar("T", bound=msgspec.Struct)
_sections: dict[str, type[msgspec.Struct]] = {}


class CityInvalid(ValueError):
    """A city's file cannot be used; the message names file, section and field."""


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


def declare(name: str, kind: type[msgspec.Struct]) -> None:
    """Say that section `[name]` of every city has the fields of `kind`."""
    _sections[name] = kind


class City:
    """One city's settings, checked."""

    def __init__(self, code: str, raw: dict[str, Any]) -> None:
        self.code = code
        self._raw = raw
        self._made: dict[str, msgspec.Struct] = {}

    def section(self, name: str, kind: type[T]) -> T:
        """The section as its declared type; raises CityInvalid if it does not fit."""
        made = self._made.get(name)
        if made is None:
            made = self._made[name] = _convert(self.code, name, self._raw.get(name, {}), kind)
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
            raise CityInvalid(f"{self.code}.toml: unknown section {sorted(unknown)}")


def _convert(code: str, name: str, raw: Any, kind: type[T]) -> T:
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        raise CityInvalid(f"{code}.toml [{name}]: {error}") from error


@cache
def city(code: str) -> City:
    """The city of this code; raises CityInvalid if there is none or it is not well formed."""
    for folder in settings.CITY_DIRS:
        path = Path(folder) / f"{code}.toml"
        if path.is_file():
            try:
                return City(code, tomllib.loads(path.read_text(encoding="utf-8")))
            except tomllib.TOMLDecodeError as error:
                raise CityInvalid(f"{path.name}: {error}") from error
    raise CityInvalid(f"there is no city {code!r}")


def cities() -> list[str]:
    """The codes of all cities that can be served."""
    found = {p.stem for folder in settings.CITY_DIRS for p in Path(folder).glob("*.toml")}
    return sorted(found)
