"""LC-02: lane change across a solid line."""

from ..vocabulary import Movement, Situation
from ._logic import Finding, all_of, any_of, negate
from ._pair import LANE_CHANGES, ONWARD, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    there = p.moves(p.other, ONWARD | {Movement.STOPPED_QUEUE, Movement.STOPPED_SIGNAL})
    fresh = any_of(negate(p.hit_from_behind()), negate(p.settled(p.actor)))
    solid = p.known(p.actor, "crossed_solid_line")
    return all_of(p.kinds(), p.moves(p.actor, LANE_CHANGES), there, solid, fresh)


SCENARIO = Scenario(
    code="LC-02",
    zh="越实线变更车道",
    en="changes lanes across a solid line",
    rule_zh="不得越过实线变更车道；因此发生碰撞的，越线一方承担全部责任。",
    rule_en="Lanes must not be changed across a solid line; whoever does and collides bears full liability.",
    laws=(law("法38"), law("条44¶2")),
    rule=_rule,
    situation=Situation.LANE_CHANGE,
    cause="1345",
    source="general list of 16 cases [S:W54]",
    special=True,
    examples=(
        Example(
            "路口前越实线变道",
            "Crosses the solid line before a junction",
            scene(
                car("A", "LANE_CHANGE_RIGHT", "RIGHT", crossed_solid_line=True),
                car("B", "STRAIGHT", "FRONT_LEFT"),
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "虚线处变道，仍由变道方负责",
            "A broken line: still the lane changer's fault",
            scene(
                car("A", "LANE_CHANGE_RIGHT", "RIGHT", crossed_solid_line=False),
                car("B", "STRAIGHT", "FRONT_LEFT"),
            ),
            outcome(A="FULL", B="NONE"),
            fires=False,
        ),
    ),
)
