"""The public library of rules: its shelves, and finding a rule by code, title, article or movement.

Anybody may read all of it; nothing here depends on who looks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kuaichu.desks.liability.choices import MOVEMENTS
from kuaichu.desks.liability.grades import Grade
from kuaichu.desks.liability.scenarios import ALL
from kuaichu.desks.liability.scenarios._scenario import Certainty, Scenario
from kuaichu.law.numerals import chinese_numeral
from kuaichu.law.statutes import Citation, instrument, parse

_LANGUAGES = ("zh-hans", "en")
SHELVES: Final[dict[str, Callable[[], str]]] = {
    "RE": lambda: _("Rear-end collisions"),
    "LC": lambda: _("Changing lanes"),
    "IX": lambda: _("Priority at junctions"),
    "SG": lambda: _("Signals, signs and officers"),
    "EN": lambda: _("Joining a road"),
    "PK": lambda: _("Parking and stopping"),
    "RV": lambda: _("Reversing"),
    "RL": lambda: _("Rolling away"),
    "DR": lambda: _("Opening doors"),
    "OT": lambda: _("Overtaking"),
    "MT": lambda: _("Meeting head on"),
    "WR": lambda: _("Wrong side of the road"),
    "UT": lambda: _("U-turns"),
    "RB": lambda: _("Roundabouts"),
    "LN": lambda: _("Lanes for others"),
    "NM": lambda: _("Bicycles and e-bikes"),
    "PD": lambda: _("Pedestrians"),
    "EM": lambda: _("Emergency and works vehicles"),
    "LD": lambda: _("Loads"),
    "TW": lambda: _("Towing"),
    "VD": lambda: _("Defects of the vehicle"),
    "SV": lambda: _("One vehicle alone"),
    "EQ": lambda: _("Faults that weigh alike"),
    "UK": lambda: _("What cannot be established"),
    "IN": lambda: _("On purpose"),
    "FD": lambda: _("Forged or destroyed evidence"),
    "HR": lambda: _("Hit and run"),
    "AC": lambda: _("Pure accidents"),
}
"""Families in the order of the shelves: what happens often first, what decides before the table last."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule on its shelf; `grades` are (actor, other) in words, None where the rule gives none."""

    code: str
    title: str
    grades: tuple[str, str] | None
    sure: bool
    drawn: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """One family of rules."""

    family: str
    name: str
    entries: tuple[Entry, ...]


def shelves(text: str = "") -> list[Shelf]:
    """All rules by family, or those which a search finds: every word must occur."""
    wanted = terms(text)
    found = []
    for family, name in SHELVES.items():
        fitting = (one for code, one in ALL.items() if code.startswith(f"{family}-") and _fits(one, wanted))
        entries = tuple(entry(one) for one in fitting)
        if entries:
            found.append(Shelf(family, name(), entries))
    return found


def entry(one: Scenario) -> Entry:
    """A rule as the index shows it."""
    grades = (grade_words(one.grades[0]), grade_words(one.grades[1])) if one.grades else None
    sure = one.certainty is Certainty.SOURCED
    return Entry(one.code, said(one.zh, one.en), grades, sure, bool(one.examples))


def said(zh: str, en: str) -> str:
    """The text in the reader's language."""
    return en if (get_language() or "").startswith("en") else zh


def grade_words(grade: Grade) -> str:
    """The name of a grade of liability."""
    return said(grade.zh, grade.en)


def cited(one: Scenario) -> list[Citation]:
    """Every place a rule may cite, its other fault's last."""
    laws = (*one.laws, *(one.other_fault.laws if one.other_fault else ()))
    return list(dict.fromkeys(law.citation for law in laws))


def terms(text: str) -> list[str]:
    """What is looked for: words in lower case, articles in short form (法43, 第四十三条, Article 43)."""
    text = re.sub(r"articles?\s+(\d+)", r"第\1条", text.strip().casefold())
    text = re.sub(r"第\s*(\d+)\s*条", lambda m: f"第{_numeral(int(m[1]))}条", text)
    try:
        return [str(parse(text.upper())).casefold()]
    except ValueError:
        return [one for one in re.split(r"[\s,，、;；]+", text) if one]


def _numeral(number: int) -> str:
    return chinese_numeral(number) if 1 <= number <= 9999 else str(number)


def _fits(one: Scenario, wanted: list[str]) -> bool:
    words = _words(one.code)
    return all(_stands(term, words) for term in wanted)


def _stands(term: str, words: str) -> bool:
    """A short citation must not be found inside a longer number (法4 is not 法43)."""
    return (
        re.search(rf"{re.escape(term)}(?!\d)" if term[-1].isdigit() else re.escape(term), words) is not None
    )


@cache
def _words(code: str) -> str:
    """All that a rule is found by, in both languages."""
    return "\n".join(_all_words(ALL[code])).casefold()


def _all_words(one: Scenario) -> Iterator[str]:
    yield from (one.code, one.code.replace("-", ""), one.zh, one.en, one.rule_zh, one.rule_en, one.situation)
    for place in cited(one):
        yield from (
            str(place.whole()),
            str(place),
            f"{instrument(place.law).zh}{place.place_zh()}",
            place.en(),
        )
    fired = [example.facts for example in one.examples if example.fires]
    moves = {vehicle.movement for facts in fired for vehicle in facts.vehicles}
    for language in _LANGUAGES:
        with translation.override(language):
            yield from (_(text) for value, text in MOVEMENTS if value in moves)
            yield SHELVES[one.code.split("-")[0]]()
