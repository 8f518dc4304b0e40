"""What the overtaking scenarios share."""

from ..vocabulary import CameFrom, Movement, Zone
from ._logic import Finding, all_of, negate, staged
from ._pair import PASSING_THROUGH, Pair

LEFT_HAND = frozenset({Zone.LEFT, Zone.FRONT_LEFT, Zone.REAR_LEFT})
RIGHT_HAND = frozenset({Zone.RIGHT, Zone.FRONT_RIGHT, Zone.REAR_RIGHT})
OVERTAKING = frozenset({Movement.OVERTAKING})
ALONG = PASSING_THROUGH | OVERTAKING


def overtakes(p: Pair, whom: frozenset[Movement] = ALONG, kinds: str = "MV") -> Finding:
    """A motor vehicle overtakes one which goes the same way and moves so; it was not hit from behind."""
    return staged(
        p.kinds("MV", kinds),
        p.moves(p.actor, OVERTAKING),
        p.moves(p.other, whom),
        negate(p.hit_from_behind()),
        p.came_from(CameFrom.SAME),
    )


def began_first(p: Pair) -> Finding:
    """The other was already turning or overtaking when the actor began to overtake it."""
    return all_of(p.known(p.actor, "other_began_first"), negate(p.said(p.other, "other_began_first")))


def long_since(p: Pair) -> Finding:
    """Hit from behind when it had long been straight in the lane: the manoeuvre was over."""
    return all_of(p.hit_from_behind(), p.settled(p.actor))
