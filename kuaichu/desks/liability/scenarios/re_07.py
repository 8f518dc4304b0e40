"""RE-07: rear-ends a broken-down vehicle which was properly secured."""

from ..vocabulary import Movement, Situation
from ._logic import Finding, all_of
from ._pair import LANE_CHANGES, ONWARD, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    broken = p.moves(p.other, frozenset({Movement.BROKEN_DOWN}))
    moving = p.moves(p.actor, ONWARD | LANE_CHANGES)
    return all_of(p.kinds(), moving, p.strikes_rear(), broken, p.known(p.other, "warned"))


SCENARIO = Scenario(
    code="RE-07",
    zh="追尾已按规定示警的故障车",
    en="rear-ends a broken-down vehicle which was properly secured",
    rule_zh="故障车已按规定开启危险报警闪光灯并设置警告标志而被追尾的，后车承担全部责任。",
    rule_en="If the broken-down vehicle had hazard lights and triangle set, the one behind bears "
    "full liability.",
    laws=(law("法43"),),
    rule=_rule,
    situation=Situation.REAR_END,
    cause="1094",
    source="six rear-end cases, no. 4 [S:W49]",
    examples=(
        Example(
            "追尾已设三角警告牌的故障车",
            "Into a broken-down car with triangle and hazard lights",
            scene(car("A", "STRAIGHT", "FRONT"), car("B", "BROKEN_DOWN", "REAR", warned=True), light="day"),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "是否示警不明，不能提出意见",
            "Nobody knows whether it was secured: no proposal",
            scene(car("A", "STRAIGHT", "FRONT"), car("B", "BROKEN_DOWN", "REAR"), light="day"),
            None,
            fires=False,
        ),
    ),
)
