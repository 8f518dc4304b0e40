"""MT-01: the one whose side is blocked does not let the oncoming vehicle pass."""

from ..vocabulary import Situation
from ._logic import Finding, negate, staged
from ._meeting import around, meets
from ._pair import Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    first = p.known(p.actor, "entered_narrow_first")
    return staged(meets(p), around(p, p.actor), negate(around(p, p.other)), negate(first))


SCENARIO = Scenario(
    code="MT-01",
    zh="在有障碍的路段有障碍的一方未让无障碍的一方先行",
    en="passes an obstacle on its side without letting the oncoming vehicle go first",
    rule_zh="在没有中心隔离设施或者没有中心线的道路会车，有障碍的路段无障碍的一方先行；有障碍一方未让的承担全部责任。",
    rule_en="Where something blocks one side of the road the other side goes first; whoever goes around "
    "the obstacle without yielding bears full liability.",
    laws=(law("条48(2)"),),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="1103",
    source="BJ9 [S:W3]",
    examples=(
        Example(
            "绕行路边停放车辆与对面来车相撞",
            "Goes around a parked lorry into an oncoming car",
            scene(
                car(
                    "A", "STRAIGHT", "FRONT_LEFT", side_of_road="around_obstacle", entered_narrow_first=False
                ),
                car("B", "STRAIGHT", "FRONT_LEFT", side_of_road="own"),
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "双方一侧都有障碍，条款不适用，由交警认定",
            "Something blocks both sides: the rule does not say who goes first",
            scene(
                car("A", "STRAIGHT", "FRONT", side_of_road="around_obstacle", entered_narrow_first=False),
                car("B", "STRAIGHT", "FRONT", side_of_road="around_obstacle", entered_narrow_first=False),
            ),
            None,
            fires=False,
        ),
    ),
)
