"""Finding an article for a certificate, by its number or by its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from kuaichu.kernel.city import city
from kuaichu.law.statutes import Citation, article, articles, instrument, instruments, parse, passage

MOST = 20
# GB/T 2260 province to the code of ISO 3166-2:CN that the instruments carry.
_PROVINCES = {"11": "BJ", "31": "SH", "33": "ZJ", "37": "SD", "41": "HA"}
USUAL = ("法22¶1", "法38", "法43", "法44", "条38", "条44¶2", "条47", "条49", "条50", "条51", "条52", "条53",
         "条57", "条63", "条77", "D146 60¶1(1)", "D146 60¶1(2)")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """One place in the law: what to cite, how it prints, its words, and a doubt about its version."""

    cite: str
    zh: str
    en: str
    text: str
    note: str


def search(text: str, city_code: str, on: date, *, most: int = MOST) -> list[Found]:
    """Articles in force on that day: by citation (条52(2), 法43), bare number (43) or words, main laws first.

    All words must occur. Without a text, the articles that minor accidents mostly need.
    """
    wanted = text.strip()
    if not wanted:
        return [hit for cite in USUAL if (hit := found(parse(cite), on))]
    exact = read(wanted, on)
    terms = [t for t in re.split(r"[\s,，、]+", wanted) if t]
    number = int(wanted) if wanted.isdigit() else None
    hits = [exact] if exact else []
    for law in _laws(city_code):
        for cite, words in _texts(law, on):
            fits = cite.article == number if number is not None else all(term in words for term in terms)
            if fits and (exact is None or str(cite) != exact.cite):
                hits += [hit for hit in [found(cite, on)] if hit]
            if len(hits) >= most:
                return hits
    return hits


def found(citation: Citation, on: date) -> Found | None:
    """The cited place as law on that day, None if there is none."""
    words, whole = passage(citation, on), article(citation, on)
    if words is None or whole is None:
        return None
    return Found(str(citation), citation.zh(), citation.en(), words, whole.version_note)


def read(cite: str, on: date) -> Found | None:
    """The same for a short citation; None also when it is no citation."""
    try:
        return found(parse(cite), on)
    except ValueError:
        return None


@cache
def _laws(city_code: str) -> tuple[str, ...]:
    """National law, and that of the city's own province."""
    province = _PROVINCES.get(city(city_code).profile.province, "-")
    own = f"CN-{province}"
    return tuple(key for key, one in instruments().items() if one.jurisdiction in ("CN", own))


@cache
def _texts(law: str, on: date) -> tuple[tuple[Citation, str], ...]:
    """Each article with the words to search in: its text, number and the law's name."""
    name = instrument(law).zh
    rows = ((cite, article(cite, on)) for cite in articles(law))
    return tuple((cite, f"{name}{row.label}{row.text}") for cite, row in rows if row)
