"""LC-08: drives over a channelising area."""

from ..vocabulary import Situation
from ._logic import Finding, negate, staged
from ._pair import STATIONARY, Pair
from ._scenario import Certainty, Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    moving = negate(p.moves(p.actor, STATIONARY))
    over = p.said(p.actor, "over_channelising")
    return staged(p.kinds("MV", "MV NMV"), over, moving, negate(p.hit_from_behind()))


SCENARIO = Scenario(
    code="LC-08",
    zh="违反交通标线驶入导流区",
    en="drives over a painted channelising area",
    rule_zh="导流线内不得压线或者越线行驶；驶入导流区发生碰撞的，驶入一方承担全部责任。",
    rule_en="Painted channelising areas must not be driven over; whoever does and collides bears full "
    "liability.",
    laws=(law("法38"),),
    rule=_rule,
    situation=Situation.LANE_CHANGE,
    cause="1345",
    source="own knowledge",
    certainty=Certainty.OWN_KNOWLEDGE,
    special=True,
    examples=(
        Example(
            "出口匝道前压导流线变道与直行车相撞",
            "Cuts over the painted area before an exit into a car going straight",
            scene(
                car("A", "LANE_CHANGE_RIGHT", "RIGHT", over_channelising=True),
                car("B", "STRAIGHT", "FRONT_LEFT"),
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "未驶入导流区的变道，按变更车道认定",
            "An ordinary lane change beside the painted area",
            scene(
                car("A", "LANE_CHANGE_RIGHT", "RIGHT", over_channelising=False),
                car("B", "STRAIGHT", "FRONT_LEFT"),
            ),
            outcome(A="FULL", B="NONE"),
            fires=False,
        ),
    ),
)
