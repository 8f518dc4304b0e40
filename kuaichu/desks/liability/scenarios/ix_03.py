"""IX-03: turning vehicle fails to yield to one going straight at an uncontrolled junction."""

from ..vocabulary import CameFrom, Movement, Situation
from ._junction import no_priority
from ._logic import Finding, all_of, any_of, negate
from ._pair import TURNS, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    straight = p.moves(p.other, frozenset({Movement.STRAIGHT}))
    turning = p.moves(p.actor, TURNS)
    wrong_lane = p.said(p.other, "against_lane_arrow")
    from_behind = all_of(any_of(p.hit_from_behind(), wrong_lane), p.came_from(CameFrom.SAME))
    return all_of(p.kinds("MV", "MV NMV"), turning, straight, no_priority(p), negate(from_behind))


SCENARIO = Scenario(
    code="IX-03",
    zh="无灯控路口转弯车未让直行车先行",
    en="turns without yielding to one going straight at an uncontrolled junction",
    rule_zh="没有信号灯、标志标线控制的路口，转弯车让直行车先行；未让的承担全部责任。",
    rule_en="At an uncontrolled junction turning vehicles yield to those going straight; whoever "
    "does not bears full liability.",
    laws=(law("法44"), law("条52(3)")),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="1313",
    source="BJ5 [S:W3]",
    note="Article 52(3) names no direction, and holds besides item (1) where signs treat both alike.",
    examples=(
        Example(
            "左转车与对向直行车相撞",
            "A left turn across an oncoming car",
            scene(
                car("A", "LEFT_TURN", "RIGHT", other_came_from="opposite"),
                car("B", "STRAIGHT", "FRONT"),
                control="none",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "有让行标志的路口，主路左转车与主路对向直行车相撞",
            "The side road has the signs; on the main road a left turn meets an oncoming car",
            scene(
                car("A", "LEFT_TURN", "FRONT", has_yield_sign=False, other_came_from="opposite"),
                car("B", "STRAIGHT", "FRONT_LEFT", has_yield_sign=False),
                control="signs",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "右转车横越右侧同向直行车的行驶路线",
            "A right turn across the path of a car going straight on beside it",
            scene(
                car("A", "RIGHT_TURN", "RIGHT", other_came_from="same"),
                car("B", "STRAIGHT", "FRONT_LEFT"),
                control="none",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "转弯车尾部被撞，对方来向不明：可能是追尾，不能提出意见",
            "Hit at the rear in turning, and nobody said where from: it may be a rear-end collision",
            scene(car("A", "LEFT_TURN", "REAR_LEFT"), car("B", "STRAIGHT", "FRONT_RIGHT"), control="none"),
            None,
            fires=False,
        ),
    ),
)
