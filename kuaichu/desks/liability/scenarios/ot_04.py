"""OT-04: overtakes on the right."""

from ..vocabulary import Movement, Situation, Zone
from ._logic import Finding, staged
from ._overtaking import LEFT_HAND, RIGHT_HAND, overtakes
from ._pair import Pair
from ._scenario import Example, Scenario, car, law, outcome, scene

_PASSED = frozenset({Movement.STRAIGHT, Movement.RIGHT_TURN})


def _rule(p: Pair) -> Finding:
    beside = p.touches(LEFT_HAND | {Zone.FRONT}, RIGHT_HAND)
    right = p.known(p.actor, "overtook_on_right")
    return staged(beside, overtakes(p, _PASSED, "MV NMV"), right, p.place("one_lane"))


SCENARIO = Scenario(
    code="OT-04",
    zh="从前车的右侧超车",
    en="overtakes on the right",
    rule_zh="超车应当从前车的左侧超越；在没有中心线或者同方向只有一条机动车道的道路上从右侧超车发生碰撞的，超车一方"
    "承担全部责任。",
    rule_en="Overtaking is on the left; whoever overtakes on the right where there is no centre line or "
    "only one lane in his direction and collides bears full liability.",
    laws=(law("条47"),),
    rule=_rule,
    situation=Situation.OTHER,
    cause="1304",
    source="BJ17, HN11 [S:W3,G7]",
    note="Where several lanes go the same way, passing in the right lane alone is not charged.",
    special=True,
    examples=(
        Example(
            "单车道从右侧超越并刮擦前车右侧",
            "On a single lane passes on the right and scrapes the car ahead",
            scene(
                car("A", "OVERTAKING", "LEFT", overtook_on_right=True),
                car("B", "STRAIGHT", "RIGHT"),
                one_lane=True,
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "同向多条车道，在右侧车道内驶过：谁偏离车道不明，不能提出意见",
            "Several lanes: passing in the right one is lawful, and it is open who left his lane",
            scene(
                car("A", "OVERTAKING", "LEFT", overtook_on_right=True),
                car("B", "STRAIGHT", "RIGHT"),
                one_lane=False,
            ),
            None,
            fires=False,
        ),
    ),
)
