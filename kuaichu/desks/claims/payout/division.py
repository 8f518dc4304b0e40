"""Dividing losses over the limits of several payers: exact, and the same in whatever order they come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from fractions import Fraction
from typing import TypeVar

L = TypeVar("L", bound=Hashable)


def divide(
    losses: Mapping[L, Fraction], limits: Mapping[str, Fraction], pays: Callable[[str, L], bool]
) -> dict[tuple[str, L], Fraction]:
    """Payments by (payer, loss), in fen: each loss by the ratio of the limits of those who pay for it.

    Equal limits give equal parts; what a used-up limit leaves is asked of the others again. Every round
    satisfies each loss or uses up a limit, so there are at most as many rounds as payers (SPC-TA 18, 19;
    [S:W24]). `pays(payer, loss)` says whether this payer answers for this loss.
    """
    paid: dict[tuple[str, L], Fraction] = defaultdict(Fraction)
    needs, spare = dict(losses), dict(limits)
    while wants := _wants(needs, spare, limits, pays):
        for payer, row in wants.items():
            factor = min(Fraction(1), spare[payer] / sum(row.values()))
            for loss, want in row.items():
                paid[payer, loss] += want * factor
                needs[loss] -= want * factor
                spare[payer] -= want * factor
    return dict(paid)


def _wants(
    needs: Mapping[L, Fraction],
    spare: Mapping[str, Fraction],
    weights: Mapping[str, Fraction],
    pays: Callable[[str, L], bool],
) -> dict[str, dict[L, Fraction]]:
    """What each payer with limit left is asked for by each loss."""
    wants: dict[str, dict[L, Fraction]] = defaultdict(dict)
    for loss, need in needs.items():
        asked = [payer for payer, left in spare.items() if left and need and pays(payer, loss)]
        whole = sum((weights[payer] for payer in asked), Fraction(0))
        for payer in asked:
            wants[payer][loss] = need * weights[payer] / whole
    return wants
