"""NM-12: a rider turning at a junction does not yield to one going straight."""

from ..vocabulary import Control, Movement, Signal, Situation
from ._logic import Finding, all_of, any_of, negate
from ._pair import TURNS, Pair
from ._rider import DID_NOT_AVOID
from ._scenario import Example, Scenario, car, law, outcome, scene

_FREE = (Control.NONE, Control.SIGNS, Control.MARKINGS)


def _rule(p: Pair) -> Finding:
    straight = p.moves(p.other, frozenset({Movement.STRAIGHT}))
    released = all_of(p.control(Control.SIGNALS), negate(p.known(p.other, "signal", Signal.RED)))
    at = any_of(p.control(*_FREE), released)
    return all_of(p.kinds("NMV", "MV NMV"), p.moves(p.actor, TURNS), straight, p.crossing(), at)


SCENARIO = Scenario(
    code="NM-12",
    zh="驾驶非机动车在路口转弯未让直行车辆优先通行",
    en="turns at a junction without yielding to one going straight",
    rule_zh="转弯的非机动车让直行的车辆、行人优先通行；未让行的，承担全部责任，对方也有过错的，承担主要责"
    "任。",
    rule_en="Riders who turn yield to those going straight; whoever does not bears full liability, and "
    "primary "
    "liability if the other was at fault too.",
    laws=(law("条68(1)"), law("条69", lambda p: p.control(*_FREE))),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="2016",
    source="条68(1) [S:L3]",
    other_fault=DID_NOT_AVOID,
    examples=(
        Example(
            "电动自行车左转与对向绿灯直行汽车相撞，汽车已制动",
            "An electric bicycle turns left across a car going straight on green, which had braked",
            scene(
                car("A", "STRAIGHT", "FRONT", signal="green", avoided=True),
                car("B", "LEFT_TURN", "RIGHT", kind="NMV", signal="green", other_came_from="opposite"),
                control="signals",
            ),
            outcome(A="NONE", B="FULL"),
        ),
        Example(
            "无灯控路口，汽车未减速避让",
            "No lights, and the car had not slowed",
            scene(
                car("A", "STRAIGHT", "FRONT", avoided=False),
                car("B", "LEFT_TURN", "RIGHT", kind="NMV", other_came_from="opposite"),
                control="none",
            ),
            outcome(A="SECONDARY", B="PRIMARY"),
        ),
        Example(
            "对方闯红灯，不适用本条",
            "The one going straight ran the red light: not this rule",
            scene(
                car("A", "STRAIGHT", "FRONT", signal="red"),
                car("B", "LEFT_TURN", "RIGHT", kind="NMV", signal="green", other_came_from="left"),
                control="signals",
            ),
            outcome(A="FULL", B="NONE"),
            fires=False,
        ),
    ),
)
