"""NM-04: a non-motor vehicle swerves suddenly."""

from ..vocabulary import CameFrom, RiderPlace, Situation
from ._logic import Finding, all_of, negate
from ._pair import LANE_CHANGES, ONWARD, Pair
from ._rider import DID_NOT_AVOID, KEEPING_ON
from ._scenario import Certainty, Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    riding = p.moves(p.actor, ONWARD | LANE_CHANGES)
    same = all_of(p.came_from(CameFrom.SAME), p.moves(p.other, KEEPING_ON))
    in_motor_lane = all_of(p.hit_from_behind(), p.known(p.actor, "rider_place", RiderPlace.MOTOR_LANE))
    sudden = p.known(p.actor, "sudden_change")
    return all_of(
        p.kinds("NMV", "MV NMV"), riding, same, negate(p.strikes_rear()), sudden, negate(in_motor_lane)
    )


SCENARIO = Scenario(
    code="NM-04",
    zh="驾驶非机动车突然猛拐",
    en="swerves suddenly",
    rule_zh="非机动车转弯前应当减速慢行、伸手示意，不得突然猛拐；突然猛拐的，承担主要责任，对方已及时避让的，"
    "承担全部责任。",
    rule_en="Riders slow down and give a hand signal before they turn and do not swerve suddenly; one who "
    "does "
    "bears primary liability, and full liability if the driver did what he could.",
    laws=(law("条72(4)"),),
    rule=_rule,
    situation=Situation.OTHER,
    cause="2028",
    source="own knowledge; sudden change [S:W9]",
    certainty=Certainty.OWN_KNOWLEDGE,
    other_fault=DID_NOT_AVOID,
    examples=(
        Example(
            "自行车突然左拐驶入机动车道与同向汽车刮擦，汽车未避让",
            "A bicycle swerves left into the motor lane beside a car which did not brake",
            scene(
                car("A", "STRAIGHT", "RIGHT", avoided=False),
                car("B", "STRAIGHT", "LEFT", kind="NMV", sudden_change=True, rider_place="own_lane"),
            ),
            outcome(A="SECONDARY", B="PRIMARY"),
        ),
        Example(
            "汽车已及时制动",
            "The car had braked at once",
            scene(
                car("A", "STRAIGHT", "RIGHT", avoided=True),
                car("B", "STRAIGHT", "LEFT", kind="NMV", sudden_change=True, rider_place="own_lane"),
            ),
            outcome(A="NONE", B="FULL"),
        ),
        Example(
            "没有猛拐，是机动车驶入非机动车道",
            "No swerving: the car was in the bicycle lane",
            scene(
                car("A", "STRAIGHT", "RIGHT", avoided=False),
                car("B", "STRAIGHT", "LEFT", kind="NMV", sudden_change=False, rider_place="own_lane"),
            ),
            outcome(A="FULL", B="NONE"),
            fires=False,
        ),
        Example(
            "是否猛拐双方说法不明，不能提出意见",
            "Nobody said whether the rider swerved: no proposal",
            scene(
                car("A", "STRAIGHT", "RIGHT", avoided=True),
                car("B", "STRAIGHT", "LEFT", kind="NMV", rider_place="own_lane"),
            ),
            None,
            fires=False,
        ),
    ),
)
