"""SV-01: a vehicle alone runs into a fixed object or leaves the road."""

from ..vocabulary import Situation, Struck
from ._logic import Finding
from ._pair import Pair
from ._scenario import Example, Scenario, Scope, car, outcome, scene
from ._single import LAWS, ran_into


def _rule(p: Pair) -> Finding:
    return ran_into(p, Struck.OBJECT, Struck.NOTHING)


SCENARIO = Scenario(
    code="SV-01",
    zh="未按照操作规范安全驾驶，单方碰撞固定物或者驶出路外",
    en="runs alone into a fixed object or off the road",
    rule_zh="没有其他当事人，机动车单方碰撞固定物、翻车或者驶出路外的，由该车驾驶人承担全部责任。",
    rule_en="A driver who runs into a fixed object, overturns or leaves the road without anybody else "
    "involved "
    "bears full liability.",
    laws=LAWS,
    rule=_rule,
    situation=Situation.OTHER,
    cause="9001",
    source="GEN16 [S:W54], HN21 [S:G7]; Beijing 43 no. 43",
    scope=Scope.SINGLE,
    note="The form has the codes 9001 to 9009 by kind of object. A pure accident comes before this rule.",
    examples=(
        Example(
            "汽车单方撞上路边的树",
            "A car alone runs into a tree",
            scene(car("A", "STRAIGHT", "FRONT", struck="object"), single_vehicle=True),
            outcome(A="FULL"),
        ),
        Example(
            "超速驶出路外",
            "Leaves the road at too high a speed",
            scene(car("A", "STRAIGHT", "FRONT", struck="nothing", speeding=True), single_vehicle=True),
            outcome(A="FULL"),
        ),
        Example(
            "为躲避突然变道的另一车而撞树，另一车未查明：不能提出意见",
            "Another car, not found yet, cut in and forced it off the road: no proposal",
            scene(
                car("A", "STRAIGHT", "FRONT", struck="object"),
                single_vehicle=True,
                other_involved=True,
            ),
            None,
            fires=False,
        ),
        Example(
            "撞了什么不明，不能提出意见",
            "Nobody said what was hit: no proposal",
            scene(car("A", "STRAIGHT", "FRONT"), single_vehicle=True),
            None,
            fires=False,
        ),
    ),
)
