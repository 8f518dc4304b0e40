"""Citations, and the words of the cited place in the version that was law on a day.

A citation resolves to the version in force on the day asked about. Where that wording is not held, the answer
says so and gives no text: never the words of another version.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from .instruments import ArticleRow, Instrument, Version, instrument, instruments, names, rows
from .numerals import chinese_numeral

__all__ = [
    "Article", "Citation", "Instrument", "Standing", "Version", "Wording", "article", "articles", "exists",
    "in_force", "instrument", "instruments", "parse", "passage",
]  # fmt: skip

_CITATION = re.compile(r"(\d+)(之[一二三四五六七八九十]+)?(?:¶(\d+))?(?:[(（](\d+)[)）])?")
_ITEM = re.compile(r"[（(]([一二三四五六七八九十]+)[）)]")


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

    def whole(self) -> "Citation":
        """The article in which the place stands."""
        return Citation(self.law, self.article, suffix=self.suffix)

    def place_zh(self) -> str:
        """The place without the name of the law: of 条38¶1(3) 第三十八条第一款第（三）项."""
        paragraph = f"第{chinese_numeral(self.paragraph)}款" if self.paragraph else ""
        item = f"第（{chinese_numeral(self.item)}）项" if self.item else ""
        return f"第{chinese_numeral(self.article)}条{self.suffix}{paragraph}{item}"

    def zh(self) -> str:
        """Print form for Chinese papers: 《道路交通安全法实施条例》第五十二条第（二）项."""
        return f"《{instrument(self.law).zh}》{self.place_zh()}"

    def place_en(self) -> str:
        """Article, paragraph and item in English, without the name of the law."""
        paragraph = f", paragraph {self.paragraph}" if self.paragraph else ""
        item = f", item ({self.item})" if self.item else ""
        return f"Article {self.article}{self.suffix}{paragraph}{item}"

    def en(self) -> str:
        """Print form in English."""
        return f"{instrument(self.law).en}, {self.place_en()}"


class Standing(StrEnum):
    """What can be said about a cited place on a day.

    HELD: in force that day, its words are here. NOT_HELD: the instrument was in force, in a wording that is
    not here. NOT_YET: not in force yet. UNKNOWN: before the first version held, and nothing here says since
    when it has been law. NO_PLACE: the version of that day has no such article, paragraph or item.
    """

    HELD = "held"
    NOT_HELD = "not held"
    NOT_YET = "not yet in force"
    UNKNOWN = "unknown"
    NO_PLACE = "no such place"


@dataclass(frozen=True, slots=True)
class Article:
    """An article in the version that was in force on the day asked about."""

    law: str
    number: int
    suffix: str
    label: str
    chapter: str
    section: str
    text: str
    version: Version


@dataclass(frozen=True, slots=True)
class Wording:
    """The answer to a citation on a day; `text` is the cited passage and empty unless HELD."""

    citation: Citation
    on: date
    standing: Standing
    version: Version | None = None
    text: str = ""


def articles(law: str, on: date | None = None) -> tuple[Citation, ...]:
    """Every article of the version of a day (default: the newest), in its order; none if that is not held.

    Raises KeyError for an unknown law.
    """
    source = instrument(law)
    version = source.on(on) if on else source.newest
    numbers = rows(version.file) if version else {}
    return tuple(Citation(source.key, number, suffix=suffix) for number, suffix in numbers)


@cache
def parse(text: str) -> Citation:
    """Read 条52(2), 条44¶2, 条38¶1(3), 法22¶1, D146 61, CTALI-Reg 21. Raises ValueError."""
    text = text.strip()
    for name in sorted(names(), key=len, reverse=True):
        match = _CITATION.fullmatch(text.removeprefix(name).strip()) if text.startswith(name) else None
        if match:
            number, suffix, paragraph, item = match.groups()
            return Citation(names()[name], int(number), _number(paragraph), _number(item), suffix or "")
    raise ValueError(f"not a citation: {text!r}")


def in_force(citation: Citation, on: date) -> Wording:
    """The cited words as law on that day, or why they cannot be given. Raises KeyError for an unknown law."""
    source = instrument(citation.law)
    version = source.on(on)
    if version is None:
        return Wording(citation, on, _before(source, on))
    text = _words(version, citation)
    standing = Standing.NO_PLACE if text is None else Standing.HELD
    return Wording(citation, on, standing, version, text or "")


def article(citation: Citation, on: date) -> Article | None:
    """The cited article as law on that day; None where there is none or its wording is not held."""
    version = instrument(citation.law).on(on)
    row = _row(version, citation) if version else None
    if version is None or row is None:
        return None
    return Article(
        law=instrument(citation.law).key,
        number=citation.article,
        suffix=citation.suffix,
        label=row["label"],
        chapter=row["chapter"],
        section=row["section"],
        text=row["text"],
        version=version,
    )


def passage(citation: Citation, on: date) -> str | None:
    """The cited words: whole article, paragraph or item; None where there is none or it is not held."""
    return in_force(citation, on).text or None


def exists(citation: Citation, on: date) -> bool:
    """Tell whether article, paragraph and item may be cited for that day.

    An item must be unambiguous within what is cited. Where the instrument was in force in a wording that is
    not held, the place is looked up in the next version held: numbers rarely change, words do.
    """
    found = in_force(citation, on)
    if found.standing is Standing.NOT_HELD:
        return _words(instrument(citation.law).versions[0], citation) is not None
    return found.standing is Standing.HELD


def _before(source: Instrument, on: date) -> Standing:
    """The standing of an instrument on a day before the first version held."""
    if source.first_in_force is None:
        return Standing.UNKNOWN
    return Standing.NOT_YET if on < source.first_in_force else Standing.NOT_HELD


def _row(version: Version, citation: Citation) -> ArticleRow | None:
    return rows(version.file).get((citation.article, citation.suffix))


def _words(version: Version, citation: Citation) -> str | None:
    row = _row(version, citation)
    if row is None:
        return None
    paragraphs = _paragraphs(row["text"])
    if citation.paragraph is not None:
        if not 1 <= citation.paragraph <= len(paragraphs):
            return None
        paragraphs = paragraphs[citation.paragraph - 1 : citation.paragraph]
    if citation.item is None:
        return "\n".join("\n".join([text, *items.values()]) for text, items in paragraphs)
    named = chinese_numeral(citation.item)
    hits = [items[named] for _, items in paragraphs if named in items]
    return hits[0] if len(hits) == 1 else None


def _paragraphs(text: str) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        item = _ITEM.match(line)
        if item and found:
            found[-1][1][item.group(1)] = line
        else:
            found.append((line, {}))
    return found


def _number(text: str | None) -> int | None:
    return int(text) if text else None
