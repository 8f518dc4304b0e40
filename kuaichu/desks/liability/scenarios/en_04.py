"""EN-04: on the side road does not yield to one leaving the main road."""

from ..vocabulary import MergedFrom, Situation
from ._logic import Finding, negate, staged
from ._merging import merges
from ._overtaking import long_since
from ._pair import Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    leaving = p.turned()
    return staged(p.kinds(), merges(leaving, MergedFrom.MAIN_ROAD), negate(long_since(leaving)))


SCENARIO = Scenario(
    code="EN-04",
    zh="在辅路上行驶未让出主路的车辆先行",
    en="drives on the side road without yielding to one leaving the main road",
    rule_zh="在设有主路、辅路的道路上，辅路上行驶的机动车应当让出主路的机动车先行；未让的承担全部责任。",
    rule_en="Whoever drives on the side road yields to vehicles leaving the main road; otherwise he bears"
    " full liability.",
    laws=(law("法38"),),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="1225",
    source="EQ20 [S:W6]",
    note="Beijing (Measures, Article 44) and Zhengzhou (Regulation, Article 19) say so expressly: such"
    " articles are added by the city. Elsewhere it rests on the general duty to drive safely.",
    examples=(
        Example(
            "辅路直行车与出主路的车相撞",
            "Straight on along the side road into a car leaving the main road",
            scene(car("A", "STRAIGHT", "FRONT_LEFT"), car("B", "MERGING", "RIGHT", merged_from="main_road")),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "对方是由辅路进主路：由对方让行",
            "The other was entering the main road: it is for him to yield",
            scene(car("A", "STRAIGHT", "FRONT_LEFT"), car("B", "MERGING", "RIGHT", merged_from="side_road")),
            outcome(A="NONE", B="FULL"),
            fires=False,
        ),
    ),
)
