"""Blind opinions compared: officer and engine, ruling and sample; how often they agree, where not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from kuaichu.desks.liability.models import Opinion
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import NotAllowed

DAYS = 90
MOST = 100
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """A case in which two opinions differ; grades as text `A FULL, B NONE`."""

    number: str
    first: str
    second: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Compared:
    """Two sources: `n` cases that both judged, `agree` of them with the same grades, Cohen's kappa.

    `kappa` is None for fewer than two cases or when chance alone would always agree.
    """

    name: str
    n: int
    agree: int
    kappa: float | None
    differences: tuple[Difference, ...]

    @property
    def per_cent(self) -> float | None:
        """Agreement in per cent, None of nothing."""
        return 100 * self.agree / self.n if self.n else None


def compared(viewer: Actor, *, days: int = DAYS) -> list[Compared]:
    """Both comparisons of the viewer's city over the last days; raises NotAllowed for who may not."""
    if not viewer.may("oversight.answer"):
        raise NotAllowed(_("This page is for supervision."), code="not_supervisor")
    since = clock.now() - timedelta(days=days)
    rows = Opinion.objects.filter(city=viewer.city, at__gte=since).select_related("determination", "case")
    found = list(rows.order_by("-at"))
    by = {(o.determination_id, o.source): o for o in found}
    engine = [(o, by.get((o.determination_id, "engine"))) for o in found if o.source == "officer"]
    blind = [(o, e.grades) for o, e in engine if e is not None and e.grades]
    samples = [(o, o.determination.grades or {}) for o in found if o.source == "second"]
    return [
        _compare(_("Officer, before the proposal was shown, and engine"), blind),
        _compare(_("Signed ruling and second officer, unseen"), [(o, g) for o, g in samples if g]),
    ]


def _compare(name: str, pairs: Sequence[tuple[Opinion, dict[str, str]]]) -> Compared:
    told = [(_text(other), _text(own.grades)) for own, other in pairs]
    differing = [
        Difference(own.case.number, first, second, own.words, own.at)
        for (own, _other), (first, second) in zip(pairs, told, strict=True)
        if first != second
    ]
    agree = sum(first == second for first, second in told)
    return Compared(name, len(told), agree, kappa(told), tuple(differing[:MOST]))


def _text(grades: dict[str, str]) -> str:
    return ", ".join(f"{label} {grade}" for label, grade in sorted(grades.items()))


def kappa(pairs: Iterable[Pair]) -> float | None:
    """Cohen's kappa of two raters: agreement beyond what chance gives, 1 for all, 0 for chance.

    None for fewer than two pairs, or when both raters always say one and the same.
    """
    told = list(pairs)
    if len(told) < 2:
        return None
    n = len(told)
    seen = sum(first == second for first, second in told) / n
    first, second = Counter(a for a, _b in told), Counter(b for _a, b in told)
    chance = sum(first[code] * second[code] for code in first) / n**2
    return None if chance == 1 else (seen - chance) / (1 - chance)
