"""SG-06: crosses a forbidden line such as the double yellow line."""

from ..vocabulary import Situation
from ._logic import Finding, all_of, negate
from ._pair import LANE_CHANGES, STATIONARY, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    crossed = p.said(p.actor, "crossed_forbidden_line")
    moving = negate(p.moves(p.actor, STATIONARY | LANE_CHANGES))
    return all_of(p.kinds("MV", "MV NMV"), crossed, moving, negate(p.hit_from_behind()))


SCENARIO = Scenario(
    code="SG-06",
    zh="违反禁止标线（越双黄线等）",
    en="crosses a forbidden line",
    rule_zh="应当按照交通标线通行；越过双黄线等禁止标线发生碰撞的，越线一方承担全部责任。",
    rule_en="Markings must be obeyed; whoever crosses a double yellow or other forbidden line and "
    "collides bears full liability.",
    laws=(law("法38"),),
    rule=_rule,
    situation=Situation.SIGNAL,
    cause="1345",
    source="general list no. 7 [S:W54]",
    examples=(
        Example(
            "左转越双黄线与直行车相撞",
            "Turns left across a double yellow line",
            scene(
                car("A", "LEFT_TURN", "LEFT", crossed_forbidden_line=True, other_came_from="opposite"),
                car("B", "STRAIGHT", "FRONT"),
                control="no_junction",
            ),
            outcome(A="FULL", B="NONE"),
        ),
    ),
)
