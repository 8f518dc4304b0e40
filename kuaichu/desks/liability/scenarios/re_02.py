"""RE-02: runs into a queued or waiting vehicle."""

from ..vocabulary import Situation
from ._logic import Finding, all_of, negate
from ._pair import Pair
from ._rear_end import follows
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    return all_of(follows(p), p.still(p.other), negate(p.unlit_at_night(p.other)))


SCENARIO = Scenario(
    code="RE-02",
    zh="追撞停车排队等候的车辆",
    en="runs into a vehicle waiting in a queue or at a signal",
    rule_zh="前车停车排队或等候信号时被后车追撞，后车承担全部责任；前车溜车的除外。",
    rule_en="Whoever runs into a vehicle waiting in a queue or at a signal bears full liability, "
    "unless that vehicle rolled back.",
    laws=(law("法43"),),
    rule=_rule,
    situation=Situation.REAR_END,
    cause="1094",
    source="BJ1 [S:W3]",
    examples=(
        Example(
            "追撞等候信号灯的车辆",
            "Runs into a car waiting at a red light",
            scene(
                car("A", "STRAIGHT", "FRONT"),
                car("B", "STOPPED_SIGNAL", "REAR", rolled_back=False),
                light="day",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "前车是否溜车不明，不能提出意见",
            "Nobody has said whether the waiting car rolled back: no proposal",
            scene(car("A", "STRAIGHT", "FRONT"), car("B", "STOPPED_QUEUE", "REAR"), light="day"),
            None,
            fires=False,
        ),
    ),
)
