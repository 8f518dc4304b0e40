"""Arrows: the way each came along, and for those who turn the way they were going to take."""

from __future__ import annotations

from collections.abc import Sequence

from ..vocabulary import RoadForm
from . import palette as c
from .arranging import Actor, Scene
from .bodies import forward, half
from .ground.place import JUNCTIONS
from .headings import STANDING, M
from .svg import circle, group, path, point, polygon, words

Curve = tuple[complex, complex, complex, complex]
TAIL = 78.0
"""Length of the way shown behind a road user, in units."""
_HEAD = 9.0
_OWN_LANE = 25.0


def trails(scene: Scene, colours: dict[str, str]) -> str:
    """All arrows, under the bodies."""
    return group(*(_of_one(scene, one, colours[one.label]) for one in scene.actors))


def _of_one(scene: Scene, actor: Actor, colour: str) -> str:
    if actor.facts.movement is None or actor.facts.movement in STANDING:
        return ""
    others = [one for one in scene.actors if one is not actor]
    came, going = _came(scene, actor), _going(scene, actor)
    if _free(came, others):
        drawn = _arrow(came, colour)
    else:
        drawn = "" if going else _elsewhere(actor, others, colour)
    return drawn + (_arrow(going, colour, dashes="7 6") if going else "")


def travel(actor: Actor) -> complex:
    """Unit vector of the movement at the contact."""
    return forward(actor.pose.heading) * (-1 if actor.back else 1)


def begins(scene: Scene) -> list[complex]:
    """Where the ways shown begin and a U-turn ends, for the size of the picture."""
    moving = [one for one in scene.actors if one.facts.movement and one.facts.movement not in STANDING]
    back = [curve[3] for one in moving if one.facts.movement is M.U_TURN and (curve := _going(scene, one))]
    return [_came(scene, one)[0] for one in moving] + back


def _came(scene: Scene, actor: Actor) -> Curve:
    on, length = travel(actor), half(actor.pose.shape)[1]
    end = actor.pose.at - on * (length + 4)
    way = _approach(scene, actor)
    start = _start(scene, actor, end, way)
    reach = abs(end - start) * 0.42
    return start, start + way * reach, end - on * reach, end


def _approach(scene: Scene, actor: Actor) -> complex:
    """Direction in which it came along."""
    way = forward(actor.way)
    if actor.back and actor.facts.movement in (M.REVERSING, M.ROLLING):
        return -way
    if scene.ground.form is RoadForm.ROUNDABOUT and actor.way == 90:
        return forward(140)
    if _in_ring(scene):
        return forward(actor.way + 40)
    if actor.facts.movement is M.MERGING and scene.ground.form is RoadForm.SLIP_ROAD:
        return forward(actor.way - 27)
    return way


def _in_ring(scene: Scene) -> bool:
    """All went the same way round, and are drawn at the right of the island."""
    return scene.ground.form is RoadForm.ROUNDABOUT and all(one.way == 0 for one in scene.actors)


def _start(scene: Scene, actor: Actor, end: complex, way: complex) -> complex:
    ground, move = scene.ground, actor.facts.movement
    side = forward(actor.way) * 1j
    now = (end / side).real
    lateral = now
    if ground.form is RoadForm.ROUNDABOUT and actor.way == 90:
        return complex(-72, -44)
    if _in_ring(scene):
        return end - way * TAIL * 0.8
    if move in (M.LEFT_TURN, M.RIGHT_TURN, M.U_TURN) and ground.form in JUNCTIONS | {RoadForm.STRAIGHT}:
        lateral = _OWN_LANE
    elif move in (M.LANE_CHANGE_LEFT, M.OVERTAKING):
        lateral = max(now + 12, (ground.up - 0.5) * ground.lane if actor.way == 0 else now + 26)
    elif move is M.LANE_CHANGE_RIGHT:
        lateral = min(now - 12, ground.lane / 2)
    elif move is M.LEAVING_KERB:
        lateral = max(now, (ground.up * ground.lane + 18) if actor.way == 0 else now)
    elif move is M.ENTERING_BAY:
        lateral = ground.lane / 2
    elif move in (M.LEAVING_BAY, M.ENTERING_ROAD):
        lateral = min(max(now, -12), 12)
    return end - way * (TAIL if abs(lateral - now) < 30 else TAIL + 20) + side * (lateral - now)


