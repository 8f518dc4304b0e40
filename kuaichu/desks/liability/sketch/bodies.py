"""Bodies of road users seen from above: their size, the spots of their contact zones, how deep two overlap.

Points are complex numbers on the canvas (x right, y down); headings are degrees clockwise from up. One metre
is 13 units; long vehicles are shortened and two-wheelers enlarged so that a phone shows them.
"""

from __future__ import annotations

import cmath
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import radians

from ..vocabulary import UserKind, Zone


class Shape(StrEnum):
    """What a road user looks like from above."""

    CAR = "car"
    VAN = "van"
    BUS = "bus"
    TRUCK = "truck"
    MOTORCYCLE = "motorcycle"
    CYCLE = "cycle"
    PEDESTRIAN = "pedestrian"
    OBJECT = "object"


_HALF = {
    Shape.CAR: (14.0, 30.0),
    Shape.VAN: (15.0, 34.0),
    Shape.BUS: (16.0, 56.0),
    Shape.TRUCK: (16.0, 50.0),
    Shape.MOTORCYCLE: (8.0, 20.0),
    Shape.CYCLE: (8.0, 19.0),
    Shape.PEDESTRIAN: (12.0, 8.0),
    Shape.OBJECT: (13.0, 13.0),
}
"""Half width and half length in units."""
DOOR = 15.0
"""How far an open door stands out, in units."""
_OF_KIND = {UserKind.MV: Shape.CAR, UserKind.NMV: Shape.CYCLE, UserKind.PEDESTRIAN: Shape.PEDESTRIAN}
SMALL = frozenset({Shape.MOTORCYCLE, Shape.CYCLE, Shape.PEDESTRIAN})


def shape_of(kind: UserKind) -> Shape:
    """The shape when nothing more than the kind of road user is known."""
    return _OF_KIND.get(kind, Shape.CAR)


def half(shape: Shape) -> tuple[float, float]:
    """Half width and half length in units."""
    return _HALF[shape]


@cache
def forward(heading: float) -> complex:
    """Unit vector of a heading."""
    return -1j * cmath.exp(1j * radians(heading))


@dataclass(frozen=True, slots=True)
class Pose:
    """Where a body is and which way its nose points."""

    shape: Shape
    at: complex
    heading: float

    def spot(self, right: float, ahead: float) -> complex:
        """The canvas point so far right of and ahead of the body's middle."""
        front = forward(self.heading)
        return self.at + ahead * front + right * front * 1j

    def corners(self) -> tuple[complex, ...]:
        """Front left, front right, rear right, rear left."""
        w, h = half(self.shape)
        return tuple(self.spot(u, v) for u, v in ((-w, h), (w, h), (w, -h), (-w, -h)))

    def covers(self, point: complex, margin: float = 0) -> bool:
        """Whether the point lies in the body or within the margin around it."""
        w, h = half(self.shape)
        front = forward(self.heading)
        away = point - self.at
        return abs((away / front).real) < h + margin and abs((away / (front * 1j)).real) < w + margin


def overlap(first: Pose, second: Pose) -> float:
    """How deep two bodies overlap in units (the shortest way out); negative is the gap between them."""
    away = second.at - first.at
    sides = [(_axes(one), half(one.shape)) for one in (first, second)]
    axes = [axis for pair, _half in sides for axis in pair]
    return -max(
        abs(_dot(away, axis)) - sum(_reach(pair, size, axis) for pair, size in sides) for axis in axes
    )


def _axes(one: Pose) -> tuple[complex, complex]:
    front = forward(one.heading)
    return front * 1j, front


def _dot(a: complex, b: complex) -> float:
    return a.real * b.real + a.imag * b.imag


def _reach(axes: tuple[complex, complex], size: tuple[float, float], along: complex) -> float:
    return size[0] * abs(_dot(axes[0], along)) + size[1] * abs(_dot(axes[1], along))


@cache
def spots(shape: Shape, zone: Zone) -> tuple[tuple[float, float, float], ...]:
    """Spots of a zone as right, ahead and how unusual it is; the usual one first."""
    return tuple(sorted(_spots(*half(shape), zone), key=lambda one: one[2]))


def _spots(w: float, h: float, zone: Zone) -> Iterator[tuple[float, float, float]]:
    side = -1 if "LEFT" in zone else 1 if "RIGHT" in zone else 0
    end = 1 if "FRONT" in zone else -1 if "REAR" in zone else 0
    for slide in (0.0, 0.3, -0.3, 0.6, -0.6):
        if side and end:
            along = abs(slide) / 3
            yield side * w * (1 - max(slide, 0) / 2), end * h * (1 + min(slide, 0) / 3), along
        elif side:
            yield side * w, slide * h, abs(slide) / 2
        else:
            yield slide * w, end * h, abs(slide) / 2
