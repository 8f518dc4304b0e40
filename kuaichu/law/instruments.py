"""The instruments whose articles may be cited, and the versions of their texts held here.

Pure and lazy: read from package data when first asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import TypedDict

import msgspec

_DATA = "data"
INSTRUMENTS = "instruments.json"


class ArticleRow(TypedDict):
    """One article as the data file holds it."""

    article: int
    suffix: str
    label: str
    chapter: str
    section: str
    text: str


@dataclass(frozen=True, slots=True)
class Version:
    """One wording of an instrument; it holds from `in_force_from` until the next version begins.

    `version` is the date the source gives for the text (adoption or amendment), "" where it gives none.
    """

    version: str
    in_force_from: date
    in_force_basis: str
    articles: int
    file: str


@dataclass(frozen=True, slots=True)
class Event:
    """What the head note of the text tells about a day: adopted, amended, approved, in force."""

    day: date
    act: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, regulation or interpretation; `versions` are those held here, the oldest first."""

    key: str
    aliases: tuple[str, ...]
    zh: str
    en: str
    jurisdiction: str
    first_in_force: date | None
    first_in_force_basis: str | None
    history: tuple[Event, ...]
    versions: tuple[Version, ...]

    def __post_init__(self) -> None:
        """Refuse versions out of order, or before the instrument itself was law (ValueError)."""
        days = [one.in_force_from for one in self.versions]
        if not days or days != sorted(set(days)):
            raise ValueError(f"{self.key}: versions are held oldest first, each from a day of its own")
        if self.first_in_force and days[0] < self.first_in_force:
            raise ValueError(f"{self.key}: a version before {self.first_in_force}")

    @property
    def newest(self) -> Version:
        """The version in force last."""
        return self.versions[-1]

    def on(self, day: date) -> Version | None:
        """The version in force that day; None before the first one held."""
        return next((one for one in reversed(self.versions) if one.in_force_from <= day), None)

    def amended_before(self, day: date) -> date | None:
        """The last day up to that one on which the head note tells of a change of the wording."""
        days = [one.day for one in self.history if one.day <= day]
        return max(days, default=None)


@cache
def instruments() -> Mapping[str, Instrument]:
    """All instruments by short key, in the order of the data. Raises ValueError for data out of order."""
    found = msgspec.json.decode(_read(INSTRUMENTS), type=tuple[Instrument, ...])
    return {one.key: one for one in found}


def instrument(law: str) -> Instrument:
    """Return the instrument of a short key or alias. Raises KeyError."""
    return instruments()[names()[law]]


@cache
def names() -> Mapping[str, str]:
    """Every name a citation may use, to the short key."""
    return {name: one.key for one in instruments().values() for name in (one.key, *one.aliases)}


@cache
def rows(file: str) -> Mapping[tuple[int, str], ArticleRow]:
    """The articles of a version by number and suffix, in the order of the text."""
    found = [msgspec.json.decode(line, type=ArticleRow) for line in _read(file).splitlines() if line]
    return {(row["article"], row["suffix"]): row for row in found}


def _read(name: str) -> str:
    return resources.files(__package__).joinpath(_DATA, name).read_text(encoding="utf-8")
