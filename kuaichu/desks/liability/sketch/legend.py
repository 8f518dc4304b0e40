"""What is written under a sketch and read out for it."""

from __future__ import annotations

from collections.abc import Iterator

from ..vocabulary import Control, RoadForm, UserKind
from .arranging import Actor, Scene, contacts_of
from .ground.place import JUNCTIONS
from .words import WORDS, Lang


def of_actor(actor: Actor, scene: Scene, lang: Lang) -> str:
    """What it did and where it was touched."""
    w, move = WORDS[lang], actor.facts.movement
    zones = [w.zones.get(str(z), str(z)) for z in _zones(actor, scene)]
    walks = actor.facts.kind is UserKind.PEDESTRIAN
    did = w.movements.get(str(move), str(move)) if move else w.walking if walks else w.unknown_movement
    if walks and not zones:
        return did
    touched = w.touched.format(zone="、".join(zones) if lang == "zh" else ", ".join(zones))
    return did + w.comma + (touched if zones else w.unknown_zone)


def _zones(actor: Actor, scene: Scene) -> list[str]:
    met = scene.facts.met()
    found = [c.first_zone for c in met if c.first == actor.label]
    found += [c.second_zone for c in met if c.second == actor.label]
    if not met and actor.facts.zone:
        found.append(actor.facts.zone)
    return list(dict.fromkeys(str(one) for one in found if one))


def notes(scene: Scene, lang: Lang) -> Iterator[str]:
    """What is assumed or left open, and that nothing is to scale."""
    w = WORDS[lang]
    if scene.guessed:
        yield w.guessed.format(who=_names(scene, scene.guessed, lang))
    if scene.apart and len(scene.actors) > 1:
        yield w.apart.format(who=_names(scene, scene.apart, lang))
    if scene.ground.assumed and scene.ground.form in JUNCTIONS:
        yield w.form_guessed
    if scene.ground.form not in (RoadForm.NARROW, RoadForm.CAR_PARK):
        yield w.lines_unknown
    yield w.scale


def _names(scene: Scene, labels: frozenset[str], lang: Lang) -> str:
    names = [scene.named(one, lang) for one in sorted(labels)]
    return "、".join(names) if lang == "zh" else ", ".join(names)


def described(scene: Scene, lang: Lang) -> str:
    """The whole picture in sentences, for those who do not see it."""
    w = WORDS[lang]
    control = scene.facts.place_answer("control")
    place = w.forms[scene.ground.form]
    if control not in (None, Control.NO_JUNCTION) and str(control) in w.controls:
        place += w.comma + w.controls[str(control)]
    said = [place[0].upper() + place[1:]]
    said += [f"{scene.named(one.label, lang)}: {of_actor(one, scene, lang)}" for one in scene.actors]
    walkers = {one.label for one in scene.actors if one.facts.kind is UserKind.PEDESTRIAN}
    for contact in contacts_of(scene.facts):
        a, b = scene.named(contact.first, lang), scene.named(contact.second, lang)
        if walkers & {contact.first, contact.second}:
            continue
        if contact.first_zone and contact.second_zone:
            zones = {"p": w.zones[contact.first_zone], "q": w.zones[contact.second_zone]}
            said.append(w.contact.format(a=a, b=b, **zones))
        else:
            said.append(w.contact_unknown.format(a=a, b=b))
    return (w.stop.join(said) + w.stop).strip()


def wrapped(text: str, room: float, size: float) -> list[str]:
    """The text in lines of at most `room` units at this type size (Chinese letters are square)."""
    rows: list[str] = []
    row, used = "", 0.0
    for word in _pieces(text):
        long = sum(size if ord(ch) > 0x2E80 else size * 0.51 for ch in word)
        if used + long > room and row and word not in "，。；：、":
            rows, row, used = [*rows, row.rstrip()], "", 0.0
        row, used = row + word, used + long
    return [*rows, row.rstrip()] if row.strip() else rows


def _pieces(text: str) -> Iterator[str]:
    held = ""
    for ch in text:
        held += ch
        if ch == " " or ord(ch) > 0x2E80:
            yield held
            held = ""
    if held:
        yield held
