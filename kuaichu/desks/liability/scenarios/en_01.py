"""EN-01: enters the road from premises without yielding."""

from ..vocabulary import Movement, Situation
from ._logic import Finding, all_of, negate
from ._pair import NORMAL, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    enters = p.moves(p.actor, frozenset({Movement.ENTERING_ROAD}))
    long_since = all_of(p.hit_from_behind(), p.settled(p.actor))
    return all_of(p.kinds("MV", "MV NMV"), enters, p.moves(p.other, NORMAL), negate(long_since))


SCENARIO = Scenario(
    code="EN-01",
    zh="由路外、单位或者小区出入口驶入道路未让正常行驶的车辆",
    en="enters the road from premises without yielding",
    rule_zh="由路外驶入道路的车辆应让道路内正常行驶的车辆先行；未让的承担全部责任。",
    rule_en="Whoever enters the road from premises yields to traffic on the road; otherwise he bears "
    "full liability.",
    laws=(law("法38"),),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="1225",
    source="general list no. 4 [S:W54], HN18 [S:G7]",
    note="Provincial rules which say so expressly are added by the city.",
    examples=(
        Example(
            "驶出小区与直行车相撞",
            "Comes out of a residential gate into a passing car",
            scene(car("A", "ENTERING_ROAD", "FRONT"), car("B", "STRAIGHT", "RIGHT")),
            outcome(A="FULL", B="NONE"),
        ),
    ),
)
