"""RE-06: rear-ends a stopped or broken-down vehicle which gave no warning."""

from ..vocabulary import Movement, Situation
from ._logic import Finding, all_of, any_of, negate
from ._pair import LANE_CHANGES, ONWARD, Pair
from ._scenario import Example, OtherFault, Scenario, car, law, outcome, scene

_BROKEN = frozenset({Movement.BROKEN_DOWN})


def _rule(p: Pair) -> Finding:
    stands = any_of(p.moves(p.other, _BROKEN), p.in_lane(p.other))
    moving = p.moves(p.actor, ONWARD | LANE_CHANGES)
    return all_of(p.kinds(), moving, p.strikes_rear(), stands, negate(p.known(p.other, "warned")))


def _broken(p: Pair) -> Finding:
    return p.moves(p.other, _BROKEN)


SCENARIO = Scenario(
    code="RE-06",
    zh="追尾停在车道内且未示警的车辆",
    en="rear-ends a vehicle stopped in the lane without warning",
    rule_zh="前车在道路上停车未按规定开启危险报警闪光灯并设置警告标志而被追尾的，后车承担主要责任，前"
    "车承担次要责任。",
    rule_en="If the vehicle ahead stood in the lane without hazard lights and warning triangle, the "
    "one behind bears primary and the one ahead secondary liability.",
    laws=(law("法43"),),
    rule=_rule,
    situation=Situation.REAR_END,
    cause="1094",
    source="six rear-end cases, no. 3 [S:W49]; conflicts with BJ26 [S:W3]",
    other_fault=OtherFault(
        "B-WARN",
        "在车道内停车未按规定示警",
        "stood in the lane without the prescribed warning",
        (law("法52", _broken), law("条60", _broken), law("法56¶2", lambda p: negate(_broken(p)))),
    ),
    note="A city may hold the illegally stopped vehicle fully liable instead (PK-05).",
    examples=(
        Example(
            "夜间追尾未设警告标志的无灯故障货车",
            "At night into an unlit broken-down truck without a triangle",
            scene(
                car("A", "STRAIGHT", "FRONT"),
                car("B", "BROKEN_DOWN", "REAR", warned=False, tail_lights_on=False),
                light="night_unlit",
            ),
            outcome(A="PRIMARY", B="SECONDARY"),
        ),
        Example(
            "追尾违法停在车道内且未示警的车辆",
            "Into a car illegally stopped in the lane without warning",
            scene(
                car("A", "STRAIGHT", "FRONT"),
                car("B", "PARKED_ILLEGAL", "REAR", in_traffic_lane=True, warned=False),
                light="day",
            ),
            outcome(A="PRIMARY", B="SECONDARY"),
        ),
    ),
)
