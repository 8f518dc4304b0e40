"""RV-02: both reverse."""

from ..vocabulary import Movement, Situation
from ._logic import Finding, all_of
from ._pair import Pair
from ._scenario import Example, Scenario, car, law, outcome, scene

_BACK = frozenset({Movement.REVERSING})


def _rule(p: Pair) -> Finding:
    return all_of(p.kinds(), p.moves(p.actor, _BACK), p.moves(p.other, _BACK))


SCENARIO = Scenario(
    code="RV-02",
    zh="双方同时倒车",
    en="both reverse into each other",
    rule_zh="双方同时倒车发生碰撞的，双方承担同等责任。",
    rule_en="If both reverse into each other, both are equally liable.",
    laws=(law("条50"),),
    rule=_rule,
    situation=Situation.REVERSING,
    cause="1074",
    source="combination matrix [S:W6]",
    examples=(
        Example(
            "停车场内两车同时倒车相撞",
            "Two cars back into each other in a car park",
            scene(car("A", "REVERSING", "REAR"), car("B", "REVERSING", "REAR_LEFT")),
            outcome(A="EQUAL", B="EQUAL"),
        ),
    ),
)
