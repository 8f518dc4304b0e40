"""What the place looks like, as far as the facts say so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ...facts import AccidentFacts
from ...vocabulary import Control, MeetingRoad, MergedFrom, Movement, RoadForm, Spot, UserKind, WalkerPlace
from ..headings import TURNING

M = Movement
LANE = 50.0
"""Width of a lane in units."""
STRIP = 36.0
"""Width of the strip beside the road where vehicles stand."""
MOUTH = 34.0
"""Half width of a yard's exit."""


JUNCTIONS = frozenset({RoadForm.CROSS, RoadForm.TEE})
_CONTROLLED = frozenset(
    {Control.SIGNALS, Control.ARROWS, Control.SIGNS, Control.MARKINGS, Control.NONE, Control.OFFICER}
)
_BAYS = frozenset({M.ENTERING_BAY, M.LEAVING_BAY})
_BESIDE = frozenset({M.LEAVING_KERB, M.DOOR_OPENING, M.PARKED_LEGAL})
_RAMPS = frozenset({MergedFrom.RAMP, MergedFrom.CITY_RAMP, MergedFrom.SIDE_ROAD, MergedFrom.MAIN_ROAD})
_NARROW = frozenset({MeetingRoad.NARROW, MeetingRoad.NARROW_SLOPE, MeetingRoad.NARROW_MOUNTAIN})
_TWO_LANES = frozenset({M.LANE_CHANGE_LEFT, M.LANE_CHANGE_RIGHT, M.MERGING})


@dataclass(frozen=True, slots=True)
class Ground:
    """The road: its form and whether that is assumed, lanes up and down, the strip at the right kerb.

    `exits` are the sides (-1 left, 1 right) where somebody came out; `arms` those of a tee.
    """

    form: RoadForm
    assumed: bool = False
    up: int = 1
    down: int = 1
    strip: bool = False
    exits: frozenset[int] = frozenset()
    lane: float = LANE

    @property
    def left(self) -> float:
        """The left edge of the main road."""
        return -self.lane * self.down

    @property
    def right(self) -> float:
        """The right edge of the main road, without the strip."""
        return self.lane * self.up


def ground_of(facts: AccidentFacts, ways: Iterable[int]) -> Ground:
    """The ground for these facts; `ways` are the directions the road users came along."""
    ways = set(ways)
    form, assumed = _form(facts, ways)
    moves = {one.movement for one in facts.vehicles}
    two = bool(moves & _TWO_LANES or _overtaken_on_right(facts) or lane_ends(facts) or _sides(facts))
    three = moves >= {M.LANE_CHANGE_LEFT, M.LANE_CHANGE_RIGHT} or _crossed_several(facts)
    crossing = form in JUNCTIONS or form is RoadForm.ROUNDABOUT
    return Ground(
        form=form,
        assumed=assumed,
        up=1 if crossing or form in (RoadForm.NARROW, RoadForm.CAR_PARK) else 3 if three else 2 if two else 1,
        strip=bool(moves & _BESIDE) and not crossing and form is not RoadForm.CAR_PARK,
        exits=frozenset({90: -1, -90: 1}[way] for way in ways if way in (90, -90)),
        lane=34.0 if form is RoadForm.NARROW else LANE,
    )


def lane_ends(facts: AccidentFacts) -> bool:
    """Whether one of the lanes is known to end there."""
    ended = any(one.answer("merged_from") == MergedFrom.ENDING_LANE for one in facts.vehicles)
    return ended or facts.place_answer("lane_drop") is True


def crosswalk(facts: AccidentFacts) -> bool:
    """Whether a pedestrian crossing is known to be there."""
    walked = any(one.answer("walker_place") == WalkerPlace.CROSSWALK for one in facts.vehicles)
    return walked or facts.place_answer("spot") == Spot.CROSSWALK


def _sides(facts: AccidentFacts) -> bool:
    """Two moving in the same direction touched side to side: they were in two lanes."""
    return any(
        {
            c.first_zone and str(c.first_zone).split("_")[-1],
            c.second_zone and str(c.second_zone).split("_")[-1],
        }
        == {"LEFT", "RIGHT"}
        and {facts.vehicle(c.first).movement, facts.vehicle(c.second).movement} == {M.STRAIGHT}
        for c in facts.met()
    )


def _overtaken_on_right(facts: AccidentFacts) -> bool:
    passing = [one for one in facts.vehicles if one.movement is M.OVERTAKING]
    return any(
        "LEFT" in str(one.answer("zone")) or one.answer("overtook_on_right") is True for one in passing
    )


def _crossed_several(facts: AccidentFacts) -> bool:
    counts = [one.answer("lanes_crossed") for one in facts.vehicles]
    return any(isinstance(count, int) and count >= 2 for count in counts)


def _form(facts: AccidentFacts, ways: set[int]) -> tuple[RoadForm, bool]:
    """The form and whether it is only assumed."""
    stated, control = facts.place_answer("road_form"), facts.place_answer("control")
    moves = {one.movement for one in facts.vehicles}
    if stated in set(RoadForm):
        return RoadForm(str(stated)), False
    if control == Control.ROUNDABOUT:
        return RoadForm.ROUNDABOUT, False
    if control in _CONTROLLED:
        return RoadForm.CROSS, True
    if moves & _BAYS:
        return RoadForm.CAR_PARK, False
    if M.ENTERING_ROAD in moves:
        return RoadForm.EXIT, False
    walked = any(one.kind is UserKind.PEDESTRIAN for one in facts.vehicles)
    across = bool(ways & {90, -90}) and M.CROSSING_ROAD not in moves and not walked
    if moves & {M.LEFT_TURN, M.RIGHT_TURN} or across:
        return RoadForm.CROSS, True
    merged = {one.answer("merged_from") for one in facts.vehicles}
    if merged & _RAMPS or (M.MERGING in moves and not lane_ends(facts) and merged == {None}):
        return RoadForm.SLIP_ROAD, not merged & _RAMPS
    if facts.place_answer("meeting_road") in _NARROW or facts.place_answer("spot") == Spot.NARROW_BRIDGE:
        return RoadForm.NARROW, False
    return RoadForm.STRAIGHT, control is None and bool(moves & TURNING)
