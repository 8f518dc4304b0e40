"""SG-08: both violate the signals."""

from ..vocabulary import Situation
from ._logic import Finding, all_of
from ._pair import Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    both = all_of(p.breaks_signal(p.actor), p.breaks_signal(p.other))
    return all_of(p.kinds("MV NMV", "MV NMV"), p.passing(), both)


SCENARIO = Scenario(
    code="SG-08",
    zh="双方均违反交通信号灯",
    en="both violate the signals",
    rule_zh="双方均违反交通信号灯发生碰撞的，双方承担同等责任。",
    rule_en="If both violate the signals, both are equally liable.",
    laws=(law("法38"),),
    rule=_rule,
    situation=Situation.SIGNAL,
    cause="1302",
    source="combination matrix [S:W6]",
    examples=(
        Example(
            "两车均闯红灯",
            "Both run the red light",
            scene(
                car("A", "STRAIGHT", "FRONT", signal="red"),
                car("B", "STRAIGHT", "LEFT", signal="red"),
                control="signals",
            ),
            outcome(A="EQUAL", B="EQUAL"),
        ),
    ),
)
