"""SG-02: enters on yellow before the line."""

from ..vocabulary import Control, Signal, Situation
from ._logic import Finding, all_of, negate
from ._pair import Pair
from ._scenario import Certainty, Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    lights = p.control(Control.SIGNALS, Control.ARROWS)
    late = negate(p.known(p.actor, "passed_line_before_yellow"))
    return all_of(
        p.kinds("MV", "MV NMV"), p.passing(), lights, p.known(p.actor, "signal", Signal.YELLOW), late
    )


SCENARIO = Scenario(
    code="SG-02",
    zh="黄灯亮时未越过停止线仍抢行",
    en="enters on yellow without having passed the line",
    rule_zh="黄灯亮时，只有已越过停止线的车辆可以继续通行；抢行发生碰撞的，抢行一方承担全部责任。",
    rule_en="On yellow only vehicles already past the line go on; whoever enters and collides bears "
    "full liability.",
    laws=(law("法38"), law("条38¶1(2)")),
    rule=_rule,
    situation=Situation.SIGNAL,
    cause="1302",
    source="own knowledge",
    certainty=Certainty.OWN_KNOWLEDGE,
    note="A city may grade PRIMARY/SECONDARY instead.",
    examples=(
        Example(
            "黄灯抢行与绿灯车相撞",
            "Enters on yellow and meets a car on green",
            scene(
                car("A", "STRAIGHT", "FRONT", signal="yellow", passed_line_before_yellow=False),
                car("B", "STRAIGHT", "LEFT", signal="green"),
                control="signals",
            ),
            outcome(A="FULL", B="NONE"),
        ),
    ),
)
