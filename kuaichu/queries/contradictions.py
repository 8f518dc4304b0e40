"""What cannot be right together in a case: who said what, for officers and, without blame, for parties.

Three sorts: accounts of one fact that differ, answers that exclude each other (movement against contact
zone, both claiming what only one can), and what the sketch cannot show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kuaichu.cases.models import Party
from kuaichu.desks.liability.facts import AccidentFacts
from kuaichu.desks.liability.gathering import said_by_parties
from kuaichu.desks.liability.plausibility import Problem, problems
from kuaichu.desks.liability.questions import QUESTIONS, key_of
from kuaichu.desks.liability.settling import Statement
from kuaichu.desks.liability.sketch import conflicts
from kuaichu.queries.own_case import fact_words

ACCOUNTS = "accounts-differ"


@dataclass(frozen=True, slots=True)
class Said:
    """One answer in words: by whom (a label), to what question, what."""

    by: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A contradiction in words: what does not fit, and the answers it is about."""

    text: str
    said: tuple[Said, ...]


def contradictions_of(facts: AccidentFacts, parties: list[Party]) -> list[dict[str, Any]]:
    """All contradictions as plain values: `code`, `refs`, the first one's `subject` and `key`, words, `said`.

    What an officer has found is settled and not among them.
    """
    told = said_by_parties(parties)
    found = [_accounts(ref) for ref in sorted(facts.disputed())]
    wrong = problems(facts)
    known = {ref for one in wrong for ref in one.refs}
    found += [*wrong, *(one for one in conflicts(facts) if not known & set(one.refs))]
    return [_plain(one, told, facts) for one in found]


def _accounts(ref: str) -> Problem:
    return Problem(ACCOUNTS, "各方对同一事实的陈述不一致", "The accounts of one fact differ", (ref,))


def _plain(one: Problem, told: list[Statement], facts: AccidentFacts) -> dict[str, Any]:
    subject, _dot, key = one.refs[0].partition(".")
    said = [
        {"ref": f"{s.subject}.{s.key}", "value": s.value, "by": s.source.partition(":")[2]}
        for s in told
        if _about(s, one.refs) and (one.code == ACCOUNTS or _counts(s, facts))
    ]
    return {
        "code": one.code, "refs": list(one.refs), "subject": subject, "key": key,
        "zh": one.zh, "en": one.en, "said": said,
    }  # fmt: skip


def _about(said: Statement, refs: Iterable[str]) -> bool:
    return f"{said.subject}.{said.key}".partition("@")[0] in {ref.partition("@")[0] for ref in refs}


def _counts(said: Statement, facts: AccidentFacts) -> bool:
    """Whether this answer is the one that was believed."""
    return facts.answer(f"{said.subject}.{said.key}") == said.value


def for_officer(proposal: Mapping[str, Any]) -> list[Shown]:
    """The contradictions of a proposal, each with who said what."""
    english = (get_language() or "").startswith("en")
    return [Shown(one["en" if english else "zh"], tuple(_said(one, ""))) for one in _sound(proposal)]


def for_party(proposal: Mapping[str, Any], viewer_label: str) -> list[Shown]:
    """The same for a party: only the answers side by side; nobody is told that anybody is wrong."""
    shown = []
    for one in _sound(proposal):
        text = (
            _("You describe this differently:")
            if one["code"] == ACCOUNTS
            else _("These answers do not go together:")
        )
        shown.append(Shown(text, tuple(_said(one, viewer_label))))
    return [one for one in shown if one.said]


def _sound(proposal: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Those with words: proposals frozen by an earlier version hold none."""
    return (one for one in proposal.get("contradictions", []) if "said" in one)


def _said(one: Mapping[str, Any], viewer_label: str) -> Iterator[Said]:
    for said in one["said"]:
        if said["value"] is not None and key_of(said["ref"]) in QUESTIONS:
            yield Said(said["by"], *fact_words(said["ref"], said["value"], viewer_label))
