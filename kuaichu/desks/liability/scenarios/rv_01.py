"""RV-01: reverses into another."""

from ..vocabulary import Movement, Situation
from ._logic import Finding, all_of
from ._pair import Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    reversing = p.moves(p.actor, frozenset({Movement.REVERSING}))
    return all_of(p.kinds("MV", "MV NMV PEDESTRIAN"), reversing, p.entitled())


SCENARIO = Scenario(
    code="RV-01",
    zh="倒车时未察明车后情况、未确认安全",
    en="reverses without making sure that it is safe",
    rule_zh="倒车时应当察明车后情况，确认安全后倒车；倒车发生碰撞的，倒车一方承担全部责任。",
    rule_en="Whoever reverses makes sure behind first; if he collides, he bears full liability.",
    laws=(law("条50"),),
    rule=_rule,
    situation=Situation.REVERSING,
    cause="1074",
    source="BJ20, HN15 [S:W3,G7]",
    examples=(
        Example(
            "倒车撞上后方停车等候的车辆",
            "Reverses into a car waiting behind",
            scene(
                car("A", "REVERSING", "REAR"),
                car("B", "STOPPED_QUEUE", "FRONT", rolled_back=False),
                light="day",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "倒车碰到行人",
            "Reverses into a pedestrian",
            scene(car("A", "REVERSING", "REAR"), car("B", None, kind="PEDESTRIAN")),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "称倒车却以车头接触，陈述不合理",
            "Said to reverse, but touched with the front: not plausible",
            scene(car("A", "REVERSING", "FRONT"), car("B", "STRAIGHT", "REAR"), light="day"),
            None,
        ),
    ),
)
