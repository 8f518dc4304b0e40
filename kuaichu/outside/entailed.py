"""Who bears more whatever the open facts are: every answer to them tried, and one party in all results."""

from __future__ import annotations

from collections.abc import Iterator

from kuaichu.desks.liability.asking import answered
from kuaichu.desks.liability.engine import Abstention, LiabilityPack, Proposal, propose
from kuaichu.desks.liability.facts import AccidentFacts
from kuaichu.desks.liability.grades import Grade
from kuaichu.desks.liability.questions import question

BOTH = "both"
_MORE = (Grade.FULL, Grade.PRIMARY)
_DEPTH = 3
_OPEN = "facts-missing"


def bearer(result: Proposal) -> str:
    """Label of the one who bears more, or `BOTH` when nobody does."""
    return next((label for label, grade in result.grades.items() if grade in _MORE), BOTH)


def certain_bearer(facts: AccidentFacts, result: Abstention) -> str | None:
    """The one who bears more under every answer to the open facts; None if that is not certain.

    Only few open facts are tried: a handful of answers, three deep. Answers which contradict the other facts
    are no possibility and left out.
    """
    found = set(_bearers(facts, result, _DEPTH))
    return next(iter(found)) if len(found) == 1 else None


def _bearers(facts: AccidentFacts, result: Abstention | Proposal, depth: int) -> Iterator[str | None]:
    if isinstance(result, Proposal):
        yield bearer(result)
    elif result.reasons[0].code != _OPEN:
        yield from () if result.reasons[0].code not in ("no-rule", "same-class") else (None,)
    elif not depth or len(result.would_decide) > _DEPTH:
        yield None
    else:
        ref = result.would_decide[0]
        for value, _ in question(ref).choices:
            told = answered(facts, ref, value)
            yield from _bearers(told, propose(told, LiabilityPack.default(), told.on), depth - 1)
