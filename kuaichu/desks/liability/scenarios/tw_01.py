"""TW-01: tows, or is towed, against the rules."""

from ..vocabulary import Situation
from ._logic import Finding, negate, staged
from ._pair import STATIONARY, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    moving = negate(p.moves(p.actor, STATIONARY))
    tows = p.said(p.actor, "towing_against_rules")
    return staged(p.kinds("MV", "MV NMV PEDESTRIAN"), tows, moving, negate(p.hit_from_behind()))


SCENARIO = Scenario(
    code="TW-01",
    zh="违反规定牵引故障机动车",
    en="tows against the rules",
    rule_zh="牵引故障机动车应当遵守有关载人、宽度、间距、硬连接和灯光的规定；违反规定牵引发生碰撞的承担全部责任。",
    rule_en="Towing has rules on width, distance, rigid bars and lights; whoever breaks them and collides"
    " bears full liability.",
    laws=(law("条61"),),
    rule=_rule,
    situation=Situation.OTHER,
    cause="6001",
    source="HN20 [S:G7]",
    note="The officer adds the item of Article 61; the form has 6001 to 6010 by kind of breach.",
    examples=(
        Example(
            "软连接牵引制动失效车辆，转弯时甩出刮擦旁车",
            "A car without brakes towed on a rope swings out and scrapes another",
            scene(
                car("A", "STRAIGHT", "FRONT_LEFT", towing_against_rules=True),
                car("B", "STRAIGHT", "RIGHT", other_came_from="same"),
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "按规定牵引被追尾",
            "Towed by the rules and rear-ended",
            scene(
                car("A", "STRAIGHT", "REAR", towing_against_rules=False),
                car("B", "STRAIGHT", "FRONT"),
                light="day",
            ),
            outcome(A="NONE", B="FULL"),
            fires=False,
        ),
    ),
)
