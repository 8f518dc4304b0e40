"""EN-03: merges from the side road into the main road without yielding."""

from ..vocabulary import MergedFrom, Situation
from ._logic import Finding, negate, staged
from ._merging import merges
from ._overtaking import long_since
from ._pair import Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    return staged(p.kinds("MV", "MV NMV"), merges(p, MergedFrom.SIDE_ROAD), negate(long_since(p)))


SCENARIO = Scenario(
    code="EN-03",
    zh="由辅路驶入主路未让在主路内行驶的车辆",
    en="merges from the side road into the main road without yielding",
    rule_zh="在设有主路、辅路的道路上，进主路的车辆应当让在主路上行驶的车辆先行；未让的承担全部责任。",
    rule_en="Whoever enters the main road from the side road beside it yields to those on it; otherwise "
    "he bears full liability.",
    laws=(law("法38"),),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="1225",
    source="BJ8/26, EQ19 [S:W3,W6]",
    note="Beijing (Measures, Article 44) and Zhengzhou (Regulation, Article 19) say so expressly: such"
    " articles are added by the city. Elsewhere it rests on the general duty to drive safely.",
    examples=(
        Example(
            "辅路进主路刮擦主路直行车",
            "Enters the main road and scrapes a car going straight on it",
            scene(car("A", "MERGING", "FRONT_LEFT", merged_from="side_road"), car("B", "STRAIGHT", "RIGHT")),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "早已进入主路并行驶稳定后被追尾：责任在后车",
            "Long since on the main road, then rear-ended",
            scene(
                car("A", "MERGING", "REAR", merged_from="side_road", settled_in_lane=True),
                car("B", "STRAIGHT", "FRONT"),
                light="day",
            ),
            outcome(A="NONE", B="FULL"),
            fires=False,
        ),
    ),
)
