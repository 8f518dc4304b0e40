"""IX-10: leaves its lane while both turn side by side."""

from ..vocabulary import CameFrom, Movement, Situation
from ._logic import Finding, all_of, any_of, negate, staged
from ._pair import Pair
from ._scenario import Certainty, Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    alike = any_of(*(_both(p, one) for one in (Movement.LEFT_TURN, Movement.RIGHT_TURN)))
    aside = negate(any_of(p.strikes_rear(), p.hit_from_behind()))
    left = p.known(p.actor, "left_turning_lane")
    return staged(p.kinds(), alike, p.came_from(CameFrom.SAME), aside, left)


def _both(p: Pair, movement: Movement) -> Finding:
    return all_of(*(p.moves(one, frozenset({movement})) for one in (p.actor, p.other)))


SCENARIO = Scenario(
    code="IX-10",
    zh="并排转弯时越过导向线驶出本车道",
    en="leaves its lane while turning beside another",
    rule_zh="同向并排转弯的车辆应当各行其道；越线驶入相邻转弯车道发生碰撞的，越线一方承担全部责任。",
    rule_en="Vehicles turning side by side each keep their lane; whoever leaves it and collides bears "
    "full liability.",
    laws=(law("法38"), law("条44¶2")),
    rule=_rule,
    situation=Situation.LANE_CHANGE,
    cause="1043",
    source="own knowledge",
    certainty=Certainty.OWN_KNOWLEDGE,
    examples=(
        Example(
            "双左转车道并排左转，外侧车越线",
            "In two left-turn lanes the outer car crosses the guide line",
            scene(
                car("A", "LEFT_TURN", "LEFT", other_came_from="same", left_turning_lane=True),
                car("B", "LEFT_TURN", "RIGHT", left_turning_lane=False),
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "双方都偏离本车道",
            "Both left their lanes",
            scene(
                car("A", "RIGHT_TURN", "RIGHT", other_came_from="same", left_turning_lane=True),
                car("B", "RIGHT_TURN", "LEFT", left_turning_lane=True),
            ),
            outcome(A="EQUAL", B="EQUAL"),
        ),
        Example(
            "谁偏离本车道不明，不能提出意见",
            "Nobody knows who left his lane: no proposal",
            scene(car("A", "LEFT_TURN", "LEFT", other_came_from="same"), car("B", "LEFT_TURN", "RIGHT")),
            None,
            fires=False,
        ),
    ),
)
