"""IX-11: squeezes past a car waiting in its lane to turn right."""

from ..vocabulary import Movement, Situation
from ._logic import Finding, staged
from ._pair import Pair
from ._scenario import Example, Scenario, car, law, outcome, scene

_RIGHT = frozenset({Movement.RIGHT_TURN})
_WAITS = frozenset({Movement.STOPPED_SIGNAL})


def _rule(p: Pair) -> Finding:
    squeezed = p.said(p.actor, "squeezed_past")
    return staged(p.kinds(), squeezed, p.moves(p.actor, _RIGHT), p.moves(p.other, _WAITS))


SCENARIO = Scenario(
    code="IX-11",
    zh="向右转弯遇同车道前车等候放行信号时未依次停车等候",
    en="squeezes past a car waiting in its lane to turn right",
    rule_zh="向右转弯遇有同车道前车正在等候放行信号时，应当依次停车等候；抢行发生碰撞的承担全部责任。",
    rule_en="Whoever wants to turn right behind a car waiting at the signal in his lane waits as well; if"
    " he squeezes past and collides, he bears full liability.",
    laws=(law("条51(6)"),),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="1212",
    source="Regulation, Article 51(6) [S:L3]",
    special=True,
    examples=(
        Example(
            "右转从等候车右侧挤过刮擦",
            "Squeezes past on the right and scrapes the waiting car",
            scene(
                car("A", "RIGHT_TURN", "LEFT", squeezed_past=True),
                car("B", "STOPPED_SIGNAL", "RIGHT", rolled_back=False),
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "在专用右转车道内转弯时刮擦相邻车道等候车，不是插队",
            "Scrapes a waiting car from the lane beside: not squeezing past",
            scene(
                car("A", "RIGHT_TURN", "LEFT", squeezed_past=False),
                car("B", "STOPPED_SIGNAL", "RIGHT", rolled_back=False),
            ),
            outcome(A="FULL", B="NONE"),
            fires=False,
        ),
    ),
)
