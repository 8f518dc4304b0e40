"""SG-07: goes against the directions of a traffic officer."""

from ..vocabulary import Control, Situation
from ._logic import Finding, staged
from ._pair import Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    against = p.known(p.actor, "against_officer")
    return staged(p.kinds("MV", "MV NMV"), p.passing(), p.control(Control.OFFICER), against)


SCENARIO = Scenario(
    code="SG-07",
    zh="不按照交通警察的指挥通行",
    en="goes against the directions of a traffic officer",
    rule_zh="遇有交通警察现场指挥时，应当按照交通警察的指挥通行；不服从指挥发生碰撞的，承担全部责任。",
    rule_en="Where an officer directs the traffic his directions count; whoever goes against them and "
    "collides bears full liability.",
    laws=(law("法38"),),
    rule=_rule,
    situation=Situation.SIGNAL,
    cause="1020",
    source="BJ23 [S:W3]",
    examples=(
        Example(
            "不听交警停车手势驶入路口",
            "Drives on although the officer signalled to stop",
            scene(
                car("A", "STRAIGHT", "FRONT", against_officer=True),
                car("B", "STRAIGHT", "LEFT", against_officer=False),
                control="officer",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "双方是否服从指挥不明，不能提出意见",
            "Nobody knows whom the officer let pass: no proposal",
            scene(car("A", "STRAIGHT", "FRONT"), car("B", "STRAIGHT", "LEFT"), control="officer"),
            None,
            fires=False,
        ),
    ),
)
