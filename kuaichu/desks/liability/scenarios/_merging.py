"""What the scenarios of merging share."""

from ..vocabulary import MergedFrom, Movement
from ._logic import Finding, staged
from ._pair import NORMAL, Pair

MERGING = frozenset({Movement.MERGING})


def merges(p: Pair, *origins: MergedFrom) -> Finding:
    """The actor merges from there into the way of one who goes on in his lane."""
    onward = p.moves(p.other, NORMAL)
    return staged(p.moves(p.actor, MERGING), onward, p.known(p.actor, "merged_from", *origins))
