"""The words of cited articles, to be read on tap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from kuaichu.cases.models import Case
from kuaichu.kernel.clock import CHINA
from kuaichu.queries import law_search


@dataclass(frozen=True, slots=True)
class Article:
    """A cited place: its name in the reader's language and its words, which exist in Chinese only.

    Where the wording of the day is not held, `text` is empty and `note` says so.
    """

    name: str
    text: str
    note: str


def articles(citations: Iterable[str], case: Case) -> list[Article]:
    """The cited places as they read on the day of the accident; what was no law that day is left out."""
    day = case.happened_at.astimezone(CHINA).date()
    english = (get_language() or "").startswith("en")
    found = (law_search.read(short, day) for short in dict.fromkeys(citations))
    return [Article(one.en if english else one.zh, one.text, one.note) for one in found if one]
