"""LN-03: borrows another's lane without letting it pass."""

from ..vocabulary import CameFrom, Movement, Situation, Zone
from ._logic import Finding, any_of, negate, staged
from ._overtaking import LEFT_HAND, OVERTAKING, RIGHT_HAND, long_since
from ._pair import Pair
from ._scenario import Example, Scenario, car, law, outcome, scene

_STRAIGHT = frozenset({Movement.STRAIGHT})
_IN_LANE = frozenset({Zone.RIGHT, Zone.FRONT_RIGHT, Zone.FRONT})


def _rule(p: Pair) -> Finding:
    onward = p.moves(p.other, _STRAIGHT)
    return staged(p.kinds(), onward, any_of(_pulls_out(p), _gets_past(p)), negate(long_since(p)))


def _pulls_out(p: Pair) -> Finding:
    """To overtake a third one it moved left, into the lane of the other."""
    return staged(
        p.moves(p.actor, OVERTAKING),
        p.touches(LEFT_HAND, _IN_LANE),
        p.came_from(CameFrom.SAME),
        negate(p.known(p.actor, "overtook_on_right")),
    )


def _gets_past(p: Pair) -> Finding:
    beside = any_of(p.touches(LEFT_HAND, _IN_LANE), p.touches(RIGHT_HAND, frozenset(Zone)))
    said = p.said(p.actor, "borrowed_lane")
    return staged(said, p.moves(p.actor, _STRAIGHT | OVERTAKING), beside, p.came_from(CameFrom.SAME))


SCENARIO = Scenario(
    code="LN-03",
    zh="借道通行影响所借车道内行驶的机动车正常行驶",
    en="borrows a lane without letting the vehicle in it pass",
    rule_zh="借用相邻车道通行的，不得影响该车道内行驶的机动车的正常行驶；因此发生碰撞的，借道一方承担全部责任。",
    rule_en="Whoever uses the next lane to get past something must not affect the vehicles in it; "
    "otherwise he bears full liability.",
    laws=(law("条44¶2"),),
    rule=_rule,
    situation=Situation.LANE_CHANGE,
    cause="1043",
    source="HN2 [S:G7], W55",
    note="Provincial rules which say so expressly are added by the city (Shandong Measures, Article 48).",
    examples=(
        Example(
            "为超车驶入左侧车道刮擦该车道直行车",
            "Pulls out to overtake and scrapes a car in the left lane",
            scene(
                car("A", "OVERTAKING", "LEFT", overtook_on_right=False, other_came_from="same"),
                car("B", "STRAIGHT", "FRONT_RIGHT"),
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "绕行占道施工借道刮擦相邻车道直行车",
            "Gets past road works in the next lane and scrapes a car there",
            scene(
                car("A", "STRAIGHT", "FRONT_LEFT", borrowed_lane=True, other_came_from="same"),
                car("B", "STRAIGHT", "RIGHT"),
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "从哪一侧超车不明，不能提出意见",
            "Nobody knows on which side it overtook: no proposal",
            scene(
                car("A", "OVERTAKING", "LEFT", other_came_from="same"), car("B", "STRAIGHT", "FRONT_RIGHT")
            ),
            None,
            fires=False,
        ),
    ),
)
