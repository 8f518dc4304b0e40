"""Lines on the road: known ones white or yellow, unknown ones thin and grey."""

from __future__ import annotations

from dataclasses import dataclass

from ...facts import AccidentFacts
from ...vocabulary import MeetingRoad, RoadForm
from .. import palette as c
from ..svg import path
from .place import Ground


@dataclass(frozen=True, slots=True)
class Window:
    """What of the ground is shown, in units."""

    left: float
    top: float
    right: float
    bottom: float


def lines(facts: AccidentFacts, ground: Ground, top: float, bottom: float) -> list[str]:
    """Middle line and the lines between lanes between two heights."""
    if ground.form is RoadForm.NARROW:
        return []
    said = {key: any(one.answer(key) is True for one in facts.vehicles) for key in _LINES}
    found = []
    if ground.down:
        kind = "double" if said["crossed_forbidden_line"] else ""
        kind = kind or ("middle" if _centre(facts) else "")
        found.append(
            _line(0, top, bottom, kind or ("solid" if said["crossed_solid_line"] and ground.up == 1 else ""))
        )
    for lane in range(1, ground.up):
        found.append(_line(lane * ground.lane, top, bottom, "solid" if said["crossed_solid_line"] else ""))
    return found


_LINES = ("crossed_forbidden_line", "crossed_solid_line")


def _centre(facts: AccidentFacts) -> bool:
    met = facts.place_answer("meeting_road") == MeetingRoad.CENTRE_LINE
    return met or facts.place_answer("centre_line") is True


def _line(x: float, top: float, bottom: float, kind: str) -> str:
    at = f"M{x} {top}V{bottom}"
    if kind == "double":
        pair = f"M{x - 2.6} {top}V{bottom}M{x + 2.6} {top}V{bottom}"
        return path(pair, stroke=c.WARN, stroke_width=3.2) + path(pair, stroke=c.ACCENT, stroke_width=2)
    if kind == "middle":
        dash = {"stroke_dasharray": "16 10"}
        return path(at, stroke=c.WARN, stroke_width=3.6, **dash) + path(
            at, stroke=c.ACCENT, stroke_width=2.4, **dash
        )
    if kind == "solid":
        return path(at, stroke=c.STRONG, stroke_width=4.4) + path(at, stroke=c.PAPER, stroke_width=3)
    return path(at, stroke=c.STRONG, stroke_width=1.2, stroke_dasharray="9 9")
