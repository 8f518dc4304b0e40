"""LC-03: crosses several lanes at once."""

from ..vocabulary import Movement, Situation
from ._logic import Finding, all_of, any_of, negate
from ._pair import LANE_CHANGES, ONWARD, Pair
from ._scenario import Certainty, Example, Scenario, car, law, outcome, scene

_SEVERAL = tuple(range(2, 9))


def _rule(p: Pair) -> Finding:
    there = p.moves(p.other, ONWARD | {Movement.STOPPED_QUEUE, Movement.STOPPED_SIGNAL})
    fresh = any_of(negate(p.hit_from_behind()), negate(p.settled(p.actor)))
    several = p.known(p.actor, "lanes_crossed", *_SEVERAL)
    return all_of(p.kinds(), p.moves(p.actor, LANE_CHANGES), there, several, fresh)


SCENARIO = Scenario(
    code="LC-03",
    zh="连续变更多条车道",
    en="crosses two or more lanes at once",
    rule_zh="一次连续变更两条以上车道影响他车正常行驶的，变更车道一方承担全部责任。",
    rule_en="Whoever crosses two or more lanes in one move and collides bears full liability.",
    laws=(law("条44¶2"),),
    rule=_rule,
    situation=Situation.LANE_CHANGE,
    cause="1043",
    source="own knowledge",
    certainty=Certainty.OWN_KNOWLEDGE,
    special=True,
    examples=(
        Example(
            "连续变更两条车道",
            "Crosses two lanes at once",
            scene(car("A", "LANE_CHANGE_LEFT", "FRONT_LEFT", lanes_crossed=2), car("B", "STRAIGHT", "RIGHT")),
            outcome(A="FULL", B="NONE"),
        ),
    ),
)