def _going(scene: Scene, actor: Actor) -> Curve | None:
    """The way it was going to take, for turns."""
    move, way = actor.facts.movement, forward(actor.way)
    start = actor.pose.at + travel(actor) * (half(actor.pose.shape)[1] + 5)
    if move is M.U_TURN:
        side, on = way * 1j, -way
        end = side * -_OWN_LANE + way * ((start / way).real - 95)
    elif move in (M.LEFT_TURN, M.RIGHT_TURN) and scene.ground.form in JUNCTIONS:
        on = way * (-1j if move is M.LEFT_TURN else 1j)
        end = on * 128 + on * 1j * _OWN_LANE
    elif move is M.ENTERING_BAY and not actor.back:
        on, end = way * 1j, complex(112, 0) + way * 0.3 * (start / way).real
    else:
        return None
    reach = abs(end - start) * 0.45
    return start, start + travel(actor) * reach, end - on * reach, end


def _at(curve: Curve, t: float) -> complex:
    a, b, d, e = curve
    s = 1 - t
    return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * d + t * t * t * e


def _free(curve: Curve, others: Sequence[Actor]) -> bool:
    return not any(one.pose.covers(_at(curve, t / 10), 3) for one in others for t in range(10))


def _elsewhere(actor: Actor, others: Sequence[Actor], colour: str) -> str:
    """Where somebody stands on the way it came: an arrow ahead of it, else beside it."""
    on, length = travel(actor), half(actor.pose.shape)[1]
    start = actor.pose.at + on * (length + 6)
    ahead = _straight(start, start + on * 44)
    if _free(ahead, others):
        return _arrow(ahead, colour)
    beside = actor.pose.spot(half(actor.pose.shape)[0] + 12, 0)
    return _arrow(_straight(beside - on * length * 0.7, beside + on * length * 0.7), colour)


def _straight(start: complex, end: complex) -> Curve:
    return start, start + (end - start) / 3, end - (end - start) / 3, end


def _arrow(curve: Curve, colour: str, dashes: str | None = None) -> str:
    tip, on = curve[3], curve[3] - curve[2]
    on /= abs(on) or 1
    neck = tip - on * (_HEAD - 1)
    data = f"M{point(curve[0])}C{point(curve[1])} {point(curve[2])} {point(neck)}"
    head = (tip, tip - on * _HEAD + on * 1j * 6, tip - on * _HEAD - on * 1j * 6)
    outline = path(data, stroke=c.PAPER, stroke_width=7, stroke_linecap="round", opacity=0.85)
    body = path(
        data, stroke=colour, stroke_width=3.6 if not dashes else 2.6, stroke_dasharray=dashes,
        stroke_linecap=None if dashes else "round",
    )  # fmt: skip
    tipped = polygon(head, fill=colour, stroke=c.PAPER, stroke_width=1)
    return outline + body + tipped


def star(at: complex, known: bool) -> str:
    """The mark of a contact; a question mark where a zone is not known."""
    if not known:
        mark = words(at + 4.5j, "?", 13, text_anchor="middle", font_weight="bold", fill=c.BAD)
        return circle(at, 9, fill=c.PAPER, stroke=c.BAD, stroke_width=2, stroke_dasharray="3 2") + mark
    points = (at + (11 if k % 2 == 0 else 4.4) * forward(k * 22.5) for k in range(16))
    return polygon(points, fill=c.BAD, stroke=c.PAPER, stroke_width=1.4)
