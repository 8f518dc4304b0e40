"""What controls the place: stop and yield lines, lights with the colour each had, signs, an officer."""

from __future__ import annotations

from ...facts import AccidentFacts
from ...vocabulary import Control, RoadForm, Signal, UserKind
from .. import palette as c
from ..arranging import Actor, Scene
from ..bodies import forward
from ..svg import circle, group, line, path, polygon, rect, turned, words
from ..words import WORDS, Lang
from .lanes import STOP_LINE
from .place import JUNCTIONS, LANE

_LIGHTS = (Control.SIGNALS, Control.ARROWS)
_LAMPS = ((Signal.RED, c.BAD), (Signal.YELLOW, c.ACCENT), (Signal.GREEN, c.OK))


def signs(scene: Scene, lang: Lang) -> str:
    """All signs of the junction, for the arms somebody came along."""
    if scene.ground.form not in JUNCTIONS | {RoadForm.ROUNDABOUT}:
        return ""
    facts, found, arms = scene.facts, [], set()
    for one in scene.actors:
        if one.way in arms or one.facts.kind is UserKind.PEDESTRIAN:
            continue
        arms.add(one.way)
        found.append(_arm(facts, one, [a for a in scene.actors if a.way == one.way], lang, scene.ground.form))
    if facts.place_answer("control") == Control.OFFICER:
        found.append(_officer(lang))
    return group(*found)


def _arm(facts: AccidentFacts, one: Actor, same: list[Actor], lang: Lang, form: RoadForm) -> str:
    ahead = forward(one.way)
    right = ahead * 1j
    stop = -ahead * STOP_LINE
    post = stop + right * (LANE + 20) - ahead * 14
    yields = any(a.facts.answer("has_yield_sign") is True for a in same)
    if form is RoadForm.ROUNDABOUT:
        return ""
    if facts.place_answer("control") in _LIGHTS:
        shown = next((s for a in same if (s := a.facts.answer("signal"))), None)
        return _stop_line(stop, right) + _light(
            post, shown, lang, facts.place_answer("control") == Control.ARROWS, one.way
        )
    if yields:
        sign = "" if facts.place_answer("control") == Control.MARKINGS else _yield_sign(post)
        return _yield_line(stop, right) + sign
    return ""


def _stop_line(stop: complex, right: complex) -> str:
    data = line((stop + right * 2, stop + right * (LANE - 2)))
    return path(data, stroke=c.STRONG, stroke_width=5.4) + path(data, stroke=c.PAPER, stroke_width=4)


def _yield_line(stop: complex, right: complex) -> str:
    data = line((stop + right * 2, stop + right * (LANE - 2)))
    return path(data, stroke=c.STRONG, stroke_width=5.4, stroke_dasharray="8 5") + path(
        data, stroke=c.PAPER, stroke_width=3.6, stroke_dasharray="8 5"
    )


def _light(at: complex, shown: object, lang: Lang, arrows: bool, way: int) -> str:
    box = rect(at.real - 9, at.imag - 24, 18, 48, rx=6, fill=c.INK)
    lamps = [
        circle(
            at + 15j * (k - 1),
            5.6,
            fill=colour if shown == state else c.MUTED,
            stroke=c.PAPER if shown == state else None,
        )
        for k, (state, colour) in enumerate(_LAMPS)
    ]
    arrow = (
        path("M0 4V-4M-3 -1L0 -4L3 -1", stroke=c.PAPER, stroke_width=1.6, transform=turned(at + 15j, way))
        if arrows
        else ""
    )
    name = WORDS[lang].signals.get(str(shown), "?")
    side = -1 if at.real < 0 else 1
    text = words(
        at + complex(side * 13, 6),
        name,
        15,
        fill=c.INK,
        font_weight="bold",
        text_anchor="start" if side > 0 else "end",
    )
    return box + "".join(lamps) + arrow + text


def _yield_sign(at: complex) -> str:
    shape = (at + complex(-14, -11), at + complex(14, -11), at + 13j)
    return polygon(shape, fill=c.PAPER, stroke=c.BAD, stroke_width=4, stroke_linejoin="round")


def _officer(lang: Lang) -> str:
    at = complex(-92, -92)
    return circle(at, 15, fill=c.PRIMARY, stroke=c.PAPER, stroke_width=2) + words(
        at + 5.5j, WORDS[lang].officer, 15, fill=c.PAPER, font_weight="bold", text_anchor="middle"
    )


def north(at: complex, bearing: float) -> str:
    """A north arrow; `bearing` is the compass direction of the canvas' upper edge in degrees."""
    needle = polygon((-16j, 7 + 8j, 3j, -7 + 8j), fill=c.INK) + words(
        complex(0, -19), "N", 13, text_anchor="middle", font_weight="bold", fill=c.INK
    )
    return group(circle(0j, 0.5, fill=c.INK), needle, transform=turned(at, -bearing))
