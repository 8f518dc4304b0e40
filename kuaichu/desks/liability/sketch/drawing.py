"""Draws the sketch of an accident as SVG."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from xml.sax.saxutils import escape

from ..facts import AccidentFacts
from ..vocabulary import RoadForm
from . import palette as c
from .arranging import Actor, Scene, arrange
from .bodies import Shape
from .figures import badge, badge_at, figure, thing
from .ground.lines import Window
from .ground.place import JUNCTIONS
from .ground.roads import road
from .ground.signs import north as north_arrow
from .ground.signs import signs
from .legend import described, notes, of_actor, wrapped
from .svg import FONT, element, group, number, rect, words
from .trails import begins, star, trails
from .words import WORDS, Lang, lang_of

WIDTH = 360.0
"""Width of every sketch in units: on a phone of 320 pixels letters are still 12 pixels high."""
_GROUND = 284.0
_LEAST_HEIGHT = 240.0
_MOST_HEIGHT = 640.0
_LEAST_SCALE = 0.85
_AROUND = 52.0
_RIM = 12.0
_SIZE = 14.0
_ROW = 20.0
_MARGIN = 10.0


def draw(
    facts: AccidentFacts,
    *,
    lang: str = "zh",
    width: int | None = None,
    shapes: Mapping[str, Shape] | None = None,
    north: float | None = None,
    legend: bool = True,
    letters: bool = False,
) -> str:
    """The sketch of these facts: one `svg` element, the same bytes for the same facts.

    `lang` is a language code (zh…, else English); `width` in pixels is written down when given; `shapes`
    says more of a road user than its kind does; `north` is the compass bearing of the upper edge in degrees,
    no arrow without; `legend` may be left out where the page says it itself; `letters` names the road users
    by their labels also in Chinese, for pages which do so. Unknown facts are not drawn.
    Never raises for valid facts.
    """
    words_of, scene = lang_of(lang), replace(arrange(facts, shapes), letters=letters)
    colours = {one.label: c.body_colour(i) for i, one in enumerate(scene.actors)}
    window = _window(scene)
    scale = WIDTH / (window.right - window.left)
    high = round((window.bottom - window.top) * scale, 1)
    under, low = _legend(scene, high, colours, words_of) if legend else ("", 0.0)
    inside = [
        element("title", escape(WORDS[words_of].title)),
        element("desc", escape(described(scene, words_of))),
        _picture(scene, window, colours, words_of, north),
        rect(0, high, WIDTH, low, fill=c.PAPER) if legend else "",
        rect(0.5, 0.5, WIDTH - 1, high - 1, fill="none", stroke=c.STRONG),
        under,
    ]
    height = high + low
    return element(
        "svg",
        *(f"\n{one}" for one in inside if one),
        "\n",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=" ".join(number(v) for v in (0, 0, WIDTH, height)),
        width=width,
        height=round(width * height / WIDTH) if width else None,
        role="img",
        font_family=FONT,
    )


def _picture(scene: Scene, window: Window, colours: dict[str, str], lang: Lang, north: float | None) -> str:
    size = (window.right - window.left, window.bottom - window.top)
    parts = [
        rect(window.left, window.top, *size, fill=c.PAPER),
        rect(window.left, window.top, *size, fill=c.KERB, fill_opacity=0.45),
        road(scene, window),
        signs(scene, lang),
        trails(scene, colours),
        *(thing(one) for one in scene.things),
        *(figure(one, colours[one.label]) for one in scene.actors),
        *(star(one.at, one.known) for one in scene.hits),
        *(_letter(one, scene, colours, lang) for one in scene.actors),
    ]
    if north is not None:
        parts.append(north_arrow(complex(window.right - 24, window.top + 36), north))
    shift = f"scale({WIDTH / size[0]:.4f}) translate({number(-window.left)} {number(-window.top)})"
    return group(*(f"\n{one}" for one in parts if one), transform=shift)


def _letter(one: Actor, scene: Scene, colours: dict[str, str], lang: Lang) -> str:
    met = {
        label
        for hit in scene.hits
        for label in (hit.first, hit.second)
        if one.label in (hit.first, hit.second)
    }
    others = [other.pose.at for other in scene.actors if other.label in met - {one.label}]
    return badge(
        badge_at(one, others[0] if others else None), scene.named(one.label, lang), colours[one.label]
    )


def _window(scene: Scene) -> Window:
    """What is shown: all road users and the ways they came, the junction, at least so much of the road."""
    poses = (*(one.pose for one in scene.actors), *scene.things)
    corners = list(chain.from_iterable(pose.corners() for pose in poses))
    ways = begins(scene)
    xs, ys = [p.real for p in corners], [p.imag for p in corners]
    top = min(min(ys) - _AROUND, *(p.imag - _RIM for p in ways), 0)
    bottom = max(max(ys) + _AROUND, *(p.imag + _RIM for p in ways), 0)
    ground = scene.ground
    middle = (min(*xs, ground.left) + max(*xs, ground.right)) / 2
    wide = max(_GROUND, *(2 * (abs(p.real - middle) + _RIM) for p in (*corners, *ways)))
    if ground.form in JUNCTIONS:
        top, bottom, middle = min(-118.0, top), max(118.0, bottom), 0.0
    elif ground.form is RoadForm.ROUNDABOUT:
        top, bottom, middle = min(-214.0, top), max(110.0, bottom), 0.0
    spare = max(0.0, _LEAST_HEIGHT - (bottom - top)) / 2
    wide = max(wide, min((bottom - top) * WIDTH / _MOST_HEIGHT, WIDTH / _LEAST_SCALE))
    return Window(middle - wide / 2, top - spare, middle + wide / 2, bottom + spare)


def _legend(scene: Scene, top: float, colours: dict[str, str], lang: Lang) -> tuple[str, float]:
    """The legend below the picture and its height."""
    left, y, found = _MARGIN, top + 8, []
    for one in scene.actors:
        rows = wrapped(of_actor(one, scene, lang), WIDTH - 2 * _MARGIN - 30, _SIZE)
        found.append(badge(complex(left + 12, y + 13), scene.named(one.label, lang), colours[one.label]))
        found += [_row(left + 32, y + 18 + k * _ROW, text, c.INK) for k, text in enumerate(rows)]
        y += _ROW * len(rows) + 8
    small = _SIZE - 1
    rows = list(
        chain.from_iterable(
            wrapped(text + _stop(lang), WIDTH - 2 * _MARGIN, small) for text in notes(scene, lang)
        )
    )
    found += [_row(left, y + 14 + k * (_ROW - 2), text, c.MUTED, small) for k, text in enumerate(rows)]
    y += (_ROW - 2) * len(rows) + 8
    return group(*(f"\n{one}" for one in found)), round(y - top, 1)


def _stop(lang: Lang) -> str:
    return WORDS[lang].stop.strip()


def _row(x: float, y: float, text: str, colour: str, size: float = _SIZE) -> str:
    return words(complex(x, y), text, size, fill=colour)
