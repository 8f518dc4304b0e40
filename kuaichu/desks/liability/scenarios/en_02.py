"""EN-02: merges from the bicycle lane into the motor lane without yielding."""

from ..vocabulary import MergedFrom, Situation
from ._logic import Finding, negate, staged
from ._merging import merges
from ._overtaking import long_since
from ._pair import Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    return staged(p.kinds("MV", "MV NMV"), merges(p, MergedFrom.BICYCLE_LANE), negate(long_since(p)))


SCENARIO = Scenario(
    code="EN-02",
    zh="由非机动车道驶入机动车道未让正常行驶的车辆",
    en="merges from the bicycle lane into the motor lane without yielding",
    rule_zh="机动车、非机动车分道通行；机动车由非机动车道驶入机动车道，与正常行驶的车辆碰撞的，承担全部责任。",
    rule_en="Motor vehicles keep to the motor lanes; whoever moves there from the bicycle lane and "
    "collides with a vehicle going on bears full liability.",
    laws=(law("法36"),),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="1018",
    source="general list no. 4 [S:W54]",
    note="Article 44 of the Regulation is about changes among motor lanes and not cited here.",
    examples=(
        Example(
            "由非机动车道并入机动车道刮擦直行车",
            "Merges from the bicycle lane and scrapes a car going straight",
            scene(
                car("A", "MERGING", "FRONT_LEFT", merged_from="bicycle_lane"), car("B", "STRAIGHT", "RIGHT")
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "从哪里并入不明，不能提出意见",
            "Nobody said where it merged from: no proposal",
            scene(car("A", "MERGING", "FRONT_LEFT"), car("B", "STRAIGHT", "RIGHT")),
            None,
            fires=False,
        ),
    ),
)
