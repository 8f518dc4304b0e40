"""The words of cited articles, to be read on tap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from kuaichu.cases.models import Case
from kuaichu.kernel.clock import CHINA
from kuaichu.law import statutes


@dataclass(frozen=True, slots=True)
class Article:
    """A cited place: its name in the reader's language and its words, which exist in Chinese only."""

    name: str
    text: str


def articles(citations: Iterable[str], case: Case) -> list[Article]:
    """The cited places as they read on the day of the accident; what is not held there is left out."""
    day = case.happened_at.astimezone(CHINA).date()
    english = (get_language() or "").startswith("en")
    found = []
    for short in dict.fromkeys(citations):
        try:
            citation = statutes.parse(short)
        except ValueError:
            continue
        text = statutes.passage(citation, day)
        if text:
            found.append(Article(citation.en() if english else citation.zh(), text))
    return found
