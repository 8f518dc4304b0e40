"""Road users as figures, nose up around the origin: bodies, lamps, and the letter which names each."""

from __future__ import annotations

from . import palette as c
from .arranging import Actor
from .bodies import DOOR, SMALL, Pose, Shape, half
from .headings import STANDING, M
from .svg import circle, element, group, path, rect, turned, words

BADGE = 11.5


def figure(actor: Actor, colour: str) -> str:
    """One road user in its place."""
    shape = actor.pose.shape
    drawn = _SMALL[shape](colour) if shape in _SMALL else _vehicle(shape, colour)
    return group(drawn, *_state(actor), transform=turned(actor.pose.at, actor.pose.heading))


def thing(pose: Pose) -> str:
    """A fixed object."""
    return group(_vehicle(pose.shape, c.LINE), transform=turned(pose.at, pose.heading))


def badge(at: complex, text: str, colour: str) -> str:
    """The letter of a road user in a ring of its colour."""
    size = 15 if len(text) < 3 else 10
    letter = words(at + size * 0.36j, text, size, text_anchor="middle", font_weight="bold", fill=c.INK)
    return circle(at, BADGE, fill=c.PAPER, stroke=colour, stroke_width=2.5) + letter


def badge_at(actor: Actor, other: complex | None) -> complex:
    """Where its letter stands: on the roof, or beside a small one on the side away from `other`."""
    if actor.pose.shape not in SMALL:
        return actor.pose.at
    side = 1.0
    if other is not None:
        right = actor.pose.spot(1, 0) - actor.pose.at
        away = other - actor.pose.at
        side = -1.0 if away.real * right.real + away.imag * right.imag > 0 else 1.0
    return actor.pose.spot(side * (half(actor.pose.shape)[0] + BADGE + 3), 0)


def _vehicle(shape: Shape, colour: str) -> str:
    w, h = half(shape)
    if shape is Shape.OBJECT:
        frame = rect(-w, -h, 2 * w, 2 * h, fill=c.LINE, stroke=c.INK, stroke_width=2)
        return frame + path(f"M{-w} {-h}L{w} {h}M{w} {-h}L{-w} {h}", stroke=c.INK, stroke_width=1.5)
    edge = {"stroke": c.INK, "stroke_width": 1.4}
    if shape is Shape.TRUCK:
        return (
            rect(-w + 1, -h, 2 * w - 2, 26, rx=5, fill=colour, **edge)
            + path(f"M{-w + 4} {-h + 9}Q0 {-h + 4} {w - 4} {-h + 9}V{-h + 15}H{-w + 4}z", fill=c.PAPER)
            + rect(-w, -h + 29, 2 * w, 2 * h - 29, rx=2, fill=colour, **edge)
            + path(f"M{-w} {h - 34}H{w}M{-w} {h - 17}H{w}", stroke=c.PAPER, stroke_width=1, opacity=0.7)
        )
    bus = shape is Shape.BUS
    body = rect(-w, -h, 2 * w, 2 * h, rx=5 if bus else 9, fill=colour, **edge)
    glass = f"M{3 - w} {10 - h}Q0 {5 - h} {w - 3} {10 - h}L{w - 5} {17 - h}H{5 - w}z"
    back = f"M{4 - w} {h - 6}Q0 {h - 3} {w - 4} {h - 6}L{w - 5} {h - 11}H{5 - w}z"
    lamps = f"M{2 - w} {3 - h}h6M{w - 2} {3 - h}h-6"
    mirrors = f"M{-w} {18 - h}l-4 3v-4zM{w} {18 - h}l4 3v-4z"
    return (
        path(mirrors, fill=colour, stroke=c.INK, stroke_width=1)
        + body
        + path(glass + back, fill=c.PAPER, fill_opacity=0.85)
        + path(lamps, stroke=c.PAPER, stroke_width=2)
    )


def _cycle(colour: str) -> str:
    return (
        rect(-2, -19, 4, 38, rx=2, fill=c.INK)
        + path("M-8 -9Q0 -14 8 -9", stroke=c.INK, stroke_width=2.6, stroke_linecap="round")
        + element("ellipse", cx=0, cy=2, rx=8, ry=5, fill=colour, stroke=c.INK, stroke_width=1.2)
        + circle(0j, 4.2, fill=c.PAPER, stroke=c.INK, stroke_width=1.2)
    )


def _walker(colour: str) -> str:
    return (
        path("M-4 0V-8M4 0V8", stroke=c.INK, stroke_width=4, stroke_linecap="round")
        + element("ellipse", cx=0, cy=0, rx=12, ry=4.8, fill=colour, stroke=c.INK, stroke_width=1.2)
        + circle(0j, 4.4, fill=c.PAPER, stroke=c.INK, stroke_width=1.2)
    )


_SMALL = {Shape.CYCLE: _cycle, Shape.MOTORCYCLE: _cycle, Shape.PEDESTRIAN: _walker}


def _state(actor: Actor) -> list[str]:
    """Lamps and doors which tell what it was doing."""
    w, h = half(actor.pose.shape)
    move, found = actor.facts.movement, []
    if actor.pose.shape in SMALL:
        return []
    if move in STANDING:
        found.append(path(f"M{2 - w} {h - 2}h7M{w - 2} {h - 2}h-7", stroke=c.BAD, stroke_width=3))
    if actor.back:
        found.append(path(f"M{2 - w} {h - 2}h7M{w - 2} {h - 2}h-7", stroke=c.PAPER, stroke_width=3))
    if move is M.DOOR_OPENING:
        side = 1 if "RIGHT" in str(actor.facts.zone) else -1
        found.append(
            path(
                f"M{side * w} -7L{side * (w + DOOR)} 5", stroke=c.INK, stroke_width=4, stroke_linecap="round"
            )
        )
    return found
