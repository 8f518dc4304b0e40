"""OT-05: overtakes without the needed distance, or cuts in after it."""

from ..vocabulary import CameFrom, Movement, Situation, Zone
from ._logic import Finding, any_of, negate, staged
from ._overtaking import ALONG, OVERTAKING, RIGHT_HAND, long_since
from ._pair import Pair
from ._scenario import Example, Scenario, car, law, outcome, scene

_BACK_IN = frozenset({Movement.LANE_CHANGE_RIGHT})
_PASSED = frozenset({Zone.LEFT, Zone.FRONT_LEFT, Zone.FRONT})


def _rule(p: Pair) -> Finding:
    return staged(p.kinds("MV", "MV NMV"), any_of(_beside(p), _cut_in(p)), negate(long_since(p)))


def _beside(p: Pair) -> Finding:
    """It passed on the left: its right side, or its rear in cutting in, met the one overtaken."""
    return staged(
        p.moves(p.actor, OVERTAKING),
        p.moves(p.other, frozenset({Movement.STRAIGHT})),
        p.touches(RIGHT_HAND | {Zone.REAR}, _PASSED),
        p.came_from(CameFrom.SAME),
    )


def _cut_in(p: Pair) -> Finding:
    said = p.said(p.actor, "cut_in_after_overtaking")
    return staged(said, p.moves(p.actor, _BACK_IN), p.moves(p.other, ALONG))


SCENARIO = Scenario(
    code="OT-05",
    zh="超车时未与被超车辆拉开必要的安全距离",
    en="overtakes without the needed distance or cuts in after it",
    rule_zh="超车应当确认有充足的安全距离，与被超车辆拉开必要的安全距离后再驶回原车道；妨碍被超车辆的，超车一方承担"
    "全部责任。",
    rule_en="Whoever overtakes keeps enough distance and moves back only when well ahead; if he collides "
    "with the one overtaken, he bears full liability.",
    laws=(law("条47"),),
    rule=_rule,
    situation=Situation.OTHER,
    cause="1225",
    source="HN9 [S:G7]",
    special=True,
    examples=(
        Example(
            "超车后驶回原车道刮擦被超车辆左前角",
            "Moves back too early and scrapes the front corner of the car overtaken",
            scene(
                car("A", "OVERTAKING", "REAR_RIGHT", settled_in_lane=False),
                car("B", "STRAIGHT", "FRONT_LEFT"),
                light="day",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "超车后向右变道别车",
            "Cuts in to the right after overtaking",
            scene(
                car("A", "LANE_CHANGE_RIGHT", "RIGHT", cut_in_after_overtaking=True),
                car("B", "STRAIGHT", "FRONT_LEFT"),
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "超车早已完成，随后被追尾：责任在后车",
            "Overtook long before and is then rear-ended",
            scene(
                car("A", "OVERTAKING", "REAR", settled_in_lane=True),
                car("B", "STRAIGHT", "FRONT"),
                light="day",
            ),
            outcome(A="NONE", B="FULL"),
            fires=False,
        ),
        Example(
            "驶回后是否已行驶稳定不明，不能提出意见",
            "Whether it had settled in the lane is open: no proposal",
            scene(car("A", "OVERTAKING", "REAR"), car("B", "STRAIGHT", "FRONT"), light="day"),
            None,
            fires=False,
        ),
    ),
)
