"""Junctions without lights where neither has priority by sign or line (Regulation, Article 52).

Items (3) and (4) of the article hold besides item (1): where signs treat both alike, the turning one yields.
"""

from ..vocabulary import CameFrom, Control
from ._logic import Finding, all_of, any_of
from ._pair import Pair


def no_priority(p: Pair) -> Finding:
    """No sign or line there, or the same for both: on one approach, or each or neither facing one."""
    signed = p.control(Control.SIGNS, Control.MARKINGS)
    return any_of(p.control(Control.NONE), all_of(signed, any_of(p.came_from(CameFrom.SAME), _alike(p))))


def _alike(p: Pair) -> Finding:
    return any_of(*(_both(p, answer) for answer in (True, False)))


def _both(p: Pair, answer: bool) -> Finding:
    return all_of(*(p.known(one, "has_yield_sign", answer) for one in (p.actor, p.other)))
