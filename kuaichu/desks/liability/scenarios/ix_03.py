"""IX-03: turning vehicle fails to yield to one going straight at an uncontrolled junction."""

from ..vocabulary import Control, Movement, Situation
from ._logic import Finding, all_of
from ._pair import TURNS, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    straight = p.moves(p.other, frozenset({Movement.STRAIGHT}))
    turning = p.moves(p.actor, TURNS)
    return all_of(p.kinds("MV", "MV NMV"), turning, straight, p.control(Control.NONE), p.crossing())


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
            "对方来向不明，不能提出意见",
            "Nobody said where the other came from: no proposal",
            scene(car("A", "LEFT_TURN", "FRONT"), car("B", "STRAIGHT", "FRONT_LEFT"), control="none"),
            None,
            fires=False,
        ),
    ),
)
