"""What the scenarios of two vehicles which meet on a narrow or blocked road share (Article 48)."""

from ..facts import VehicleFacts
from ..vocabulary import CameFrom, MeetingRoad, Movement, RoadSide
from ._logic import Finding, Truth, any_of, negate, staged
from ._pair import Pair

_STRAIGHT = frozenset({Movement.STRAIGHT})


def meets(p: Pair) -> Finding:
    """Two motor vehicles straight on towards each other, on a road without signalled lanes."""
    straight = (p.moves(one, _STRAIGHT) for one in (p.actor, p.other))
    lanes = any_of(*(p.said(one, "against_lane_signal") for one in _both(p)))
    return staged(p.kinds(), *straight, negate(lanes), p.came_from(CameFrom.OPPOSITE))


def around(p: Pair, who: VehicleFacts) -> Finding:
    """Over the centre because something blocked its own side."""
    return p.off_side(who, RoadSide.AROUND_OBSTACLE)


def narrow(p: Pair, *roads: MeetingRoad) -> Finding:
    """Met on such a road, neither on the other's side; the road is asked about only then."""
    within = (any_of(p.off_side(one, RoadSide.OWN), p.off_side(one, RoadSide.NO_ROOM)) for one in _both(p))
    return staged(meets(p), *within, p.place("meeting_road", *roads))


def opposed(p: Pair, who: VehicleFacts, key: str) -> Finding:
    """Yes of one is no of the other: uphill or downhill, on the side of the rock or of the drop."""
    other = p.other if who is p.actor else p.actor
    own, theirs = p.known(who, key), p.known(other, key, False)
    return own if own.truth is not Truth.UNKNOWN or theirs.truth is Truth.UNKNOWN else theirs


def _both(p: Pair) -> tuple[VehicleFacts, VehicleFacts]:
    return p.actor, p.other
