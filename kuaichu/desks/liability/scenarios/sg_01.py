"""SG-01: runs a red light."""

from ..vocabulary import Movement, Signal, Situation
from ._logic import Finding, all_of, any_of, negate
from ._pair import Pair
from ._scenario import Example, Scenario, car, law, outcome, scene

_ENTERING = frozenset({Movement.U_TURN, Movement.ENTERING_ROAD, Movement.CROSSING_ROAD})
_ON = frozenset({Movement.STRAIGHT, Movement.LEFT_TURN})


def _rule(p: Pair) -> Finding:
    at_crossing = all_of(p.passing(), p.runs_red(p.actor), negate(p.breaks_signal(p.other)))
    red = p.said(p.actor, "signal", Signal.RED)
    stated = all_of(p.moves(p.actor, _ON), p.moves(p.other, _ENTERING), red)
    return all_of(p.kinds("MV", "MV NMV"), any_of(at_crossing, stated))


SCENARIO = Scenario(
    code="SG-01",
    zh="违反交通信号灯（闯红灯）通行",
    en="runs a red light",
    rule_zh="红灯亮时禁止通行；闯红灯与被放行车辆相撞的，闯红灯一方承担全部责任。",
    rule_en="Red means stop; whoever runs a red light and collides with released traffic bears full "
    "liability.",
    laws=(law("法38"), law("条38¶1(3)"), law("条51(5)")),
    rule=_rule,
    situation=Situation.SIGNAL,
    cause="1302",
    source="BJ25, SD2 [S:W3,W8]",
    examples=(
        Example(
            "直行闯红灯撞上绿灯直行车",
            "Straight on red into a car on green",
            scene(
                car("A", "STRAIGHT", "FRONT", signal="red"),
                car("B", "STRAIGHT", "LEFT", signal="green"),
                control="signals",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "一方灯色不明，不能提出意见",
            "The other's light is unknown: no proposal",
            scene(
                car("A", "STRAIGHT", "FRONT", signal="red"), car("B", "STRAIGHT", "LEFT"), control="signals"
            ),
            None,
            fires=False,
        ),
    ),
)
