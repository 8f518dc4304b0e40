"""IN-01: one party caused the collision on purpose."""

from ..vocabulary import Situation, UserKind
from ._logic import ALWAYS, NEVER, Finding
from ._pair import Pair
from ._scenario import Example, Scenario, Scope, car, law, outcome, scene
from ._stop import STOP


def _rule(p: Pair) -> Finding:
    return p.said(p.actor, "intent")


def _against_a_motor_vehicle(p: Pair) -> Finding:
    motor = any(one.kind is UserKind.MV for one in p.facts.vehicles)
    return ALWAYS if p.actor.kind is not UserKind.MV and motor else NEVER


SCENARIO = Scenario(
    code="IN-01",
    zh="故意造成交通事故",
    en="caused the collision on purpose",
    rule_zh="一方当事人故意造成交通事故的，他方无责任；非机动车驾驶人、行人故意碰撞机动车的，机动车一方不承担"
    "赔偿责任。应停止快速处理，转由公安机关调查。",
    rule_en="Whoever causes a collision on purpose leaves the others without liability; if a rider or "
    "pedestrian "
    "hit a motor vehicle on purpose, its side pays nothing. Quick handling stops and the police investigate.",
    laws=(law("D146 60¶2"), law("法76¶2", _against_a_motor_vehicle)),
    rule=_rule,
    situation=Situation.OTHER,
    cause="",
    source="D146 60¶2 [S:L1], 法76¶2 [S:L2]",
    fault_class=None,
    scope=Scope.PARTY,
    warnings=(STOP,),
    note="The bearer FULL is the working value of the domain rules; the law itself only frees the others.",
    examples=(
        Example(
            "乙车故意急刹制造追尾",
            "B provoked the rear-end collision on purpose",
            scene(
                car("A", "STRAIGHT", "FRONT"),
                car("B", "STRAIGHT", "REAR", intent=True),
                light="day",
            ),
            outcome(A="NONE", B="FULL"),
        ),
        Example(
            "行人故意碰撞机动车（碰瓷）",
            "A pedestrian throws himself at a car on purpose",
            scene(
                car("A", "STRAIGHT", "FRONT"),
                car("B", None, kind="PEDESTRIAN", intent=True, walker_place="no_crosswalk"),
            ),
            outcome(A="NONE", B="FULL"),
        ),
        Example(
            "没有故意，按追尾认定",
            "Not on purpose: an ordinary rear-end collision",
            scene(
                car("A", "STRAIGHT", "FRONT"),
                car("B", "STRAIGHT", "REAR", intent=False),
                light="day",
            ),
            outcome(A="FULL", B="NONE"),
            fires=False,
        ),
        Example(
            "双方互称对方故意，不能提出意见",
            "Each says that the other did it on purpose: no proposal",
            scene(
                car("A", "STRAIGHT", "FRONT", intent=True),
                car("B", "STRAIGHT", "REAR", intent=True),
                light="day",
            ),
            None,
            fires=False,
        ),
    ),
)
