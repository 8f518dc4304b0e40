"""PK-04: hits an illegally parked vehicle."""

from ..vocabulary import Movement, Situation
from ._logic import Finding, all_of, negate
from ._pair import DRIVEN, LANE_CHANGES, ONWARD, Pair
from ._scenario import Example, OtherFault, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    parked = p.moves(p.other, frozenset({Movement.PARKED_ILLEGAL}))
    rear_end = all_of(p.kinds(), p.moves(p.actor, ONWARD | LANE_CHANGES), p.strikes_rear())
    unwarned = all_of(rear_end, p.in_lane(p.other), negate(p.known(p.other, "warned")))
    return all_of(p.kinds("MV", "MV NMV"), p.moves(p.actor, DRIVEN), parked, negate(unwarned))


def _obstructs(p: Pair) -> Finding:
    return p.known(p.other, "parking_obstructed")


SCENARIO = Scenario(
    code="PK-04",
    zh="碰撞违法停放的车辆",
    en="hits an illegally parked vehicle",
    rule_zh="碰撞违法停放车辆的，行驶一方承担主要责任，违法停车妨碍通行的一方承担次要责任；违法停车与"
    "事故无关的，行驶一方承担全部责任。",
    rule_en="Whoever hits an illegally parked vehicle bears primary liability, its driver secondary "
    "if it stood in the way; if the parking played no part, the one driving bears full "
    "liability.",
    laws=(law("法22¶1"),),
    rule=_rule,
    situation=Situation.STOPPING,
    cause="1039",
    source="[S:W49]; cities differ",
    other_fault=OtherFault(
        "B-PARK", "违法停车妨碍通行", "parked illegally in others' way", (law("法56"),), _obstructs
    ),
    examples=(
        Example(
            "转弯时刮擦违停占道车辆",
            "Scrapes an illegally parked car which narrowed the road",
            scene(
                car("A", "STRAIGHT", "FRONT_RIGHT"),
                car("B", "PARKED_ILLEGAL", "LEFT", in_traffic_lane=False, parking_obstructed=True),
            ),
            outcome(A="PRIMARY", B="SECONDARY"),
        ),
        Example(
            "违停与事故无因果关系",
            "The parking played no part",
            scene(
                car("A", "STRAIGHT", "FRONT_RIGHT"),
                car("B", "PARKED_ILLEGAL", "LEFT", in_traffic_lane=False, parking_obstructed=False),
            ),
            outcome(A="FULL", B="NONE"),
        ),
    ),
)
