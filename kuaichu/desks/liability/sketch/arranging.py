"""From facts to a scene: who stands where, which way, and where they touch.

The main road runs up the canvas. Contacts are laid out one after the other; then the whole group is moved so
that everybody is as near to its lane as the contacts allow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..facts import AccidentFacts, Contact, VehicleFacts
from ..plausibility import pair_of
from ..vocabulary import CameFrom, Movement, RoadSide, Struck, UserKind, Zone
from .bodies import Pose, Shape, half, shape_of, spots
from .ground.lanes import settle
from .ground.place import Ground, ground_of
from .headings import ASIDE, DELTA, backs, strayed
from .meeting import Meeting, Mover, meet
from .words import Lang, name_of

Ways = tuple[tuple[int, float], ...]
_QUEUE_GAP = 10.0
_AS_LIKELY = 0.8
"""Two directions whose costs differ by less are both possible: the one drawn is then called assumed."""


@dataclass(frozen=True, slots=True)
class Actor:
    """One road user of the scene; `way` is the direction it came along, `back` whether it moved backwards."""

    facts: VehicleFacts
    pose: Pose
    way: int
    back: bool
    strayed: bool = False

    @property
    def label(self) -> str:
        """The label of the facts."""
        return self.facts.label


@dataclass(frozen=True, slots=True)
class Hit:
    """A contact: where, between whom, whether both zones were stated, and how deep the bodies overlap."""

    at: complex
    first: str
    second: str
    known: bool
    depth: float


@dataclass(frozen=True, slots=True)
class Scene:
    """All that is drawn: `guessed` came from where nobody stated, `apart` touched nobody known.

    `things` are fixed objects somebody ran into; with `letters` labels are shown as they are.
    """

    facts: AccidentFacts
    ground: Ground
    actors: tuple[Actor, ...]
    hits: tuple[Hit, ...]
    guessed: frozenset[str]
    apart: frozenset[str]
    things: tuple[Pose, ...] = ()
    letters: bool = False

    def named(self, label: str, lang: Lang) -> str:
        """What a road user is called in this picture."""
        return label if self.letters else name_of(label, lang)

    def actor(self, label: str) -> Actor:
        """The road user of that label. Raises StopIteration."""
        return next(one for one in self.actors if one.label == label)


def arrange(facts: AccidentFacts, shapes: Mapping[str, Shape] | None = None) -> Scene:
    """Lay the scene out. `shapes` says more of a road user than its kind does (bus, truck …)."""
    made = _Layout(facts, shapes or {})
    waiting = contacts_of(facts)
    while waiting:
        ready = next((c for c in waiting if {c.first, c.second} & set(made.actors)), waiting[0])
        waiting.remove(ready)
        made.join(ready)
    apart = made.rest()
    actors = tuple(made.actors[label] for label in sorted(made.actors))
    ground = ground_of(facts, (one.way for one in actors))
    moved = settle(facts, ground, actors)
    return Scene(
        facts=facts,
        ground=ground,
        actors=tuple(replace(one, pose=replace(one.pose, at=one.pose.at + moved)) for one in actors),
        hits=tuple(replace(one, at=one.at + moved) for one in made.hits),
        guessed=frozenset(made.guessed),
        apart=frozenset(apart),
        things=tuple(replace(one, at=one.at + moved) for one in made.things),
    )


def contacts_of(facts: AccidentFacts) -> list[Contact]:
    """All contacts in the order of labels, so that a sketch does not depend on the order told."""
    return sorted(map(_in_order, facts.met()), key=lambda one: (one.first, one.second))


def _in_order(one: Contact) -> Contact:
    turned = one.second < one.first
    return Contact(one.second, one.first, one.second_zone, one.first_zone) if turned else one


class _Layout:
    """The scene while it grows, contact by contact."""

    def __init__(self, facts: AccidentFacts, shapes: Mapping[str, Shape]) -> None:
        self.facts = facts
        self.known = {one.label: one for one in facts.vehicles}
        self.shapes = {one.label: shapes.get(one.label) or shape_of(one.kind) for one in facts.vehicles}
        self.actors: dict[str, Actor] = {}
        self.hits: list[Hit] = []
        self.guessed: set[str] = set()
        self.things: list[Pose] = []

    def join(self, contact: Contact) -> None:
        """Put the two of a contact where they touch; one of them may stand already."""
        if contact.first not in self.actors and contact.second in self.actors:
            contact = Contact(contact.second, contact.first, contact.second_zone, contact.first_zone)
        if contact.first in self.actors and contact.second in self.actors:
            return
        first, second = self.known[contact.first], self.known[contact.second]
        found = self._meeting(contact, first, second)
        if first.label not in self.actors:
            self._place(first, 0j, found.ways[0], found.headings[0], contact.first_zone)
        own = self.actors[first.label].pose
        self._place(second, found.second_at(own), found.ways[1], found.headings[1], contact.second_zone)
        sides = ((first, contact.first_zone), (second, contact.second_zone))
        known = all(zone is not None or one.kind is UserKind.PEDESTRIAN for one, zone in sides)
        self.hits.append(Hit(own.spot(*found.spots[0]), first.label, second.label, known, found.depth))

    def _meeting(self, contact: Contact, first: VehicleFacts, second: VehicleFacts) -> Meeting:
        stands = self.actors.get(first.label)
        made: list[Meeting] = []
        for (one, other), dear in ways_of(self.facts, first, second, contact):
            turned = (other - one + stands.way + 179) % 360 - 179 if stands else other
            found = meet(
                self._mover(first, contact.first_zone, stands.way if stands else one, stands),
                self._mover(second, contact.second_zone, turned, None),
            )
            made.append(replace(found, cost=round(found.cost + dear, 6)))
        made.sort(key=lambda one: one.cost)
        if len(made) > 1 and made[1].cost - made[0].cost < _AS_LIKELY:
            self.guessed.add(second.label)
        return made[0]

    def _mover(self, one: VehicleFacts, zone: Zone | None, way: int, stands: Actor | None) -> Mover:
        fixed = stands.pose.heading if stands else None
        return Mover(self.shapes[one.label], one.movement, zone, ((way, 0.0),), fixed)

    def _place(self, one: VehicleFacts, at: complex, way: int, heading: float, zone: Zone | None) -> None:
        shape, heading = self.shapes[one.label], (heading + 179) % 360 - 179
        self.actors[one.label] = Actor(
            facts=one,
            pose=Pose(shape, at, heading),
            way=way,
            back=backs(one.movement, zone),
            strayed=strayed(one.movement, zone, shape, heading - way),
        )

    def rest(self) -> list[str]:
        """Those without a known contact, one behind the other after the others; returns their labels."""
        left = [one for one in self.facts.vehicles if one.label not in self.actors]
        low = max((c.imag for a in self.actors.values() for c in a.pose.corners()), default=-40.0)
        for one in left:
            pose = Pose(self.shapes[one.label], 0j, 0)
            length = max(c.imag for c in pose.corners())
            low += 0 if len(self.facts.vehicles) == 1 else _QUEUE_GAP + length
            self._place(one, complex(0, low), 0, 0, None)
            low += length
            self._strike(one)
        return [one.label for one in left]

    def _strike(self, one: VehicleFacts) -> None:
        """Put a fixed object where it was touched, when somebody ran into one."""
        if one.answer("struck") not in (Struck.OBJECT, Struck.FACILITY) or one.zone is None:
            return
        shape, pose = self.shapes[one.label], self.actors[one.label].pose
        right, ahead, _cost = spots(shape, one.zone)[0]
        at = pose.spot(right, ahead)
        side, end = (value / abs(value) if value else 0 for value in (right, ahead))
        size = half(Shape.OBJECT)[0]
        away = pose.spot(side * size, end * size) - pose.at
        self.things.append(Pose(Shape.OBJECT, at + away, 0))
        self.hits.append(Hit(at, one.label, one.label, True, 0.0))


def ways_of(
    facts: AccidentFacts, first: VehicleFacts, second: VehicleFacts, contact: Contact
) -> list[tuple[tuple[int, int], float]]:
    """Directions the two may have come along, with how unlikely each pair is; one pair when it is stated."""
    stated = _stated(first, second, contact, facts)
    deltas = [(DELTA[stated], 0.0)] if stated else _guesses(facts, first, second)
    aside = [one.movement in ASIDE for one in (first, second)]
    if aside[0] and not aside[1]:
        if stated in (CameFrom.SAME, CameFrom.OPPOSITE):
            return [((-90, 0), 0.0)]
        return [((-d, 0) if abs(d) == 90 else (-90, d), cost) for d, cost in deltas]
    if aside[1] and not aside[0]:
        if stated in (CameFrom.SAME, CameFrom.OPPOSITE):
            return [((0, -90), 0.0)]
        return [((0, d) if abs(d) == 90 else (d, -90), cost) for d, cost in deltas]
    base = -90 if all(aside) else 0
    return [((base, (base + d + 179) % 360 - 179), cost) for d, cost in deltas]


def _stated(
    first: VehicleFacts, second: VehicleFacts, contact: Contact, facts: AccidentFacts
) -> CameFrom | None:
    own, mirrored = (
        first.answer("other_came_from", second.label),
        second.answer("other_came_from", first.label),
    )
    swap = {CameFrom.LEFT: CameFrom.RIGHT, CameFrom.RIGHT: CameFrom.LEFT}
    if own in set(CameFrom):
        return CameFrom(str(own))
    if mirrored in set(CameFrom):
        seen = CameFrom(str(mirrored))
        return swap.get(seen, seen)
    return _seen(facts, contact)


def _seen(facts: AccidentFacts, contact: Contact) -> CameFrom | None:
    return pair_of(facts, contact).seen_from()


_CROSSING = frozenset({Movement.STRAIGHT, Movement.LEFT_TURN, Movement.RIGHT_TURN})


def _guesses(facts: AccidentFacts, first: VehicleFacts, second: VehicleFacts) -> list[tuple[int, float]]:
    moves = {first.movement, second.movement}
    if moves & ASIDE:
        return [(90, 0.0), (-90, 0.5)] if first.movement in ASIDE else [(-90, 0.0), (90, 0.5)]
    if RoadSide.WRONG_WAY in (first.answer("side_of_road"), second.answer("side_of_road")):
        return [(180, 0.0)]
    if UserKind.PEDESTRIAN in (first.kind, second.kind):
        return [(90, 0.0), (-90, 0.0), (0, 1.0), (180, 1.0)]
    at_junction = facts.place_answer("control") not in (None, "no_junction")
    if moves <= _CROSSING and (at_junction or moves & {Movement.LEFT_TURN, Movement.RIGHT_TURN}):
        return [(90, 0.1), (-90, 0.0), (180, 0.4 if Movement.LEFT_TURN in moves else 1.0), (0, 0.8)]
    return [(0, 0.0), (180, 0.8)]
