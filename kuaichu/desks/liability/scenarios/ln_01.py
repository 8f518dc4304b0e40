"""LN-01: drives in a lane reserved for others."""

from ..vocabulary import Situation
from ._logic import Finding, negate, staged
from ._pair import STATIONARY, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    moving = negate(p.moves(p.actor, STATIONARY))
    inside = p.said(p.actor, "in_reserved_lane")
    return staged(p.kinds("MV", "MV NMV"), inside, moving, negate(p.hit_from_behind()))


SCENARIO = Scenario(
    code="LN-01",
    zh="违反规定进入专用车道内行驶",
    en="drives in a lane reserved for others",
    rule_zh="专用车道内只准许规定的车辆通行；其他车辆在规定时段驶入发生碰撞的，驶入一方承担全部责任。",
    rule_en="Reserved lanes, such as bus lanes in their hours, are for the vehicles named only; any other"
    " which drives there and collides bears full liability.",
    laws=(law("法37"),),
    rule=_rule,
    situation=Situation.OTHER,
    cause="1019",
    source="BJ22, HN16 [S:W3,G7]",
    note="Stated only for the hours in which the lane is reserved.",
    examples=(
        Example(
            "小客车变入公交专用道与公交车相撞",
            "A car moves into the bus lane and hits a bus",
            scene(
                car("A", "LANE_CHANGE_RIGHT", "RIGHT", in_reserved_lane=True),
                car("B", "STRAIGHT", "FRONT_LEFT"),
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "占用公交专用道时被后车追尾：占道不是碰撞原因",
            "Rear-ended in the bus lane: being there did not cause it",
            scene(
                car("A", "STRAIGHT", "REAR", in_reserved_lane=True),
                car("B", "STRAIGHT", "FRONT"),
                light="day",
            ),
            outcome(A="NONE", B="FULL"),
            fires=False,
        ),
    ),
)
