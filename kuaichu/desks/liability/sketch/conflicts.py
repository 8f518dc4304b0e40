"""Where the sketch shows that statements cannot be right together (contradictions between box and sketch)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..facts import AccidentFacts
from ..plausibility import Problem
from ..vocabulary import Zone
from .arranging import Actor, Scene, arrange
from .bodies import SMALL
from .words import WORDS


def conflicts(facts: AccidentFacts, picked: Mapping[str, Zone] | None = None) -> tuple[Problem, ...]:
    """Contradictions between what was stated and what can be drawn; empty when everything fits.

    Code `sketch-direction`: a road user would have to stand across the way it came along to be touched
    there. Code `sketch-zone`: a place picked in the sketch (`picked`, by label) is neither the stated one nor
    the one beside it. Pure.
    """
    return (*_directions(arrange(facts)), *_zones(facts, picked or {}))


def _directions(scene: Scene) -> Iterator[Problem]:
    for one in scene.actors:
        if one.strayed and one.facts.movement is not None and one.pose.shape not in SMALL:
            yield _across(one, scene)


def _across(one: Actor, scene: Scene) -> Problem:
    did, done = (WORDS[lang].movements.get(str(one.facts.movement), "") for lang in ("zh", "en"))
    met = [hit for hit in scene.hits if one.label in (hit.first, hit.second)]
    labels = sorted({label for hit in met for label in (hit.first, hit.second)} or {one.label})
    refs = [f"{label}.{key}" for label in labels for key in ("movement", "zone", "other_came_from")]
    return Problem(
        "sketch-direction",
        f"示意图：{one.label}（{did}），按所述来向不可能以这些部位相碰",
        f"Sketch: {one.label} ({done}) cannot be touched there when both came as stated",
        tuple(refs),
    )


def _zones(facts: AccidentFacts, picked: Mapping[str, Zone]) -> Iterator[Problem]:
    for one in facts.vehicles:
        drawn, stated = picked.get(one.label), one.answer("zone")
        if drawn is None or stated is None or set(drawn.split("_")) & set(str(stated).split("_")):
            continue
        zh, en = (WORDS[lang].zones for lang in ("zh", "en"))
        box = Zone(str(stated))
        yield Problem(
            "sketch-zone",
            f"示意图中{one.label}的碰撞部位为{zh[drawn]}，陈述为{zh[box]}",
            f"The sketch shows {one.label} touched at the {en[drawn]}, stated was the {en[box]}",
            (f"{one.label}.zone",),
        )
