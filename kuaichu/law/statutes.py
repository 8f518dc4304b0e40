"""Citations, and the text of the cited article in the version held here.

Pure and lazy: an instrument is read from package data when it is first asked for.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from .numerals import chinese_numeral

_DATA = "data"
_CITATION = re.compile(r"(\d+)(之[一二三四五六七八九十]+)?(?:¶(\d+))?(?:[(（](\d+)[)）])?")
_ITEM = re.compile(r"[（(]([一二三四五六七八九十]+)[）)]")


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, regulation or interpretation in the one version held here."""

    key: str
    aliases: tuple[str, ...]
    zh: str
    en: str
    jurisdiction: str
    version: str
    in_force_from: date
    in_force_basis: str
    first_in_force: date | None
    first_in_force_basis: str | None
    articles: int
    file: str


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """One place in an instrument: article, and where given paragraph (款) and item (项)."""

    law: str
    article: int
    paragraph: int | None = None
    item: int | None = None
    suffix: str = ""

    def __str__(self) -> str:
        """Short form, which `parse` reads back: 条38¶1(3)."""
        paragraph = f"¶{self.paragraph}" if self.paragraph else ""
        item = f"({self.item})" if self.item else ""
        gap = "" if len(self.law) == 1 else " "
        return f"{self.law}{gap}{self.article}{self.suffix}{paragraph}{item}"

    def place_zh(self) -> str:
        """Article, paragraph and item without the name of the law: 第三十八条第一款第（三）项."""
        paragraph = f"第{chinese_numeral(self.paragraph)}款" if self.paragraph else ""
        item = f"第（{chinese_numeral(self.item)}）项" if self.item else ""
        return f"第{chinese_numeral(self.article)}条{self.suffix}{paragraph}{item}"

    def zh(self) -> str:
        """Print form for Chinese papers: 《…》第五十二条第（二）项."""
        return f"《{instrument(self.law).zh}》{self.place_zh()}"

    def place_en(self) -> str:
        """Article, paragraph and item in English, without the name of the law."""
        paragraph = f", paragraph {self.paragraph}" if self.paragraph else ""
        item = f", item ({self.item})" if self.item else ""
        return f"Article {self.article}{self.suffix}{paragraph}{item}"

    def en(self) -> str:
        """Print form in English."""
        return f"{instrument(self.law).en}, {self.place_en()}"


def articles(law: str) -> tuple[Citation, ...]:
    """Every article of an instrument, in its order. Raises KeyError for an unknown law."""
    source = instrument(law)
    return tuple(Citation(source.key, number, suffix=suffix) for number, suffix in _articles(source.file))


@dataclass(frozen=True, slots=True)
class Article:
    """An article as held here; `version_note` says when it is not surely the wording of the day asked for."""

    law: str
    number: int
    suffix: str
    label: str
    chapter: str
    section: str
    text: str
    version: str
    version_note: str = ""


@cache
def instruments() -> Mapping[str, Instrument]:
    """All instruments by short key, in the order of the data."""
    found = {}
    for row in json.loads(_read("instruments.json")):
        first = row["first_in_force"]
        row["aliases"] = tuple(row["aliases"])
        row["in_force_from"] = date.fromisoformat(row["in_force_from"])
        row["first_in_force"] = date.fromisoformat(first) if first else None
        found[row["key"]] = Instrument(**row)
    return found


def instrument(law: str) -> Instrument:
    """Return the instrument of a short key or alias. Raises KeyError."""
    return instruments()[_names()[law]]


@cache
def parse(text: str) -> Citation:
    """Read 条52(2), 条44¶2, 条38¶1(3), 法22¶1, D146 61, CTALI-Reg 21. Raises ValueError."""
    text = text.strip()
    for name in sorted(_names(), key=len, reverse=True):
        match = _CITATION.fullmatch(text.removeprefix(name).strip()) if text.startswith(name) else None
        if match:
            article, suffix, paragraph, item = match.groups()
            return Citation(_names()[name], int(article), _number(paragraph), _number(item), suffix or "")
    raise ValueError(f"not a citation: {text!r}")


def article(citation: Citation, on: date) -> Article | None:
    """Return the cited article as law on that day.

    Before the day of the version held here the answer carries a `version_note`, if the instrument is known to
    have been in force at all; otherwise there is none. Raises KeyError for an unknown law.
    """
    source = instrument(citation.law)
    note = version_note(citation.law, on)
    if note and (source.first_in_force is None or on < source.first_in_force):
        return None
    row = _articles(source.file).get((citation.article, citation.suffix))
    if row is None:
        return None
    return Article(
        law=source.key,
        number=citation.article,
        suffix=citation.suffix,
        label=row["label"],
        chapter=row["chapter"],
        section=row["section"],
        text=row["text"],
        version=source.version,
        version_note=note,
    )


def version_note(law: str, on: date) -> str:
    """Say why the text held may not be the wording of that day; empty when it is."""
    source = instrument(law)
    if on >= source.in_force_from:
        return ""
    if source.first_in_force is None:
        return (
            f"Only the version in force from {source.in_force_from} is held; earlier law is not known here."
        )
    if on < source.first_in_force:
        return f"Not yet in force on {on}: first in force from {source.first_in_force}."
    return f"Wording in force from {source.in_force_from}; the wording of {on} is not held and may differ."


def passage(citation: Citation, on: date) -> str | None:
    """Return the cited words: whole article, paragraph, or item; None if there is no such place."""
    found = article(citation, on)
    if found is None:
        return None
    paragraphs = _paragraphs(found.text)
    if citation.paragraph is not None:
        if not 1 <= citation.paragraph <= len(paragraphs):
            return None
        paragraphs = paragraphs[citation.paragraph - 1 : citation.paragraph]
    if citation.item is None:
        return "\n".join("\n".join([text, *items.values()]) for text, items in paragraphs)
    named = chinese_numeral(citation.item)
    hits = [items[named] for _, items in paragraphs if named in items]
    return hits[0] if len(hits) == 1 else None


def exists(citation: Citation, on: date) -> bool:
    """Tell whether article, paragraph and item exist; an item must be unambiguous within what is cited."""
    return passage(citation, on) is not None


def _paragraphs(text: str) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        item = _ITEM.match(line)
        if item and found:
            found[-1][1][item.group(1)] = line
        else:
            found.append((line, {}))
    return found


@cache
def _articles(file: str) -> Mapping[tuple[int, str], dict[str, str]]:
    rows = (json.loads(line) for line in _read(file).splitlines() if line)
    return {(row["article"], row["suffix"]): row for row in rows}


@cache
def _names() -> Mapping[str, str]:
    return {name: one.key for one in instruments().values() for name in (one.key, *one.aliases)}


def _read(name: str) -> str:
    return resources.files(__package__).joinpath(_DATA, name).read_text(encoding="utf-8")


def _number(text: str | None) -> int | None:
    return int(text) if text else None
