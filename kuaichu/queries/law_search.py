"""Finding an article for a certificate, by its number or by its words, as law on the day of the accident."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.utils.translation import gettext as _

from kuaichu.kernel.city import city
from kuaichu.law.numerals import chinese_numeral
from kuaichu.law.statutes import (
    Citation,
    Standing,
    Wording,
    article,
    articles,
    exists,
    in_force,
    instrument,
    instruments,
    parse,
)

MOST = 20
# GB/T 2260 province to the code of ISO 3166-2:CN that the instruments carry.
_PROVINCES = {"11": "BJ", "31": "SH", "33": "ZJ", "37": "SD", "41": "HA"}
USUAL = ("法22¶1", "法38", "法43", "法44", "条38", "条44¶2", "条47", "条49", "条50", "条51", "条52", "条53",
         "条57", "条63", "条77", "D146 60¶1(1)", "D146 60¶1(2)")  # fmt: skip
_BY_NUMERAL = re.compile(r"第?([一二三四五六七八九十百零]+|\d+)条")


@dataclass(frozen=True, slots=True)
class Found:
    """One place in the law: what to cite, how it prints, its words, since when, a doubt about its version.

    `text` is empty and `note` says why where the wording of the day is not held. `proposed`: the engine
    rests its proposal for the case on it.
    """

    cite: str
    zh: str
    en: str
    text: str
    since: date | None
    note: str
    proposed: bool = False


def search(
    text: str, city_code: str, on: date, *, most: int = MOST, proposed: Iterable[str] = ()
) -> list[Found]:
    """Articles as law on that day, by citation (法43), number (43, 第四十三条) or words.

    All words must occur; main laws come first. Without a text, what the proposal cites (`proposed`) and then
    what minor accidents mostly need; what the proposal cites comes first among hits, too.
    """
    ours = list(dict.fromkeys(proposed))
    wanted = text.strip()
    if not wanted:
        hits = [hit for cite in dict.fromkeys((*ours, *USUAL)) if (hit := read(cite, on))]
    else:
        hits = _hits(wanted, city_code, on, most)
    marked = [_marked(hit, ours) for hit in hits]
    return sorted(marked, key=lambda hit: not hit.proposed) if ours else marked


def _marked(hit: Found, proposed: list[str]) -> Found:
    if hit.cite not in proposed:
        return hit
    return Found(hit.cite, hit.zh, hit.en, hit.text, hit.since, hit.note, proposed=True)


def _hits(wanted: str, city_code: str, on: date, most: int) -> list[Found]:
    exact = read(wanted, on)
    terms = [t for t in re.split(r"[\s,，、]+", wanted) if t]
    number = _numeral(wanted)
    hits = [exact] if exact else []
    for law in _laws(city_code):
        for cite, words in _texts(law, on):
            fits = cite.article == number if number is not None else all(term in words for term in terms)
            if fits and (exact is None or str(cite) != exact.cite):
                hits += [hit for hit in [found(cite, on)] if hit]
            if len(hits) >= most:
                return hits
    return hits


def _numeral(text: str) -> int | None:
    """The number of an article alone, as 43, 第43条 or 第四十三条."""
    if text.isdecimal():
        return int(text)
    match = _BY_NUMERAL.fullmatch(text)
    if not match:
        return None
    given = match.group(1)
    return int(given) if given.isdecimal() else _numbers().get(given)


@cache
def _numbers() -> dict[str, int]:
    return {chinese_numeral(number): number for number in range(1, 1300)}


def found(citation: Citation, on: date) -> Found | None:
    """The cited place as law on that day; None if there is none, or it was no law that day."""
    held = in_force(citation, on)
    if held.standing is not Standing.HELD and not exists(citation, on):
        return None
    since = held.version.in_force_from if held.version else None
    return Found(str(citation), citation.zh(), citation.en(), held.text, since, doubt(held))


def read(cite: str, on: date) -> Found | None:
    """The same for a short citation; None also when it is no citation."""
    try:
        return found(parse(cite), on)
    except ValueError:
        return None


def doubt(held: Wording) -> str:
    """Why no words are given, in words; empty when they are."""
    source = instrument(held.citation.law)
    day = {"day": held.on, "since": source.versions[0].in_force_from}
    if held.standing is Standing.NOT_HELD:
        before = source.amended_before(held.on)
        known = _("version of %(version)s") % {"version": before} if before else _("version not known")
        return _(
            "The text as it stood on %(day)s (%(version)s) is not held here. The one held is in force from "
            "%(since)s and may differ: look it up before you rely on it."
        ) % {**day, "version": known}
    if held.standing is Standing.NOT_YET:
        return _("Not yet in force on %(day)s.") % day
    if held.standing is Standing.UNKNOWN:
        return _("Held from %(since)s only; whether it was in force on %(day)s is not known here.") % day
    return ""


@cache
def _laws(city_code: str) -> tuple[str, ...]:
    """National law, and that of the city's own province."""
    province = _PROVINCES.get(city(city_code).profile.province, "-")
    own = f"CN-{province}"
    return tuple(key for key, one in instruments().items() if one.jurisdiction in ("CN", own))


@cache
def _texts(law: str, on: date) -> tuple[tuple[Citation, str], ...]:
    """Each article with the words to search in: its text, number and the law's name; none if not held."""
    name = instrument(law).zh
    held = ((cite, article(cite, on)) for cite in articles(law, on))
    return tuple((cite, f"{name}{row.label}{row.text}") for cite, row in held if row)
