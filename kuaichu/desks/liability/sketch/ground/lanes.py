"""Where on the road each would drive or stand, and the shift which brings all as near to that as can be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ...facts import AccidentFacts
from ...vocabulary import Movement, RoadForm, RoadSide, UserKind
from ..bodies import SMALL, forward, half
from .place import JUNCTIONS, STRIP, Ground

if TYPE_CHECKING:
    from ..arranging import Actor

M = Movement
_NEW = frozenset(
    {M.LANE_CHANGE_LEFT, M.LANE_CHANGE_RIGHT, M.OVERTAKING, M.MERGING, M.LEAVING_KERB, M.U_TURN}
)  # fmt: skip
_WAITS = frozenset({M.STOPPED_SIGNAL, M.STOPPED_QUEUE})
STOP_LINE = 66.0
"""Distance of a junction's stop line from its middle, in units."""
RING = 78.0
"""Distance of the middle of a roundabout's lane from its centre, which lies so far above the origin."""

Wish = tuple[complex, float, float]
"""A direction, the coordinate wished along it, and the weight of the wish."""


def settle(facts: AccidentFacts, ground: Ground, actors: tuple[Actor, ...]) -> complex:
    """The shift of the whole group (least squares of all wishes)."""
    xx = xy = yy = px = py = 0.0
    for direction, wanted, weight in _wishes(facts, ground, actors):
        a, b = direction.real, direction.imag
        xx, xy, yy = xx + weight * a * a, xy + weight * a * b, yy + weight * b * b
        px, py = px + weight * a * wanted, py + weight * b * wanted
    size = xx * yy - xy * xy
    return complex((px * yy - py * xy) / size, (py * xx - px * xy) / size)


def _wishes(facts: AccidentFacts, ground: Ground, actors: tuple[Actor, ...]) -> Iterable[Wish]:
    middle = sum(one.pose.at for one in actors) / len(actors)
    yield 1 + 0j, -middle.real, 0.001
    yield 1j, -middle.imag, 0.001
    for one in actors:
        for direction, wanted, weight in _of_one(facts, ground, one, actors):
            at = one.pose.at
            yield direction, wanted - (at.real * direction.real + at.imag * direction.imag), weight


def _of_one(facts: AccidentFacts, ground: Ground, one: Actor, actors: tuple[Actor, ...]) -> Iterable[Wish]:
    side = forward(one.way) * 1j
    move = one.facts.movement
    if one.facts.kind is UserKind.PEDESTRIAN and ground.form in JUNCTIONS:
        yield 1j, STOP_LINE - 8, 0.5
        return
    waits = move in _WAITS and ground.form in JUNCTIONS
    if waits and not any(_ahead(one, other) for other in actors):
        yield -forward(one.way), STOP_LINE + half(one.pose.shape)[1], 1.0
    if ground.form in JUNCTIONS and move in (M.LEFT_TURN, M.RIGHT_TURN, M.U_TURN):
        yield from _turning(one)
    elif ground.form is RoadForm.ROUNDABOUT:
        yield from _in_ring(one, actors)
    elif one.way in (0, 180) or ground.form in JUNCTIONS:
        yield side, _lateral(facts, ground, one), 0.05 if move in _NEW else 1.0
    elif move in (M.CROSSING_ROAD, M.ENTERING_ROAD, M.LEAVING_BAY):
        yield 1j, 0.0, 0.3
    else:
        yield side, 0.0, 0.05


def _ahead(one: Actor, other: Actor) -> bool:
    return (
        other is not one
        and other.way == one.way
        and ((other.pose.at - one.pose.at) / forward(one.way)).real > 20
    )


def _turning(one: Actor) -> Iterable[Wish]:
    """On the arc through a junction with one lane each way, at the place where the nose points like this."""
    front = forward(one.way)
    turn = (one.pose.heading - one.way + 180) % 360 - 180
    if one.facts.movement is M.RIGHT_TURN:
        at = complex(50, 50) + 25 * forward(turn) * -1j
    else:
        centre, radius = (-25 + 0j, 50.0) if one.facts.movement is M.LEFT_TURN else (0j, 25.0)
        at = centre + radius * forward(turn) * 1j
        at += 25j if one.facts.movement is M.LEFT_TURN else 0
    at *= front * 1j
    yield 1 + 0j, at.real, 0.4
    yield 1j, at.imag, 0.4


def _in_ring(one: Actor, actors: tuple[Actor, ...]) -> Iterable[Wish]:
    if one.way == 0 and all(other.way == 0 for other in actors):
        yield 1 + 0j, RING, 0.5
        yield 1j, -RING, 0.5
    elif one.way == 90:
        yield 1j, 0.0, 1.0
        yield 1 + 0j, 10.0, 0.2
    else:
        yield 1 + 0j, 25.0, 0.6


def _lateral(facts: AccidentFacts, ground: Ground, one: Actor) -> float:
    """Distance to the right of the middle line, in its own direction."""
    lane, move, answer = ground.lane, one.facts.movement, one.facts.answer
    own_lanes = ground.up if one.way == 0 else ground.down if one.way == 180 else 1
    if answer("side_of_road") == RoadSide.WRONG_WAY:
        return -lane / 2
    if answer("side_of_road") == RoadSide.OVER_CENTRE:
        return 0.0
    if ground.strip and move in (M.PARKED_LEGAL, M.DOOR_OPENING, M.LEAVING_KERB):
        return own_lanes * lane + STRIP / 2
    if move is M.PARKED_ILLEGAL and answer("in_traffic_lane") is not True:
        return own_lanes * lane - half(one.pose.shape)[0] - 3
    if one.pose.shape in SMALL:
        return own_lanes * lane - 12
    if own_lanes > 1 and move in (M.LANE_CHANGE_LEFT, M.LANE_CHANGE_RIGHT):
        return lane if move is M.LANE_CHANGE_RIGHT else (own_lanes - 1) * lane
    if own_lanes > 1 and not _moves_right(facts, ground):
        return lane / 2
    return (own_lanes - 0.5) * lane


def _moves_right(facts: AccidentFacts, ground: Ground) -> bool:
    """Somebody came over into the right lane (or from the ramp), so the one hit was there."""
    moves = {one.movement for one in facts.vehicles}
    return M.LANE_CHANGE_RIGHT in moves or (M.MERGING in moves and ground.form is RoadForm.SLIP_ROAD)
