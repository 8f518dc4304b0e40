"""Finds what texts cite: 法43, 条52(2), D146 60¶1(1), D146 Art. 60, 《…》第四十三条, Article 13 of the … Law.

A citation without a name belongs to the instrument named last before it in the same paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kuaichu.law.numerals import chinese_numeral
from kuaichu.law.statutes import Citation, instruments

HAN = "一-鿿"
# Names in prose which are neither a short key nor the printed name.
PROSE = {
    "Road Traffic Safety Law Implementing Regulations": "条",
    "Implementing Regulation": "条",
    "Road Traffic Safety Law": "法",
    "道路交通安全法实施条例": "条",
    "道路交通安全法": "法",
    "implementing regulation": "条",
    "accident procedure": "D146",
    "Insurance Law": "保险法",
    "Electronic Signature Law": "电子签名法",
    "Civil Code": "民法典",
    "Shandong measures": "山东办法",
    "Beijing measures": "北京办法",
}
# Instruments that are named but whose text is not held, and why that is enough.
NOT_HELD = {
    "ADM": "procedure of the public security organs in administrative cases: how periods run",
    "Copyright Law": "why law texts may be copied",
    "著作权法": "why law texts may be copied",
    "Jiangsu regulation": "the text in force was not readable; the share table says so",
    "四川办法": "quoted by a public page; the share table says so",
    "条例": "Guangdong, quoted by a public page; the share table says so",
}
NUMBER = r"\d{1,4}(?:之[一二三四五六七八九十]+)?(?:¶\d{1,2})?(?:[(（]\d{1,2}[)）])?(?:,? para\. ?\d+)?"
LIST = rf"{NUMBER}(?:(?:\s?[-–—]\s?|,\s?|\s?、\s?|\s+to\s+|,?\s+and\s+){NUMBER}(?![0-9A-Za-z%]))*"
ARTICLE_EN = re.compile(rf"\b(?:[Aa]rticles?|Arts?\.)\s?(?P<list>{LIST})")
NUMERALS = "零一二三四五六七八九十百千"
NUMERAL = f"[{NUMERALS}]+"
ARTICLE_ZH = re.compile(
    rf"第(?P<article>{NUMERAL}|\d+)条(?P<suffix>之[一二三四五六七八九十]+)?"
    rf"(?:第(?P<paragraph>{NUMERAL})款)?(?:第[（(]?(?P<item>{NUMERAL})[)）]?项)?"
)
QUOTE_AFTER = re.compile(r"[^。；;\n“「”」]{0,30}[“「]([^”」\n]{2,300})[”」]")
QUOTE_BEFORE = re.compile(r"[“「]([^“「\n]{2,300})[”」]\s*[（(]$")
CONTEXT = 240


@dataclass(frozen=True)
class Cited:
    """One citation in a text; `law` is None for an instrument not held, "" where none is named."""

    at: int
    end: int
    text: str
    law: str | None
    citation: Citation | None


def citations(text: str) -> list[Cited]:
    """Everything that a text cites, in its order."""
    marked = [*_named_lists(text), *_english(text), *_chinese(text)]
    unique = {(one.at, str(one.citation)): one for one in sorted(marked, key=lambda one: one.at)}
    return list(unique.values())


def quotations(text: str) -> Iterator[tuple[Cited, str]]:
    """Words in quotation marks behind a citation, or before one in brackets; Chinese ones only."""
    for one in citations(text):
        after = QUOTE_AFTER.match(text, one.end)
        before = QUOTE_BEFORE.search(text[: _name_start(text, one.at)])
        for found in (after, before):
            if found and len(re.findall(rf"[{HAN}]", found.group(1))) >= 4:
                yield one, found.group(1)


def stands_in(quoted: str, words: str) -> bool:
    """Whether the quoted words stand in the article, in this order, with … for what is left out."""
    place, whole = 0, _plain(words)
    for part in re.split(r"…+|\.{3}", quoted):
        found = whole.find(_plain(part), place)
        if found < 0:
            return False
        place = found + len(_plain(part))
    return True


def _plain(text: str) -> str:
    return re.sub(r"[\s，。；：、,.;:“”「」‘’]", "", text).replace("(", "（").replace(")", "）")


@cache
def _names() -> dict[str, str | None]:
    names: dict[str, str | None] = dict.fromkeys(NOT_HELD)
    for key, one in instruments().items():
        texts = (key, *one.aliases, one.zh, one.zh.removeprefix("中华人民共和国"), one.en)
        names |= {text: key for text in texts if len(text) > 1}
    return names | PROSE


@cache
def _name() -> re.Pattern[str]:
    """Any name; a Latin one as a whole word, 法 and 条 only right before a number."""
    longest = sorted(_names(), key=len, reverse=True)
    words = "|".join(
        rf"(?<![{HAN}]){re.escape(n)}" if n == "条例" else
        rf"\b{re.escape(n)}\b" if n[0].isascii() else re.escape(n) for n in longest
    )  # fmt: skip
    latin_key_of_digits = r"(?P<key>\b(?:CTALI-Reg|CTALI|SPC-TA|SPC-MC|SPC-OM|INS|CC))(?=\d)"
    return re.compile(
        rf"(?:{latin_key_of_digits}|(?P<name>{words})|(?P<short>(?<![办刑宪税民])法|(?<![{NUMERALS}\d])条)(?=\s?\d))"
    )


def _law(match: re.Match[str]) -> str | None:
    found = match.group("name") or match.group("key") or match.group("short")
    return found if match.group("short") else _names()[found]


def _named_lists(text: str) -> Iterator[Cited]:
    """A name and numbers right behind it: D146 13-15, 18-24."""
    for name in _name().finditer(text):
        numbers = re.compile(rf"\)?\s?({LIST})(?![0-9A-Za-z%])").match(text, name.end())
        if numbers and (name.group("short") or name.group("key") or not name.group("name")[0].isspace()):
            yield from _each(text, numbers.start(1), numbers.group(1), _law(name), name.start())


def _english(text: str) -> Iterator[Cited]:
    for found in ARTICLE_EN.finditer(text):
        behind = re.compile(r",?\s+of\s+(?:the\s+|its\s+)?").match(text, found.end())
        named = _name().match(text, behind.end()) if behind else None
        law = _law(named) if named else _law_before(text, found.start())
        yield from _each(text, found.start("list"), found.group("list"), law, found.start())


def _chinese(text: str) -> Iterator[Cited]:
    for found in ARTICLE_ZH.finditer(text):
        law = _law_before(text, found.start())
        numbers = [_number(found.group(name)) for name in ("article", "paragraph", "item")]
        made = (
            Citation(law, numbers[0] or 0, *numbers[1:], suffix=found.group("suffix") or "") if law else None
        )
        yield Cited(found.start(), found.end(), found.group(), law, made)


def _law_before(text: str, at: int) -> str | None:
    """The instrument named last before that place in its paragraph; "" if none is."""
    start = max(text.rfind("\n\n", 0, at) + 1, at - CONTEXT)
    named = list(_name().finditer(text, start, at))
    if named:
        return _law(named[-1])
    loose = list(re.finditer(r"\b([Ll]aw|[Rr]egulation)s?\b", text[start:at]))
    return {"l": "法", "r": "条"}[loose[-1].group(1)[0].lower()] if loose else ""


def _each(text: str, at: int, listed: str, law: str | None, start: int) -> Iterator[Cited]:
    end = at + len(listed)
    last: int | None = None
    for part in re.finditer(rf"(?P<sep>\s?[-–—]\s?|\s+to\s+)?(?P<one>{NUMBER})", listed):
        made = _citation(part.group("one"), law)
        if part.group("sep") and last and made and made.article > last:
            for number in range(last + 1, made.article):
                yield Cited(start, end, listed, law, Citation(made.law, number))
        last = made.article if made else None
        yield Cited(start, end, f"{law or '?'} {part.group('one')}", law, made)


def _citation(number: str, law: str | None) -> Citation | None:
    parts = re.match(r"(\d+)(之\w+)?(?:¶(\d+))?(?:[(（](\d+)[)）])?(?:,? para\. ?(\d+))?", number)
    if not law or not parts:
        return None
    article, suffix, paragraph, item, worded = parts.groups()
    place = paragraph or worded
    return Citation(
        law, int(article), int(place) if place else None, int(item) if item else None, suffix or ""
    )


def _name_start(text: str, at: int) -> int:
    """Where the name begins that belongs to a citation: 《…》 before 第…条."""
    opened = text.rfind("《", max(0, at - 60), at)
    return opened if opened >= 0 and "（" not in text[opened:at] else at


@cache
def _numerals() -> dict[str, int]:
    return {chinese_numeral(number): number for number in range(1, 1300)}


def _number(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if text.isdecimal() else _numerals().get(text, 0)
