"""NM-06: a rider in the motor lane changes suddenly and is hit from behind."""

from ..matrix import FaultClass
from ..vocabulary import RiderPlace, Situation
from ._logic import Finding, all_of
from ._pair import LANE_CHANGES, ONWARD, Pair
from ._rider import KEEPING_ON
from ._scenario import Example, OtherFault, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    riding = all_of(p.moves(p.actor, ONWARD | LANE_CHANGES), p.hit_from_behind())
    there = p.known(p.actor, "rider_place", RiderPlace.MOTOR_LANE)
    sudden = p.known(p.actor, "sudden_change")
    return all_of(p.kinds("NMV", "MV"), riding, p.moves(p.other, KEEPING_ON), there, sudden)


SCENARIO = Scenario(
    code="NM-06",
    zh="驾驶非机动车在机动车道内行驶且突然改变方向或者速度",
    en="rides in the motor lane and changes direction or speed suddenly",
    rule_zh="非机动车在机动车道内行驶并有突变行为，被后方机动车碰撞的，双方承担同等责任。",
    rule_en="A rider in the motor lane who changes direction or speed suddenly and is hit from behind shares "
    "liability equally with the driver behind.",
    laws=(law("法57"), law("条72(4)")),
    rule=_rule,
    situation=Situation.OTHER,
    cause="2028",
    source="NB [S:W9]",
    other_fault=OtherFault(
        "NM-06",
        "未与前方非机动车保持安全距离、未按照操作规范安全驾驶",
        "did not keep a safe distance from a rider ahead",
        (law("法22¶1"),),
        fault_class=FaultClass.A,
    ),
    examples=(
        Example(
            "电动自行车在机动车道内突然变向被后车碰撞",
            "An electric bicycle in the motor lane swerves and is hit from behind",
            scene(
                car("A", "STRAIGHT", "FRONT"),
                car("B", "STRAIGHT", "REAR", kind="NMV", rider_place="motor_lane", sudden_change=True),
            ),
            outcome(A="EQUAL", B="EQUAL"),
        ),
        Example(
            "没有突变行为：机动车主要责任",
            "No sudden change: the driver bears more",
            scene(
                car("A", "STRAIGHT", "FRONT"),
                car("B", "STRAIGHT", "REAR", kind="NMV", rider_place="motor_lane", sudden_change=False),
            ),
            outcome(A="PRIMARY", B="SECONDARY"),
            fires=False,
        ),
        Example(
            "有无突变行为说法不一，不能提出意见",
            "Nobody said whether the rider swerved: no proposal",
            scene(
                car("A", "STRAIGHT", "FRONT"),
                car("B", "STRAIGHT", "REAR", kind="NMV", rider_place="motor_lane"),
            ),
            None,
            fires=False,
        ),
    ),
)
