"""Which way a road user points at the moment of contact, by what it was doing.

`turns` gives the angles between the direction it came along and its nose, with how unusual each is.
Directions are those of the canvas: the main road runs upwards, traffic keeps right.
"""

from __future__ import annotations

from ..vocabulary import CameFrom, Movement, Zone
from .bodies import Shape

M = Movement
ASIDE = frozenset({M.ENTERING_ROAD, M.LEAVING_BAY, M.CROSSING_ROAD})
STILL = frozenset({M.STOPPED_QUEUE, M.STOPPED_SIGNAL, M.BROKEN_DOWN, M.PARKED_LEGAL, M.PARKED_ILLEGAL})
STANDING = STILL | {M.DOOR_OPENING}
REARS = frozenset({Zone.REAR, Zone.REAR_LEFT, Zone.REAR_RIGHT})
TURNING = frozenset({M.LEFT_TURN, M.RIGHT_TURN, M.U_TURN})
DELTA = {CameFrom.SAME: 0, CameFrom.LEFT: 90, CameFrom.RIGHT: -90, CameFrom.OPPOSITE: 180}
"""How far the direction of the other is turned against one's own, by where it came from."""

Turns = tuple[tuple[int, float], ...]
_ONWARD: Turns = ((0, 0.0), (-6, 0.9), (6, 0.9), (-12, 1.3), (12, 1.3), (-20, 2.2), (20, 2.2))
_LEFT: Turns = ((-40, 0.0), (-25, 0.2), (-55, 0.2), (-70, 0.4), (-12, 0.5), (-85, 0.6), (0, 0.9))
_U: Turns = ((-90, 0.0), (-60, 0.2), (-120, 0.2), (-150, 0.4), (-30, 0.4), (-175, 0.8), (0, 1.2))
_OVER: Turns = ((-10, 0.0), (-6, 0.1), (-18, 0.2), (-25, 0.5), (0, 0.6))
_OUT: Turns = ((-15, 0.0), (-8, 0.1), (-25, 0.2), (-38, 0.5), (0, 0.7))
_BAY: Turns = ((50, 0.0), (30, 0.2), (70, 0.2), (15, 0.4), (88, 0.4), (0, 0.8))
_BAY_BACK: Turns = ((-50, 0.0), (-30, 0.2), (-70, 0.2), (-15, 0.4), (-88, 0.4), (0, 0.8))
_FROM_SIDE: Turns = ((0, 0.0), (15, 0.1), (35, 0.2), (60, 0.4), (80, 0.6), (-20, 0.7), (-45, 0.9), (-75, 1.1))
_BACKWARD: Turns = (
    (0, 0.0),
    (-10, 0.3),
    (10, 0.3),
    (-25, 0.5),
    (25, 0.5),
    (-45, 0.8),
    (45, 0.8),
    (-70, 1.4),
    (70, 1.4),
)
_PASSING: Turns = ((0, 0.0), (8, 0.1), (-8, 0.2), (15, 0.3), (22, 0.7), (-15, 0.6))


def _mirrored(turns: Turns) -> Turns:
    return tuple((-turn, cost) for turn, cost in turns)


_TURNS = {
    M.LEFT_TURN: _LEFT,
    M.RIGHT_TURN: _mirrored(_LEFT),
    M.U_TURN: _U,
    M.LANE_CHANGE_LEFT: _OVER,
    M.LANE_CHANGE_RIGHT: _mirrored(_OVER),
    M.OVERTAKING: _PASSING,
    M.MERGING: _OVER,
    M.LEAVING_KERB: _OUT,
    M.ENTERING_BAY: _BAY,
    M.LEAVING_BAY: _FROM_SIDE,
    M.ENTERING_ROAD: _FROM_SIDE,
    M.REVERSING: _BACKWARD,
    M.ROLLING: _BACKWARD,
}
_ANYHOW = 4.0
"""Added for an angle which the movement does not explain."""


def backs(movement: Movement | None, zone: Zone | None) -> bool:
    """Whether it moved backwards: said so, or out of (into) a bay or yard and touched at its rear."""
    if movement is M.ROLLING:
        return zone is None or zone in REARS
    crept = movement in (M.LEAVING_BAY, M.ENTERING_BAY, M.ENTERING_ROAD) and zone in REARS
    return movement is M.REVERSING or crept


def turns(movement: Movement | None, zone: Zone | None) -> Turns:
    """Usual angles of the nose against the direction it came along."""
    if movement is M.ENTERING_BAY and zone in REARS:
        return _BAY_BACK
    found = _TURNS.get(movement, _ONWARD) if movement else _ONWARD
    if movement in (M.LEAVING_BAY, M.ENTERING_ROAD) and zone in REARS:
        return tuple((180 + turn, cost) for turn, cost in _mirrored(found))
    return found


def usual_turns(movement: Movement | None, zone: Zone | None, shape: Shape) -> Turns:
    """As `turns`; somebody on foot may look anywhere."""
    if shape is Shape.PEDESTRIAN and movement not in TURNING:
        return tuple((turn, 0.1 * abs(turn) / 90) for turn in (0, -30, 30, -60, 60, -90, 90, 180))
    return turns(movement, zone)


def all_turns(movement: Movement | None, zone: Zone | None, shape: Shape) -> Turns:
    """The usual angles and, dear, all others: zones which fit no usual angle must still be drawn."""
    usual = usual_turns(movement, zone, shape)
    known = {turn % 360 for turn, _cost in usual}
    rest = ((turn, _ANYHOW + _far(turn, usual) / 30) for turn in range(0, 360, 15) if turn not in known)
    return (*usual, *rest)


def strayed(movement: Movement | None, zone: Zone | None, shape: Shape, turn: float) -> bool:
    """Whether the nose points where the movement does not explain it."""
    return shape is not Shape.PEDESTRIAN and _far(turn, turns(movement, zone)) > 15


def _far(turn: float, usual: Turns) -> float:
    return min(abs((turn - one + 180) % 360 - 180) for one, _cost in usual)
