"""PK-03: hits a legally parked vehicle."""

from ..vocabulary import Movement, Situation
from ._logic import Finding, all_of
from ._pair import DRIVEN, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    parked = p.moves(p.other, frozenset({Movement.PARKED_LEGAL}))
    return all_of(p.kinds("MV", "MV NMV"), p.moves(p.actor, DRIVEN), parked)


SCENARIO = Scenario(
    code="PK-03",
    zh="碰撞合法停放的车辆",
    en="hits a legally parked vehicle",
    rule_zh="碰撞依法停放车辆的，行驶一方承担全部责任；车主不在现场的应当设法联系并报警。",
    rule_en="Whoever hits a legally parked vehicle bears full liability; if its owner is absent he "
    "is contacted.",
    laws=(law("法22¶1"),),
    rule=_rule,
    situation=Situation.OTHER,
    cause="1225",
    source="general list no. 13 [S:W54]",
    examples=(
        Example(
            "刮擦路边泊位内车辆",
            "Scrapes a car in a roadside bay",
            scene(car("A", "STRAIGHT", "FRONT_RIGHT"), car("B", "PARKED_LEGAL", "LEFT")),
            outcome(A="FULL", B="NONE"),
        ),
    ),
)
