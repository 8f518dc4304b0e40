"""Geometry: bodies touch where they were said to touch and hardly overlap, however the facts combine."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kuaichu.desks.liability.facts import AccidentFacts, Contact, VehicleFacts
from kuaichu.desks.liability.plausibility import problems
from kuaichu.desks.liability.sketch import Shape, conflicts, draw
from kuaichu.desks.liability.sketch.arranging import Scene, arrange
from kuaichu.desks.liability.sketch.bodies import DOOR, Pose, forward, half, overlap, spots
from kuaichu.desks.liability.sketch.meeting import DEPTH
from kuaichu.desks.liability.vocabulary import CameFrom, Control, Movement, RoadForm, UserKind, Zone

DAY = date(2024, 5, 15)
CLOSE = 1e-6
SHAPES = st.sampled_from([Shape.CAR] * 4 + [Shape.BUS, Shape.TRUCK, Shape.VAN, Shape.MOTORCYCLE])


@st.composite
def road_user(draw: st.DrawFn, label: str, *, known: bool = True) -> VehicleFacts:
    nothing = [] if known else [None]
    came = draw(st.sampled_from([None, *CameFrom]))
    return VehicleFacts(
        label=label,
        kind=draw(
            st.sampled_from([UserKind.MV] * 4 + [UserKind.NMV] + ([] if known else [UserKind.PEDESTRIAN]))
        ),
        movement=draw(st.sampled_from([*Movement, *nothing])),
        zone=draw(st.sampled_from([*Zone, *nothing])),
        answers={"other_came_from": came} if came else {},
    )


PLACES = st.fixed_dictionaries(
    {}, optional={"control": st.sampled_from([*Control]), "road_form": st.sampled_from([*RoadForm])}
)


@st.composite
def pair(draw: st.DrawFn, *, known: bool = True) -> AccidentFacts:
    users = (draw(road_user("A", known=known)), draw(road_user("B", known=known)))
    return AccidentFacts(users, DAY, draw(PLACES))


def contact_of(pose: Pose, zone: Zone, at: complex, door: bool) -> float:
    """Distance between a point and the nearest spot of the zone."""
    near = [pose.spot(right, ahead) for right, ahead, _cost in spots(pose.shape, zone)]
    side = 1 if zone is Zone.RIGHT else -1
    near += [pose.spot(side * (half(pose.shape)[0] + DOOR * 0.65), 0)] if door else []
    return min(abs(one - at) for one in near)


@settings(max_examples=400, deadline=None)
@given(pair(), SHAPES, SHAPES)
def test_plausible_pairs_touch_at_their_zones_without_driving_through_each_other(
    facts: AccidentFacts, first: Shape, second: Shape
) -> None:
    assume(not problems(facts))
    shapes = {
        one.label: shape
        for one, shape in zip(facts.vehicles, (first, second), strict=True)
        if one.kind is UserKind.MV
    }
    made = arrange(facts, shapes)
    (hit,) = made.hits
    for one in made.actors:
        zone = one.facts.zone
        assert zone is not None
        assert contact_of(one.pose, zone, hit.at, one.facts.movement is Movement.DOOR_OPENING) < CLOSE
    depth = overlap(made.actors[0].pose, made.actors[1].pose)
    assert -2 * DOOR <= depth <= DEPTH + CLOSE


@settings(max_examples=300, deadline=None)
@given(pair(known=False))
def test_anything_is_drawn_always_the_same_and_whatever_the_order(facts: AccidentFacts) -> None:
    again = AccidentFacts(facts.vehicles, facts.on, facts.place)
    assert draw(facts) == draw(again)
    made = arrange(facts)
    assert overlap(made.actors[0].pose, made.actors[1].pose) <= DEPTH + CLOSE
    assert all(abs(one.pose.at) < 2000 for one in made.actors)


@settings(max_examples=60, deadline=None)
@given(st.integers(3, 10), st.data())
def test_chains(count: int, data: st.DataObject) -> None:
    labels = "ABCDEFGHIJ"[:count]
    users = tuple(VehicleFacts(x, movement=data.draw(st.sampled_from([*Movement]))) for x in labels)
    met = tuple(Contact(b, a, Zone.FRONT, Zone.REAR) for a, b in pairwise(labels))
    made = arrange(AccidentFacts(users, DAY, contacts=tuple(data.draw(st.permutations(met)))))
    assert len(made.hits) == count - 1
    for hit in made.hits:
        assert overlap(made.actor(hit.first).pose, made.actor(hit.second).pose) <= DEPTH + CLOSE


def test_a_queue_stands_in_one_line() -> None:
    users = tuple(VehicleFacts(x, movement=Movement.STOPPED_QUEUE) for x in "ABCDEFGHIJ")
    met = tuple(Contact(b, a, Zone.FRONT, Zone.REAR) for a, b in zip("ABCDEFGHI", "BCDEFGHIJ", strict=True))
    made = arrange(AccidentFacts(users, DAY, contacts=met))
    assert {round(one.pose.at.real, 1) for one in made.actors} == {25.0}
    heights = [one.pose.at.imag for one in made.actors]
    assert heights == sorted(heights)


def _with(mine: Movement, zone: Zone, yours: Movement, other: Zone, came: str = "") -> AccidentFacts:
    answers = {"other_came_from": came} if came else {}
    a = VehicleFacts("A", movement=mine, zone=zone, answers=answers)
    return AccidentFacts((a, VehicleFacts("B", movement=yours, zone=other)), DAY)


def _ways(made: Scene) -> tuple[int, int]:
    return made.actors[0].way, made.actors[1].way


def test_the_other_comes_from_where_it_was_said() -> None:
    for came, way in (("left", 90), ("right", -90), ("opposite", 180), ("same", 0)):
        made = arrange(_with(Movement.STRAIGHT, Zone.FRONT, Movement.LEFT_TURN, Zone.LEFT, came))
        assert _ways(made) == (0, way)
        assert not made.guessed


def test_what_nobody_said_is_called_assumed() -> None:
    made = arrange(_with(Movement.LEFT_TURN, Zone.FRONT, Movement.LEFT_TURN, Zone.FRONT_RIGHT))
    assert made.guessed == {"B"}
    assert "推定" in draw(made.facts)


def test_traffic_keeps_right() -> None:
    made = arrange(_with(Movement.LANE_CHANGE_LEFT, Zone.LEFT, Movement.STRAIGHT, Zone.RIGHT))
    a, b = made.actors
    assert 0 < b.pose.at.real < a.pose.at.real
    assert abs(forward(b.pose.heading) - -1j) < CLOSE


def test_an_impossible_direction_is_a_conflict() -> None:
    # Both straight on, the other from the opposite direction, yet it was hit at its rear.
    bad = _with(Movement.STRAIGHT, Zone.FRONT, Movement.LANE_CHANGE_LEFT, Zone.REAR, "opposite")
    assert any(one.code == "sketch-direction" and "B.zone" in one.refs for one in conflicts(bad))
    assert conflicts(_with(Movement.STRAIGHT, Zone.FRONT, Movement.STRAIGHT, Zone.REAR)) == ()


def test_a_place_picked_in_the_sketch_must_fit_the_box() -> None:
    facts = _with(Movement.STRAIGHT, Zone.FRONT, Movement.STRAIGHT, Zone.REAR)
    assert conflicts(facts, {"A": Zone.FRONT_LEFT}) == ()
    (found,) = conflicts(facts, {"A": Zone.LEFT})
    assert found.code == "sketch-zone"
    assert found.refs == ("A.zone",)
    assert "车身左侧" in found.zh
    assert "left side" in found.en
