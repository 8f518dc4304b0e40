"""The reasons of a proposal as a sheet to read or print: the same content for the officer and for a party."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kuaichu.desks.liability.grades import Grade
from kuaichu.desks.liability.questions import QUESTIONS, key_of
from kuaichu.queries import law_search
from kuaichu.queries.own_case import fact_words

SHORT = 4
NEARLY = 8
Row = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All in the reader's language. `results`: label, grade, share of everybody, for each collision."""

    abstains: bool
    results: list[list[Row]]
    sentences: list[str]
    facts: list[Row]
    confidence: list[tuple[str, list[str]]]
    what_if: list[str]
    nearly: list[str]
    rules: list[Row]
    alternatives: list[tuple[str, list[Row]]]
    advice: list[str]
    articles: list[law_search.Found]
    tried: int = 0
    possible: int = 0


def sheet(
    proposal: Mapping[str, Any], explanation: Mapping[str, Any], on: date, viewer_label: str = ""
) -> Sheet:
    """The sheet of a proposal or abstention as `proposal_for` gives it; `on` is the day whose law counts.

    Without a `kind` of proposal it says what is missing. `viewer_label` marks the reader's own vehicle.
    """
    shares = proposal.get("shares", {})
    grades = [proposal["grades"]] if proposal.get("grades") else _of_each(proposal)
    matches = belongs(proposal, explanation)
    return Sheet(
        abstains=not grades,
        results=[_results(one, shares) for one in grades],
        sentences=[words(one) for one in proposal.get("reasons", [])],
        facts=[_fact(one, viewer_label) for one in proposal.get("facts", [])],
        confidence=[
            (words(one), [_question(ref, viewer_label) for ref in one["refs"] if key_of(ref) in QUESTIONS])
            for one in explanation.get("confidence", [])
        ],
        what_if=[words(one) for one in explanation.get("what_if", [])] if matches else [],
        nearly=[words(one) for one in explanation.get("nearly", [])[:NEARLY]] if matches else [],
        rules=[(one["code"], one["label"], words(one)) for one in proposal.get("faults", [])],
        alternatives=[(words(one), _results(one["grades"], {})) for one in proposal.get("alternatives", [])],
        advice=[words(one) for one in (*proposal.get("warnings", []), *proposal.get("advice", []))],
        articles=[hit for cite in proposal.get("citations", []) if (hit := law_search.read(cite, on))],
        tried=explanation.get("tried", 0),
        possible=explanation.get("possible", 0),
    )


def in_short(proposal: Mapping[str, Any], explanation: Mapping[str, Any]) -> list[str]:
    """The first sentences on what would have changed a proposal; none where the facts have changed since."""
    if not belongs(proposal, explanation):
        return []
    return [words(one) for one in explanation.get("what_if", [])[:SHORT]]


def belongs(proposal: Mapping[str, Any], explanation: Mapping[str, Any]) -> bool:
    """Whether both are of the same facts: an older proposal may have been made of others."""
    mine = [proposal["grades"]] if proposal.get("grades") else _of_each(proposal)
    return bool(explanation) and mine == explanation.get("results")


def words(one: Mapping[str, Any]) -> str:
    """A sentence kept in both languages, in the reader's."""
    return str(one["zh"] if (get_language() or "").startswith("zh") else one["en"])


def source_words(source: str) -> str:
    """Who stated a fact."""
    kind, _colon, label = source.partition(":")
    if kind == "party":
        return _("said by %(label)s") % {"label": label}
    known = {
        "register": _("entered in the report"),
        "officer": _("found by the officer"),
        "photo": _("seen in a photograph"),
    }
    return known.get(kind, _("derived"))


def _of_each(proposal: Mapping[str, Any]) -> list[Mapping[str, str]]:
    return [one["grades"] for one in proposal.get("collisions", [])]


def _results(grades: Mapping[str, str], shares: Mapping[str, str]) -> list[Row]:
    chinese = (get_language() or "").startswith("zh")
    return [
        (label, Grade(one).zh if chinese else Grade(one).en, _percent(shares.get(label)))
        for label, one in grades.items()
    ]


def _percent(share: str | None) -> str:
    return f"{float(Fraction(share) * 100):g} %" if share else ""


def _fact(one: Mapping[str, Any], viewer_label: str) -> Row:
    question, said = fact_words(one["ref"], one["value"], viewer_label)
    return question, said, _listed(source_words(source) for source in one["sources"])


def _question(ref: str, viewer_label: str) -> str:
    return fact_words(ref, None, viewer_label)[0]


def _listed(texts: Iterable[str]) -> str:
    return ("、" if (get_language() or "").startswith("zh") else ", ").join(texts)
