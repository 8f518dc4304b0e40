"""Surfaces of junctions and roundabouts."""

from __future__ import annotations

from ...vocabulary import RoadForm, UserKind
from .. import palette as c
from ..arranging import Scene
from ..svg import circle, group, number, path, rect
from .lines import Window, lines
from .place import LANE, crosswalk

RING_CENTRE = complex(0, -78)
RING_OUTER, RING_INNER = 112.0, 44.0
CORNER = 18.0


def missing_arm(scene: Scene) -> int | None:
    """Direction of the arm which a tee lacks: one nobody came from; None at a crossing."""
    if scene.ground.form is not RoadForm.TEE:
        return None
    used = {(one.way + 180) % 360 for one in scene.actors}
    used |= {one.way % 360 for one in scene.actors if str(one.facts.movement) == "STRAIGHT"}
    return next((arm for arm in (0, 90, 270, 180) if arm not in used), 0)


def junction(scene: Scene, window: Window) -> str:
    """A crossing or tee in the middle of the canvas."""
    gone, e, r = missing_arm(scene), LANE, CORNER
    top = -e if gone == 0 else window.top
    parts = [_surface(-e, top, e, e if gone == 180 else window.bottom)]
    left, right = (-e if gone == 270 else window.left), (e if gone == 90 else window.right)
    parts.append(_surface(left, -e, right, e))
    for x, y, arms in ((1, 1, (90, 180)), (1, -1, (0, 90)), (-1, 1, (180, 270)), (-1, -1, (270, 0))):
        if gone in arms:
            continue
        far = f"V{(window.bottom if y > 0 else window.top)}"
        side = f"H{(window.right if x > 0 else window.left)}"
        curve = f"M{x * (e + r)} {y * e}Q{x * e} {y * e} {x * e} {y * (e + r)}"
        parts.append(path(f"{curve}L{x * e} {y * e}z", fill=c.ROAD))
        parts.append(path(f"{curve}{far}M{x * (e + r)} {y * e}{side}", stroke=c.STRONG, stroke_width=1.6))
    stop = e + r - 2
    for arm in (0, 90, 180, 270):
        if arm != gone:
            parts.append(_middle(scene, arm, stop, window))
    parts += [_closed(gone, e)] if gone is not None else []
    parts += [zebra(scene)] if crosswalk(scene.facts) else []
    return group(*parts)


def _middle(scene: Scene, arm: int, stop: float, window: Window) -> str:
    """The middle line of an arm."""
    if arm in (0, 180):
        y = window.top if arm == 0 else window.bottom
        near = -stop if arm == 0 else stop
        return "".join(lines(scene.facts, scene.ground, min(near, y), max(near, y)))
    x = window.right if arm == 90 else window.left
    near = stop if arm == 90 else -stop
    return path(f"M{near} 0H{x}", stroke=c.STRONG, stroke_width=1.2, stroke_dasharray="9 9")


def _closed(gone: int, e: float) -> str:
    ends = {0: f"M{-e - 400} {-e}H{e + 400}", 180: f"M{-e - 400} {e}H{e + 400}"}
    ends |= {90: f"M{e} {-e - 400}V{e + 400}", 270: f"M{-e} {-e - 400}V{e + 400}"}
    return path(ends[gone], stroke=c.STRONG, stroke_width=1.6)


def roundabout(window: Window) -> str:
    """A roundabout with four arms, its entry from below."""
    m, e = RING_CENTRE, 44.0
    parts = [
        rect(-e, m.imag, 2 * e, window.bottom - m.imag, fill=c.ROAD, stroke=c.STRONG, stroke_width=1.6),
        rect(-e, window.top, 2 * e, m.imag - window.top, fill=c.ROAD, stroke=c.STRONG, stroke_width=1.6),
        rect(
            window.left,
            m.imag - e,
            window.right - window.left,
            2 * e,
            fill=c.ROAD,
            stroke=c.STRONG,
            stroke_width=1.6,
        ),
        circle(m, RING_OUTER, fill=c.ROAD, stroke=c.STRONG, stroke_width=1.6),
        rect(-e + 1, m.imag, 2 * e - 2, window.bottom - m.imag, fill=c.ROAD),
        rect(-e + 1, window.top, 2 * e - 2, m.imag - window.top, fill=c.ROAD),
        rect(window.left, m.imag - e + 1, window.right - window.left, 2 * e - 2, fill=c.ROAD),
        circle(m, RING_OUTER - 1, fill=c.ROAD),
        circle(m, RING_INNER, fill=c.KERB, stroke=c.STRONG, stroke_width=2),
    ]
    for x, y in ((0, 1), (0, -1), (1, 0), (-1, 0)):
        near = m + complex(x, y) * (RING_OUTER + 4)
        far = m + complex(x, y) * 400
        parts.append(
            path(
                f"M{near.real} {near.imag}L{far.real} {far.imag}",
                stroke=c.STRONG,
                stroke_width=1.2,
                stroke_dasharray="9 9",
            )
        )
    return group(*parts)


def _surface(left: float, top: float, right: float, bottom: float) -> str:
    return rect(left, top, right - left, bottom - top, fill=c.ROAD)


def zebra(scene: Scene) -> str:
    """A pedestrian crossing where the one on foot is, across the whole road."""
    walkers = [one.pose.at.imag for one in scene.actors if one.facts.kind == UserKind.PEDESTRIAN]
    y = walkers[0] if walkers else 0.0
    left, right = scene.ground.left, scene.ground.right
    data = "".join(f"M{left + 6 + 12 * k} {number(y - 20)}v40" for k in range(int((right - left) / 12)))
    return path(data, stroke=c.STRONG, stroke_width=7) + path(data, stroke=c.PAPER, stroke_width=5.6)
