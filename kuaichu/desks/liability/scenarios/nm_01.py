"""NM-01: a non-motor vehicle runs a red light."""

from ..vocabulary import Control, Movement, Signal, Situation
from ._logic import Finding, all_of
from ._pair import Pair
from ._rider import DID_NOT_AVOID
from ._scenario import Certainty, Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    onward = p.moves(p.actor, frozenset({Movement.STRAIGHT, Movement.LEFT_TURN}))
    red = p.known(p.actor, "signal", Signal.RED)
    lights = p.control(Control.SIGNALS, Control.ARROWS)
    return all_of(p.kinds("NMV", "MV NMV"), onward, p.passing(), lights, red)


SCENARIO = Scenario(
    code="NM-01",
    zh="驾驶非机动车违反交通信号灯（闯红灯）通行",
    en="rides through a red light",
    rule_zh="非机动车应当按照交通信号灯通行；闯红灯与被放行车辆相撞的，承担全部责任，对方也有过错的承"
    "担主要责任。",
    rule_en="Riders obey the signals; one who rides through red and collides with released traffic "
    "bears full liability, primary if the other was at fault too.",
    laws=(law("法38"), law("条38¶1(3)"), law("条38¶2")),
    rule=_rule,
    situation=Situation.SIGNAL,
    cause="2007",
    source="own knowledge",
    certainty=Certainty.OWN_KNOWLEDGE,
    other_fault=DID_NOT_AVOID,
    note="A city may grade PRIMARY/SECONDARY instead.",
    examples=(
        Example(
            "电动自行车闯红灯与绿灯汽车相撞",
            "An electric bicycle runs red and meets a car on green",
            scene(
                car("A", "STRAIGHT", "FRONT", signal="green", avoided=True),
                car("B", "STRAIGHT", "RIGHT", kind="NMV", signal="red"),
                control="signals",
            ),
            outcome(A="NONE", B="FULL"),
        ),
        Example(
            "汽车也未尽注意义务",
            "The car had not taken care either",
            scene(
                car("A", "STRAIGHT", "FRONT", signal="green", careless=True),
                car("B", "STRAIGHT", "RIGHT", kind="NMV", signal="red"),
                control="signals",
            ),
            outcome(A="SECONDARY", B="PRIMARY"),
        ),
        Example(
            "双方都是绿灯，不适用本条",
            "Nobody was on red: not this rule",
            scene(
                car("A", "STRAIGHT", "FRONT", signal="green", avoided=True),
                car("B", "STRAIGHT", "RIGHT", kind="NMV", signal="green"),
                control="signals",
            ),
            None,
            fires=False,
        ),
    ),
)
