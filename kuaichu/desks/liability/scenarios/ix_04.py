"""IX-04: right turn fails to yield to the opposite left turn."""

from ..vocabulary import CameFrom, Control, Movement, Situation
from ._junction import no_priority
from ._logic import Finding, all_of, any_of, negate
from ._pair import Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    right = p.moves(p.actor, frozenset({Movement.RIGHT_TURN}))
    left = p.moves(p.other, frozenset({Movement.LEFT_TURN}))
    round_or_no_lights = any_of(p.control(Control.SIGNALS), no_priority(p))
    return all_of(p.kinds("MV", "MV NMV"), right, left, p.came_from(CameFrom.OPPOSITE), round_or_no_lights)


SCENARIO = Scenario(
    code="IX-04",
    zh="右转弯未让相对方向左转弯车先行",
    en="turns right without yielding to the opposite left turn",
    rule_zh="相对方向行驶的右转弯车让左转弯车先行；未让的承担全部责任。",
    rule_en="Of two opposite vehicles the one turning right yields to the one turning left; "
    "otherwise it bears full liability.",
    laws=(
        law("条52(4)", lambda p: negate(p.control(Control.SIGNALS))),
        law("条51(7)", lambda p: p.control(Control.SIGNALS)),
    ),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="1314",
    source="BJ6 [S:W3]",
    examples=(
        Example(
            "右转车与对向左转车相撞",
            "A right turn meets the opposite left turn",
            scene(
                car("A", "RIGHT_TURN", "FRONT_LEFT", other_came_from="opposite"),
                car("B", "LEFT_TURN", "FRONT_RIGHT"),
                control="none",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "有信号灯路口同样适用",
            "The same at round signal lights",
            scene(
                car("A", "RIGHT_TURN", "FRONT_LEFT", other_came_from="opposite", signal="green"),
                car("B", "LEFT_TURN", "FRONT_RIGHT", signal="green"),
                control="signals",
            ),
            outcome(A="FULL", B="NONE"),
        ),
    ),
)
