"""IX-06: turns right on red without yielding to released traffic."""

from ..vocabulary import Control, Movement, Signal, Situation
from ._logic import Finding, all_of
from ._pair import Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    right = p.moves(p.actor, frozenset({Movement.RIGHT_TURN}))
    red, released = p.known(p.actor, "signal", Signal.RED), p.known(p.other, "signal", Signal.GREEN)
    return all_of(p.kinds("MV", "MV NMV"), right, p.control(Control.SIGNALS), p.passing(), red, released)


SCENARIO = Scenario(
    code="IX-06",
    zh="红灯时右转弯妨碍被放行的车辆",
    en="turns right on red without yielding to released traffic",
    rule_zh="红灯亮时，右转弯车在不妨碍被放行车辆、行人的情况下可以通行；妨碍的承担全部责任。",
    rule_en="A right turn on red is allowed only without hindering released traffic; otherwise the "
    "one turning bears full liability.",
    laws=(law("条38¶3"),),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="1302",
    source="BJ8 [S:W3]",
    examples=(
        Example(
            "红灯右转与左方绿灯直行车相撞",
            "A right turn on red meets a car from the left on green",
            scene(
                car("A", "RIGHT_TURN", "FRONT_LEFT", other_came_from="left", signal="red"),
                car("B", "STRAIGHT", "FRONT_RIGHT", signal="green"),
                control="signals",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "对方未被放行而是闯红灯，责任在对方",
            "The other was not released either: he ran the red light",
            scene(
                car("A", "RIGHT_TURN", "FRONT_LEFT", other_came_from="left", signal="red"),
                car("B", "STRAIGHT", "FRONT_RIGHT", signal="red"),
                control="signals",
            ),
            outcome(A="NONE", B="FULL"),
            fires=False,
        ),
    ),
)
