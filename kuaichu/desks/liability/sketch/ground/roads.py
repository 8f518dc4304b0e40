"""The road under a scene: surfaces and lines. Known lines are white or yellow, unknown ones thin and grey."""

from __future__ import annotations

from ...vocabulary import RoadForm
from .. import palette as c
from ..arranging import Scene
from ..svg import group, path, polygon, rect
from .junctions import junction, roundabout, zebra
from .lines import Window, lines
from .place import JUNCTIONS, LANE, MOUTH, STRIP, Ground, crosswalk, lane_ends

BAY_DEPTH, BAY_WIDTH = 74.0, 40.0


def road(scene: Scene, window: Window) -> str:
    """Surface and lines of the place."""
    ground = scene.ground
    if ground.form is RoadForm.ROUNDABOUT:
        return roundabout(window)
    if ground.form in JUNCTIONS:
        return junction(scene, window)
    parts = [_surface(ground.left, window.top, ground.right, window.bottom)]
    parts += [_strip(ground, window)] if ground.strip else []
    parts += [_exit(ground, side, window) for side in sorted(ground.exits) if ground.form is RoadForm.EXIT]
    if ground.form is RoadForm.SLIP_ROAD:
        parts.append(_ramp(ground, window))
    if ground.form is RoadForm.CAR_PARK:
        parts += [_bays(side, window) for side in (-1, 1)]
        return group(*parts)
    parts += [_lane_end(ground, window)] if lane_ends(scene.facts) else []
    parts += _edges(ground, window) + lines(scene.facts, ground, window.top, window.bottom)
    parts += [zebra(scene)] if crosswalk(scene.facts) else []
    parts += [_slope(window)] if ground.form is RoadForm.SLOPE else []
    return group(*parts)


def _surface(left: float, top: float, right: float, bottom: float) -> str:
    return rect(left, top, right - left, bottom - top, fill=c.ROAD)


def _edge(x: float, top: float, bottom: float) -> str:
    return path(f"M{x} {top}V{bottom}", stroke=c.STRONG, stroke_width=1.6)


def _edges(ground: Ground, window: Window) -> list[str]:
    """Edges of the carriageway; open where somebody comes out or a ramp joins."""
    found = []
    for side, x in ((-1, ground.left), (1, ground.right)):
        top, bottom = window.top, window.bottom
        if ground.form is RoadForm.EXIT and side in ground.exits:
            found += [_edge(x, top, -MOUTH), _edge(x, MOUTH, bottom)]
        elif ground.form is RoadForm.SLIP_ROAD and side == 1:
            found += [_edge(x, top, -60), _edge(x, 60, bottom)]
        else:
            found.append(_edge(x, top, bottom))
    return found


def _strip(ground: Ground, window: Window) -> str:
    x = ground.right
    return rect(x, window.top, STRIP, window.bottom - window.top, fill=c.LINE) + _edge(
        x + STRIP, window.top, window.bottom
    )


def _exit(ground: Ground, side: int, window: Window) -> str:
    edge = ground.right + (STRIP if ground.strip else 0) if side > 0 else ground.left
    far = window.right if side > 0 else window.left
    left, right = min(edge, far), max(edge, far)
    yard = rect(left, -MOUTH, right - left, 2 * MOUTH, fill=c.LINE)
    sides = path(f"M{left} {-MOUTH}H{right}M{left} {MOUTH}H{right}", stroke=c.STRONG, stroke_width=1.6)
    posts = [rect(edge + side * 10 - 4, y - 4, 8, 8, fill=c.MUTED) for y in (-MOUTH, MOUTH)]
    return yard + sides + "".join(posts)


def _bays(side: int, window: Window) -> str:
    near, far = side * LANE, side * (LANE + BAY_DEPTH)
    left = min(near, far)
    ground = rect(left, window.top, BAY_DEPTH, window.bottom - window.top, fill=c.LINE)
    first = int((window.top - BAY_WIDTH / 2) // BAY_WIDTH) + 1
    count = int((window.bottom - window.top) // BAY_WIDTH) + 1
    marks = "".join(f"M{near} {(first + k) * BAY_WIDTH - BAY_WIDTH / 2}H{far}" for k in range(count))
    ends = f"M{far} {window.top}V{window.bottom}"
    return (
        ground
        + path(marks + ends, stroke=c.STRONG, stroke_width=4)
        + path(marks, stroke=c.PAPER, stroke_width=2.6)
    )


def _ramp(ground: Ground, window: Window) -> str:
    x, low = ground.right, window.bottom
    outer, inner = complex(x + (low + 60) / 2, low), complex(x + (low - 60) / 2, low)
    shape = polygon((complex(x, -60), outer, inner, complex(x, 60)), fill=c.ROAD)
    return shape + path(
        f"M{x} -60L{outer.real} {low}M{x} 60L{inner.real} {low}", stroke=c.STRONG, stroke_width=1.6
    )


def _lane_end(ground: Ground, window: Window) -> str:
    x = ground.right
    wedge = (
        complex(x + 1, -40),
        complex(x - ground.lane, -110),
        complex(x - ground.lane, window.top),
        complex(x + 1, window.top),
    )
    return polygon(wedge, fill=c.KERB) + path(
        f"M{x} -40L{x - ground.lane} -110V{window.top}", stroke=c.STRONG, stroke_width=1.6
    )


def _slope(window: Window) -> str:
    at = f"M{window.left + 14} {window.bottom - 20}h46v-26z"
    return path(at, fill=c.STRONG, fill_opacity=0.5, stroke=c.INK, stroke_width=1.4)
