"""PK-05: stops illegally in a traffic lane and is hit. Counts only in cities which prefer it to RE-06."""

from ..vocabulary import Situation
from ._logic import Finding, all_of
from ._pair import LANE_CHANGES, ONWARD, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    return all_of(p.kinds(), p.in_lane(p.actor), p.moves(p.other, ONWARD | LANE_CHANGES))


SCENARIO = Scenario(
    code="PK-05",
    zh="在机动车道内违法停车",
    en="stops illegally in a traffic lane",
    rule_zh="在机动车道内违法停车发生碰撞的，按本市规定由违法停车一方承担全部责任。",
    rule_en="Where the city rules so, whoever stops illegally in a traffic lane and is hit bears "
    "full liability.",
    laws=(law("法56¶2"),),
    rule=_rule,
    situation=Situation.STOPPING,
    cause="1039",
    source="BJ26 [S:W3]; conflicts with W49 (RE-06)",
    note="Article 63 of the Regulation is added by the officer with the item which fits the place.",
    examples=(
        Example(
            "机动车道内违停被直行车碰撞（未采用本条的城市）",
            "A car stopped illegally in the lane, in a city which does not use this rule",
            scene(
                car("A", "PARKED_ILLEGAL", "REAR", in_traffic_lane=True, warned=False),
                car("B", "STRAIGHT", "FRONT"),
            ),
            outcome(A="SECONDARY", B="PRIMARY"),
            fires=False,
        ),
    ),
)
