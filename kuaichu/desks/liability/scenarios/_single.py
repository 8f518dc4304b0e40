"""What the scenarios of a single vehicle share."""

from ..vocabulary import Movement, Struck
from ._logic import Finding, all_of, negate
from ._pair import STATIONARY, Pair
from ._scenario import law


def ran_into(p: Pair, *what: Struck) -> Finding:
    """A motor vehicle alone, driven, ran into this; nobody who is not named here was involved."""
    standing = p.said(p.actor, "movement", *STATIONARY)
    nobody = negate(p.place_said("other_involved"))
    return all_of(p.kinds(), negate(standing), nobody, p.known(p.actor, "struck", *what))


def _too_fast(p: Pair) -> Finding:
    return p.known(p.actor, "speeding")


def _backward(p: Pair) -> Finding:
    return p.known(p.actor, "movement", Movement.REVERSING)


LAWS = (law("法22¶1"), law("法42¶1", _too_fast), law("条50", _backward))
"""Driving without care, and what was stated besides."""
