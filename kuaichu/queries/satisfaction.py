"""How both sides were served: asked and answered, the at-fault side too, silence counted (R40)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from kuaichu.cases.models import Party
from kuaichu.desks.liability.models import Agreement, Determination
from kuaichu.desks.notify.models import Message
from kuaichu.desks.oversight.rules import rules

SIDES = ("at_fault", "equal", "not_at_fault")


@dataclass(frozen=True, slots=True)
class Side:
    """One side's answers: `mean` of 1 to 5 and `happy` (share of 4 and 5) are None below the small cell."""

    side: str
    asked: int
    answered: int
    mean: float | None
    happy: float | None

    @property
    def silent(self) -> int:
        """How many were asked and did not answer."""
        return self.asked - self.answered


def satisfaction(city: str, since: datetime) -> list[Side]:
    """The three sides of the cases whose parties were asked since then."""
    asked = Message.objects.filter(city=city, kind="rating", channel="sms", sent_at__gte=since)
    rows = {(case_id, label) for case_id, label in asked.values_list("case_id", "receiver") if case_id}
    cases = {case_id for case_id, _label in rows}
    shares, ratings = _shares(cases), _ratings(cases)
    sides: dict[str, list[int | None]] = {side: [] for side in SIDES}
    for case_id, label in rows:
        sides[_side(shares.get(case_id, {}), label)].append(ratings.get((case_id, label)))
    return [_counted(side, scores, rules(city).small_cell) for side, scores in sides.items()]


def _ratings(cases: set[UUID]) -> dict[tuple[UUID, str], int]:
    rows = Party.objects.filter(case_id__in=cases, rating__isnull=False)
    return {
        (c, label): int(told["score"])
        for c, label, told in rows.values_list("case_id", "label", "rating")
        if told
    }


def _shares(cases: set[UUID]) -> dict[UUID, dict[str, Fraction]]:
    found: dict[UUID, dict[str, Fraction]] = {}
    for model in (Agreement, Determination):  # a determination stands above an agreement
        rows = model.objects.filter(case_id__in=cases, status="signed")
        for case_id, civil, clearing in rows.values_list("case_id", "shares", "clearing_shares"):
            found[case_id] = {label: Fraction(text) for label, text in (civil or clearing or {}).items()}
    return found


def _side(shares: dict[str, Fraction], label: str) -> str:
    own = shares.get(label)
    if own is None or not shares or all(share == own for share in shares.values()):
        return "equal"
    return "at_fault" if own == max(shares.values()) else "not_at_fault"


def _counted(side: str, scores: Iterable[int | None], small: int) -> Side:
    every = list(scores)
    given = [score for score in every if score is not None]
    if len(given) < small:
        return Side(side, len(every), len(given), None, None)
    return Side(
        side, len(every), len(given), sum(given) / len(given), sum(s >= 4 for s in given) / len(given)
    )
