"""LC-05: cuts into a queue."""

from ..vocabulary import Movement, Situation
from ._logic import Finding, all_of
from ._pair import LANE_CHANGES, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    cuts = p.moves(p.actor, LANE_CHANGES | {Movement.OVERTAKING})
    return all_of(p.kinds(), cuts, p.moves(p.other, frozenset({Movement.STOPPED_QUEUE})))


SCENARIO = Scenario(
    code="LC-05",
    zh="穿插排队等候的车辆",
    en="cuts into a queue",
    rule_zh="前方车辆停车排队或缓慢行驶时，不得借道超车或者穿插；因加塞发生碰撞的，加塞一方承担全部责任。",
    rule_en="Queues must not be cut into; whoever does and collides bears full liability.",
    laws=(law("法45¶1"), law("条53¶2")),
    rule=_rule,
    situation=Situation.LANE_CHANGE,
    cause="1021",
    source="HN12 [S:G7]",
    examples=(
        Example(
            "向右加塞刮擦排队车辆",
            "Cuts in from the left and scrapes a queued car",
            scene(
                car("A", "LANE_CHANGE_RIGHT", "FRONT_RIGHT"),
                car("B", "STOPPED_QUEUE", "LEFT", rolled_back=False),
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "前车排队中被直行后车追撞，不是加塞",
            "A queued car hit by one going straight: not cutting in",
            scene(
                car("A", "STRAIGHT", "FRONT"),
                car("B", "STOPPED_QUEUE", "REAR", rolled_back=False),
                light="day",
            ),
            outcome(A="FULL", B="NONE"),
            fires=False,
        ),
    ),
)
