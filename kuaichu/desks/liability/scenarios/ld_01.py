"""LD-01: a load which sticks out too far touches another."""

from ..vocabulary import Situation
from ._logic import Finding, negate, staged
from ._pair import STATIONARY, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    moving = negate(p.moves(p.actor, STATIONARY))
    out = p.said(p.actor, "load_too_large")
    return staged(p.kinds("MV", "MV NMV PEDESTRIAN"), out, moving, negate(p.hit_from_behind()))


SCENARIO = Scenario(
    code="LD-01",
    zh="载物的长度、宽度、高度超过规定",
    en="carries a load which sticks out too far",
    rule_zh="载物的长、宽、高不得违反装载要求，长度、宽度不得超出车厢；超限货物碰到他人的，装载一方承担全部责任。",
    rule_en="Loads must not exceed the allowed length, width and height nor stick out of the body; if one"
    " touches another, its carrier bears full liability.",
    laws=(law("法48¶1"), law("条54¶1")),
    rule=_rule,
    situation=Situation.OTHER,
    cause="1111",
    source="BJ27, HN19 [S:W3,G7]",
    note="Of one struck from behind an unmarked overlong load is only a contributory fault.",
    examples=(
        Example(
            "货车超宽货物刮擦旁车",
            "An overwide load scrapes the car beside it",
            scene(
                car("A", "STRAIGHT", "FRONT_RIGHT", load_too_large=True),
                car("B", "STRAIGHT", "LEFT", other_came_from="same"),
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "追尾超长未示警的货车：后车主要责任",
            "Rear-ends a lorry with an unmarked overlong load: the one behind bears primary liability",
            scene(
                car("A", "STRAIGHT", "REAR", overlength_unmarked=True, load_too_large=True),
                car("B", "STRAIGHT", "FRONT"),
                light="day",
            ),
            outcome(A="SECONDARY", B="PRIMARY"),
            fires=False,
        ),
    ),
)
