"""LN-02: a motor vehicle drives outside the motor lanes."""

from ..vocabulary import Situation, WalkerPlace
from ._logic import Finding, any_of, negate, staged
from ._pair import STATIONARY, Pair
from ._rider import MOVING_ON
from ._scenario import Certainty, Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    moving = negate(p.moves(p.actor, STATIONARY))
    stated = staged(p.kinds(), p.said(p.actor, "off_motor_lane"), moving, negate(p.hit_from_behind()))
    return any_of(stated, _meets_walker(p))


def _meets_walker(p: Pair) -> Finding:
    """Hits a pedestrian where pedestrians walk: on the footway, or at the edge of a road without one."""
    there = p.known(p.other, "walker_place", WalkerPlace.FOOTWAY)
    return staged(p.kinds("MV", "PEDESTRIAN"), p.moves(p.actor, MOVING_ON), there)


SCENARIO = Scenario(
    code="LN-02",
    zh="机动车不在机动车道内行驶",
    en="drives in the bicycle lane or on the footway",
    rule_zh="道路划分机动车道、非机动车道和人行道的，实行分道通行；机动车在非机动车道、人行道内行驶发生碰撞的，承担"
    "全部责任。",
    rule_en="Where the road is divided everybody keeps to his own part; a motor vehicle which drives in "
    "the bicycle lane or on the footway and collides bears full liability.",
    laws=(law("法36"),),
    rule=_rule,
    situation=Situation.OTHER,
    cause="1018",
    source="own knowledge",
    certainty=Certainty.OWN_KNOWLEDGE,
    examples=(
        Example(
            "在非机动车道内直行与驶出单位的车辆相撞，双方均有过错",
            "Drives along the bicycle lane into a car coming out of premises: both at fault",
            scene(
                car("A", "STRAIGHT", "FRONT", off_motor_lane=True),
                car("B", "ENTERING_ROAD", "LEFT"),
            ),
            outcome(A="EQUAL", B="EQUAL"),
        ),
        Example(
            "由非机动车道直行与停车等候信号的右转车道车辆刮擦",
            "Passes waiting cars in the bicycle lane and scrapes one of them",
            scene(
                car("A", "STRAIGHT", "FRONT_LEFT", off_motor_lane=True),
                car("B", "STOPPED_SIGNAL", "RIGHT", rolled_back=False),
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "在机动车道内行驶，仅驶出单位一方有过错",
            "In the motor lane: only the one coming out is at fault",
            scene(
                car("A", "STRAIGHT", "FRONT", off_motor_lane=False),
                car("B", "ENTERING_ROAD", "LEFT"),
            ),
            outcome(A="NONE", B="FULL"),
            fires=False,
        ),
        Example(
            "驶上人行道碰到行人",
            "Drives onto the footway into a pedestrian",
            scene(
                car("A", "STRAIGHT", "FRONT"),
                car("B", None, kind="PEDESTRIAN", walker_place="footway"),
            ),
            outcome(A="FULL", B="NONE"),
        ),
    ),
)
