"""What the scenarios of riders and pedestrians share."""

from ..vocabulary import CameFrom, Movement, RiderPlace, UserKind, WalkerPlace, WalkSignal
from ._logic import ALWAYS, NEVER, Finding, all_of, any_of, negate
from ._pair import LANE_CHANGES, ONWARD, STATIONARY, Pair
from ._scenario import OtherFault, law

KEEPING_ON = LANE_CHANGES | {Movement.STRAIGHT, Movement.OVERTAKING, Movement.MERGING}
MOVING_ON = ONWARD | LANE_CHANGES | {Movement.MERGING, Movement.U_TURN}


def rides(p: Pair, *places: RiderPlace) -> Finding:
    """The counterpart was riding there."""
    return p.known(p.other, "rider_place", *places)


def overtakes_rider(p: Pair) -> Finding:
    """A motor vehicle going the same way runs into a rider ahead or beside."""
    riding = p.moves(p.other, ONWARD | LANE_CHANGES | (STATIONARY - {Movement.BROKEN_DOWN}))
    same = all_of(p.came_from(CameFrom.SAME), negate(p.hit_from_behind()))
    return all_of(p.kinds("MV", "NMV"), p.moves(p.actor, KEEPING_ON), riding, same)


def steady(p: Pair) -> Finding:
    """The rider stood, or rode on without a sudden change."""
    standing = p.moves(p.other, STATIONARY)
    return any_of(standing, negate(p.known(p.other, "sudden_change")))


def on_crosswalk(p: Pair) -> Finding:
    """The counterpart was walking on a crosswalk."""
    return p.known(p.other, "walker_place", WalkerPlace.CROSSWALK)


def walks_against_red(p: Pair) -> Finding:
    """The actor stepped onto a crosswalk on red."""
    there = p.known(p.actor, "walker_place", WalkerPlace.CROSSWALK)
    return all_of(there, p.known(p.actor, "walk_signal", WalkSignal.RED))


def _did_not_avoid(p: Pair) -> Finding:
    """A driver who met a rider or pedestrian neither braked nor steered away; one standing need not."""
    motor = ALWAYS if p.actor.kind is not UserKind.MV and p.other.kind is UserKind.MV else NEVER
    standing = STATIONARY | {Movement.DOOR_OPENING}
    return all_of(motor, negate(p.moves(p.other, standing)), p.known(p.other, "avoided", False))


def motor(p: Pair) -> Finding:
    """The actor drives a motor vehicle."""
    return ALWAYS if p.actor.kind is UserKind.MV else NEVER


def rider(p: Pair) -> Finding:
    """The actor rides a non-motor vehicle."""
    return ALWAYS if p.actor.kind is UserKind.NMV else NEVER


DID_NOT_AVOID = OtherFault(
    "B-AVOID",
    "发现危险后未及时采取制动或者避让措施",
    "did not brake or steer away in time",
    (law("法22¶1"),),
    _did_not_avoid,
)
"""Whether the driver did what care demands is always asked when a rider or pedestrian is at fault
(Article 76: the motor side bears at most a tenth only if it has no fault at all)."""
