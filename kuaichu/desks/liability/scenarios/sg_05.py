"""SG-05: drives into a road closed to it."""

from ..vocabulary import Situation
from ._logic import Finding, negate, staged
from ._pair import STATIONARY, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    moving = negate(p.moves(p.actor, STATIONARY))
    inside = p.said(p.actor, "entered_forbidden_road")
    return staged(p.kinds("MV", "MV NMV"), inside, moving, negate(p.hit_from_behind()))


SCENARIO = Scenario(
    code="SG-05",
    zh="违反禁令标志驶入禁行道路或者单行路",
    en="drives into a road closed to it by a sign",
    rule_zh="应当按照交通标志通行；违反禁令标志驶入禁行、单行道路发生碰撞的，驶入一方承担全部责任。",
    rule_en="Signs must be obeyed; whoever drives into a road closed to him or against a one-way street "
    "and collides bears full liability.",
    laws=(law("法38"),),
    rule=_rule,
    situation=Situation.SIGNAL,
    cause="1344",
    source="BJ24, HN16 [S:W3,G7]",
    examples=(
        Example(
            "驶入单行路与正常行驶车相撞",
            "Drives into a one-way street against its direction",
            scene(
                car("A", "STRAIGHT", "FRONT", entered_forbidden_road=True, side_of_road="wrong_way"),
                car("B", "STRAIGHT", "FRONT", side_of_road="own"),
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "在禁行道路内正常行驶时被追尾：驶入禁行道路不是碰撞原因",
            "Rear-ended in the closed road: being there did not cause it",
            scene(
                car("A", "STRAIGHT", "REAR", entered_forbidden_road=True),
                car("B", "STRAIGHT", "FRONT"),
                light="day",
            ),
            outcome(A="NONE", B="FULL"),
            fires=False,
        ),
    ),
)
