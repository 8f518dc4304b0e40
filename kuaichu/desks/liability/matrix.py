"""How the faults of two parties combine to grades: the default matrix (Beijing model) [S:W6,W7].

Class A faults break the right of way; class B faults contribute. A fault counts only if it was causal [S:W9].
"""

from enum import StrEnum

from .grades import Grade


class FaultClass(StrEnum):
    """Serious (A) or contributory (B)."""

    A = "A"
    B = "B"


class Standing(StrEnum):
    """All faults of one party, summed up."""

    NONE = "none"
    B = "B"
    A = "A"
    AB = "A+B"


_FULL, _FREE = (Grade.FULL, Grade.NONE), (Grade.NONE, Grade.FULL)
_MORE, _LESS = (Grade.PRIMARY, Grade.SECONDARY), (Grade.SECONDARY, Grade.PRIMARY)
_SAME = (Grade.EQUAL, Grade.EQUAL)
_NONE, _B, _A, _AB = Standing.NONE, Standing.B, Standing.A, Standing.AB

MATRIX: dict[tuple[Standing, Standing], tuple[Grade, Grade]] = {
    (_A, _NONE): _FULL,
    (_A, _B): _MORE,
    (_A, _A): _SAME,
    (_A, _AB): _LESS,
    (_AB, _NONE): _FULL,
    (_AB, _B): _MORE,
    (_AB, _A): _MORE,
    (_AB, _AB): _SAME,
    (_B, _NONE): _FULL,
    (_B, _B): _SAME,
    (_B, _A): _LESS,
    (_B, _AB): _LESS,
    (_NONE, _B): _FREE,
    (_NONE, _A): _FREE,
    (_NONE, _AB): _FREE,
}
"""Grades of (first, second). No cell for two parties without fault: then nothing is proposed.

The cells (B, none) and (B, B) are own knowledge, the others are sourced.
"""


def standing(classes: frozenset[FaultClass]) -> Standing:
    """Sum up the classes of one party's faults."""
    if FaultClass.A in classes:
        return Standing.AB if FaultClass.B in classes else Standing.A
    return Standing.B if classes else Standing.NONE


def combine(first: Standing, second: Standing) -> tuple[Grade, Grade] | None:
    """Grades of both, or None when neither has a fault."""
    return MATRIX.get((first, second))
