"""LD-02: lost load hits another or is run over."""

from ..vocabulary import Situation
from ._logic import Finding, all_of
from ._pair import Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    return all_of(p.kinds("MV", "MV NMV PEDESTRIAN"), p.said(p.actor, "load_lost"))


SCENARIO = Scenario(
    code="LD-02",
    zh="遗洒、飘散载运物",
    en="loses load on the road",
    rule_zh="机动车载物不得遗洒、飘散载运物；遗洒物砸中他车或者致他车碰撞的，载运一方承担全部责任。",
    rule_en="No load may fall or blow off; if it hits another or is run over, its carrier bears full "
    "liability.",
    laws=(law("法48¶1"),),
    rule=_rule,
    situation=Situation.OTHER,
    cause="6014",
    source="BJ28, HN19 [S:W3,G7]",
    note="The vehicles did not touch each other: rules on how vehicles meet are then not applied.",
    examples=(
        Example(
            "货车掉落的纸箱砸中后车前挡",
            "A box falls from a lorry onto the car behind",
            scene(car("A", "STRAIGHT", None, load_lost=True), car("B", "STRAIGHT", "FRONT")),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "未遗洒货物，后车追尾",
            "Nothing fell: the one behind ran into the lorry",
            scene(car("A", "STRAIGHT", "REAR", load_lost=False), car("B", "STRAIGHT", "FRONT"), light="day"),
            outcome(A="NONE", B="FULL"),
            fires=False,
        ),
    ),
)
