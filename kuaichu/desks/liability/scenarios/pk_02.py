"""PK-02: enters a bay or car park in another's way."""

from ..vocabulary import Movement, Situation
from ._logic import Finding, all_of
from ._pair import NORMAL, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    enters = p.moves(p.actor, frozenset({Movement.ENTERING_BAY}))
    return all_of(p.kinds("MV", "MV NMV"), enters, p.moves(p.other, NORMAL))


SCENARIO = Scenario(
    code="PK-02",
    zh="驶入停车泊位、停车场妨碍正常行驶的车辆",
    en="enters a parking bay or car park in another's way",
    rule_zh="驶入停车泊位或停车场的车辆不得妨碍正常行驶的车辆；妨碍的承担全部责任。",
    rule_en="Whoever enters a parking bay or car park must not hinder moving traffic; otherwise he "
    "bears full liability.",
    laws=(law("法38"),),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="1225",
    source="HN18 [S:G7], general list no. 15 [S:W54]",
    examples=(
        Example(
            "驶入泊位刮擦直行车",
            "Enters a bay and scrapes a passing car",
            scene(car("A", "ENTERING_BAY", "FRONT_RIGHT"), car("B", "STRAIGHT", "LEFT")),
            outcome(A="FULL", B="NONE"),
        ),
    ),
)
