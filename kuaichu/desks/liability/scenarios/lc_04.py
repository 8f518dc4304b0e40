"""LC-04: both move into the same lane."""

from ..vocabulary import Movement, Situation
from ._logic import Finding, all_of, any_of
from ._pair import LANE_CHANGES, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene

_LEFT = frozenset({Movement.LANE_CHANGE_LEFT})
_RIGHT = frozenset({Movement.LANE_CHANGE_RIGHT})


def _towards_each_other(p: Pair) -> Finding:
    return any_of(
        all_of(p.moves(p.actor, _LEFT), p.moves(p.other, _RIGHT)),
        all_of(p.moves(p.actor, _RIGHT), p.moves(p.other, _LEFT)),
    )


def _rule(p: Pair) -> Finding:
    same = any_of(_towards_each_other(p), p.place("same_target_lane"))
    return all_of(p.kinds(), p.moves(p.actor, LANE_CHANGES), p.moves(p.other, LANE_CHANGES), same)


SCENARIO = Scenario(
    code="LC-04",
    zh="双方同时变更至同一车道",
    en="both move into the same lane at once",
    rule_zh="两车同时变更至同一车道发生碰撞的，双方承担同等责任。",
    rule_en="If both move into the same lane at once, both are equally liable.",
    laws=(law("条44¶2"),),
    rule=_rule,
    situation=Situation.LANE_CHANGE,
    cause="1043",
    source="EQ2 [S:W6]",
    examples=(
        Example(
            "左右两车同时并入中间车道",
            "From left and right both move into the middle lane",
            scene(car("A", "LANE_CHANGE_LEFT", "LEFT"), car("B", "LANE_CHANGE_RIGHT", "RIGHT")),
            outcome(A="EQUAL", B="EQUAL"),
        ),
        Example(
            "同向变道但是否同一车道不明",
            "Both move left, and it is open whether into the same lane",
            scene(car("A", "LANE_CHANGE_LEFT", "FRONT_LEFT"), car("B", "LANE_CHANGE_LEFT", "RIGHT")),
            None,
            fires=False,
        ),
    ),
)
