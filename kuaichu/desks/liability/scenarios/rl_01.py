"""RL-01: rolls away."""

from ..vocabulary import Movement, Situation
from ._logic import Finding, all_of, any_of
from ._pair import WAITING, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    gave_way = all_of(p.moves(p.actor, WAITING), p.hit_from_behind(), p.known(p.actor, "rolled_back"))
    rolling = any_of(p.moves(p.actor, frozenset({Movement.ROLLING})), gave_way)
    return all_of(p.kinds("MV", "MV NMV PEDESTRIAN"), rolling, p.entitled())


SCENARIO = Scenario(
    code="RL-01",
    zh="溜车",
    en="rolls into another",
    rule_zh="车辆溜车碰撞他车的，溜车一方承担全部责任。",
    rule_en="Whoever lets his vehicle roll into another bears full liability.",
    laws=(law("法22¶1"),),
    rule=_rule,
    situation=Situation.ROLLING,
    cause="1225",
    source="BJ21 [S:W3]",
    examples=(
        Example(
            "坡道起步后溜撞上后车",
            "Rolls back on a slope into the car behind",
            scene(
                car("A", "ROLLING", "REAR"),
                car("B", "STOPPED_QUEUE", "FRONT", rolled_back=False),
                light="day",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "等候信号灯的前车溜车撞上停住的后车",
            "The car waiting at the light rolled back into the one waiting behind it",
            scene(
                car("A", "STOPPED_SIGNAL", "REAR", rolled_back=True),
                car("B", "STOPPED_SIGNAL", "FRONT"),
                light="day",
            ),
            outcome(A="FULL", B="NONE"),
        ),
    ),
)
