"""EN-06: crosses the road without yielding."""

from ..vocabulary import Movement, Situation
from ._logic import Finding, all_of
from ._pair import NORMAL, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    crosses = p.moves(p.actor, frozenset({Movement.CROSSING_ROAD}))
    return all_of(p.kinds("MV", "MV NMV"), crosses, p.moves(p.other, NORMAL))


SCENARIO = Scenario(
    code="EN-06",
    zh="驾驶机动车穿越道路未让正常行驶的车辆",
    en="crosses the road without yielding",
    rule_zh="机动车穿越道路，应当让在道路上正常行驶的车辆先行；未让的承担全部责任。",
    rule_en="Whoever drives across the road yields to those on their way along it; otherwise he bears "
    "full liability.",
    laws=(law("法38"),),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="1225",
    source="EQ21 [S:W6]",
    note="Provincial rules which say so expressly (Beijing Measures, Article 44) are added by the city.",
    examples=(
        Example(
            "由路口以外横穿道路与直行车相撞",
            "Drives across between junctions into a car going straight",
            scene(car("A", "CROSSING_ROAD", "FRONT"), car("B", "STRAIGHT", "RIGHT")),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "对方行驶状态不明，不能提出意见",
            "Nobody said what the other was doing: no proposal",
            scene(car("A", "CROSSING_ROAD", "FRONT"), car("B", None, "RIGHT")),
            None,
            fires=False,
        ),
    ),
)
