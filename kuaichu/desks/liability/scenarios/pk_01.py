"""PK-01: leaves a bay or car park without yielding."""

from ..vocabulary import Movement, Situation
from ._logic import Finding, all_of, negate
from ._pair import NORMAL, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    leaves = p.moves(p.actor, frozenset({Movement.LEAVING_BAY}))
    long_since = all_of(p.hit_from_behind(), p.settled(p.actor))
    return all_of(p.kinds("MV", "MV NMV"), leaves, p.moves(p.other, NORMAL), negate(long_since))


SCENARIO = Scenario(
    code="PK-01",
    zh="驶出停车泊位、停车场未让正常行驶的车辆",
    en="leaves a parking bay or car park without yielding",
    rule_zh="驶出停车泊位或停车场的车辆应让正常行驶的车辆先行；未让的承担全部责任。",
    rule_en="Whoever leaves a parking bay or car park yields to moving traffic; otherwise he bears "
    "full liability.",
    laws=(law("法38"), law("条57(1)", lambda p: p.said(p.actor, "no_turn_signal"))),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="1225",
    source="HN18 [S:G7], general list no. 15 [S:W54]",
    note="Article 57(1) is about the indicator and cited when none was given.",
    examples=(
        Example(
            "驶出泊位与通道内直行车相撞",
            "Leaves a bay into a car passing in the aisle",
            scene(car("A", "LEAVING_BAY", "FRONT"), car("B", "STRAIGHT", "RIGHT")),
            outcome(A="FULL", B="NONE"),
        ),
    ),
)
