"""LC-01: unsafe lane change."""

from ..vocabulary import Movement, Situation
from ._logic import Finding, all_of, negate
from ._pair import LANE_CHANGES, ONWARD, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    there = p.moves(p.other, ONWARD | {Movement.STOPPED_SIGNAL})
    return all_of(p.kinds(), p.moves(p.actor, LANE_CHANGES), there, negate(p.hit_from_behind()))


SCENARIO = Scenario(
    code="LC-01",
    zh="变更车道影响相关车道内机动车正常行驶",
    en="changes lanes into a vehicle going on in its lane",
    rule_zh="变更车道不得影响相关车道内机动车的正常行驶；因变更车道发生碰撞的，变更车道一方承担全部责任。",
    rule_en="A lane change must not affect vehicles in the lane entered; whoever collides in "
    "changing lanes bears full liability.",
    laws=(law("条44¶2"),),
    rule=_rule,
    situation=Situation.LANE_CHANGE,
    cause="1043",
    source="BJ2, HN2 [S:W3,G7]",
    examples=(
        Example(
            "向左变道刮擦直行车",
            "Moves left and scrapes a car going straight",
            scene(car("A", "LANE_CHANGE_LEFT", "LEFT"), car("B", "STRAIGHT", "FRONT_RIGHT")),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "直行车前角先碰到变道车车尾：变道是否已完成不明",
            "Hit at its rear corner, and it is open whether it had settled in the lane",
            scene(car("A", "LANE_CHANGE_LEFT", "REAR_LEFT"), car("B", "STRAIGHT", "FRONT_RIGHT")),
            None,
            fires=False,
        ),
    ),
)
