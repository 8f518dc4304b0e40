"""How two bodies touch: the second is put so that the stated zones meet and the bodies hardly overlap."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from ..vocabulary import Movement, Zone
from .bodies import DOOR, Pose, Shape, forward, half, overlap, spots
from .headings import all_turns, usual_turns

DEPTH = 3.0
"""Units two bodies may overlap at the contact: about the depth of a dent."""
_TOO_DEEP = 100.0
_ANY_ZONE = tuple(Zone)
_SIDES = (Zone.LEFT, Zone.RIGHT)
Target = tuple[Shape, Zone | None, bool]


@dataclass(frozen=True, slots=True)
class Mover:
    """One of two who meet: its shape, what it did, the zone of this contact and the way it came along.

    `ways` are directions in degrees with how unlikely each is; several while nobody said. `fixed` is set when
    the pose is known already from another contact.
    """

    shape: Shape
    movement: Movement | None
    zone: Zone | None
    ways: tuple[tuple[int, float], ...]
    fixed: float | None = None

    def target(self) -> Target:
        """What there is to touch: shape, zone and whether a door stands open."""
        return self.shape, self.zone, self.movement is Movement.DOOR_OPENING

    def noses(self, *, anyhow: bool) -> tuple[tuple[int, float, float], ...]:
        """Way, heading and cost of each pose to try; `anyhow`: also those the movement does not explain."""
        if self.fixed is not None:
            return ((self.ways[0][0], self.fixed, 0.0),)
        found = (all_turns if anyhow else usual_turns)(self.movement, self.zone, self.shape)
        return tuple((way, way + turn, cost + dear) for way, dear in self.ways for turn, cost in found)


@dataclass(frozen=True, slots=True)
class Meeting:
    """The contact: ways and headings of both, the spots (right, ahead) on each, overlap in units and cost."""

    ways: tuple[int, int]
    headings: tuple[float, float]
    spots: tuple[tuple[float, float], tuple[float, float]]
    depth: float
    cost: float

    def second_at(self, first: Pose) -> complex:
        """Where the second stands when the first stands there."""
        front = forward(self.headings[1])
        right, ahead = self.spots[1]
        return first.spot(*self.spots[0]) - ahead * front - right * front * 1j


def meet(first: Mover, second: Mover) -> Meeting:
    """The most usual contact of these zones with an overlap of at most `DEPTH`; unknown zones are free."""
    usual = _meet(first, second, anyhow=False)
    return usual if usual.depth <= DEPTH else _meet(first, second, anyhow=True)


def _meet(first: Mover, second: Mover, *, anyhow: bool) -> Meeting:
    made: Meeting | None = None
    for own, other in product(first.noses(anyhow=anyhow), second.noses(anyhow=anyhow)):
        known = own[2] + other[2]
        if made is not None and known >= made.cost:
            continue
        angle = round(other[1] - own[1]) % 360
        cost, one, two, depth = _best(first.target(), second.target(), angle)
        if made is None or known + cost < made.cost - 1e-9:
            made = Meeting((own[0], other[0]), (own[1], other[1]), (one, two), depth, known + cost)
    assert made is not None, "every movement has a heading"
    return made


@lru_cache(maxsize=65536)
def _best(
    first: Target, second: Target, angle: int
) -> tuple[float, tuple[float, float], tuple[float, float], float]:
    """Cheapest pair of spots at this angle between the noses: cost, both spots, overlap."""
    front, best = forward(angle), None
    still = Pose(first[0], 0j, 0)
    for (u, v, own), (x, y, theirs) in product(_free(*first), _free(*second)):
        if best is not None and own + theirs >= best[0] - 1e-9:
            continue  # dearer already, however little they overlap
        at = still.spot(u, v) - y * front - x * front * 1j
        depth = overlap(still, Pose(second[0], at, angle))
        cost = own + theirs + 0.1 * max(0.0, depth) + (_TOO_DEEP if depth > DEPTH else 0.0)
        if best is None or cost < best[0] - 1e-9:
            best = (cost, (u, v), (x, y), depth)
    assert best is not None, "every zone has spots"
    return best


def _free(shape: Shape, zone: Zone | None, door: bool) -> tuple[tuple[float, float, float], ...]:
    if door and zone in _SIDES:
        side = 1 if zone is Zone.RIGHT else -1
        return ((side * (half(shape)[0] + DOOR * 0.65), 0.0, 0.0), *spots(shape, zone))
    if zone is not None:
        return spots(shape, zone)
    return tuple(spots(shape, one)[0] for one in _ANY_ZONE)
