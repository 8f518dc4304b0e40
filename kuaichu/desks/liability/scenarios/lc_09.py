"""LC-09: rear-ended right after its own lane change."""

from ..vocabulary import Situation
from ._logic import Finding, all_of, negate
from ._pair import LANE_CHANGES, ONWARD, Pair
from ._scenario import Certainty, Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    changed = all_of(p.moves(p.actor, LANE_CHANGES), p.hit_from_behind(), negate(p.settled(p.actor)))
    return all_of(p.kinds(), p.moves(p.other, ONWARD), changed)


SCENARIO = Scenario(
    code="LC-09",
    zh="变更车道后随即被后车追撞",
    en="is rear-ended right after changing lanes",
    rule_zh="刚变更车道、车身尚未摆正即被该车道后车追撞的，由变更车道一方承担全部责任。",
    rule_en="If a vehicle is hit from behind while still moving into the lane, the one changing "
    "lanes bears full liability.",
    laws=(law("条44¶2"),),
    rule=_rule,
    situation=Situation.LANE_CHANGE,
    cause="1043",
    source="own knowledge",
    certainty=Certainty.OWN_KNOWLEDGE,
    note="A city may grade PRIMARY/SECONDARY instead.",
    examples=(
        Example(
            "变道未摆正即被追撞左后角",
            "Hit at the rear corner while still entering the lane",
            scene(
                car("A", "LANE_CHANGE_LEFT", "REAR_LEFT", settled_in_lane=False),
                car("B", "STRAIGHT", "FRONT_RIGHT"),
                light="day",
            ),
            outcome(A="FULL", B="NONE"),
        ),
    ),
)
