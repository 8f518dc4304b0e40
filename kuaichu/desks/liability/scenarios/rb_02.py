"""RB-02: changes lanes in, or leaves, a roundabout without yielding."""

from ..vocabulary import Control, Movement, Situation, Zone
from ._logic import Finding, any_of, negate, staged
from ._overtaking import RIGHT_HAND
from ._pair import LANE_CHANGES, ONWARD, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene

_ROUND = frozenset({Movement.STRAIGHT, Movement.LEFT_TURN})
_INNER = RIGHT_HAND | {Zone.FRONT}
_OUTER = frozenset({Zone.LEFT, Zone.FRONT_LEFT, Zone.FRONT})


def _rule(p: Pair) -> Finding:
    return staged(p.kinds(), any_of(_changes(p), _leaves(p)), negate(p.hit_from_behind()))


def _changes(p: Pair) -> Finding:
    at = p.place_said("control", Control.ROUNDABOUT)
    return staged(at, p.moves(p.actor, LANE_CHANGES), p.moves(p.other, ONWARD))


def _leaves(p: Pair) -> Finding:
    """From an inner lane, across the path of one who stays in the outer one."""
    return staged(
        p.moves(p.actor, frozenset({Movement.RIGHT_TURN})),
        p.moves(p.other, _ROUND),
        p.touches(_INNER, _OUTER),
        p.control(Control.ROUNDABOUT),
        p.known(p.actor, "inside_roundabout"),
        p.known(p.other, "inside_roundabout"),
    )


SCENARIO = Scenario(
    code="RB-02",
    zh="在环形路口内变更车道或者驶出时影响相关车道内车辆正常行驶",
    en="changes lanes in, or leaves, a roundabout in another's way",
    rule_zh="在环形路口内变更车道、由内侧车道驶出，不得影响相关车道内车辆的正常行驶；因此发生碰撞的承担全部责任。",
    rule_en="Whoever changes lanes in a roundabout, or leaves it from an inner lane, must not affect "
    "vehicles in the lanes crossed; otherwise he bears full liability.",
    laws=(law("条44¶2"),),
    rule=_rule,
    situation=Situation.LANE_CHANGE,
    cause="1043",
    source="general list no. 6 [S:W54]",
    special=True,
    examples=(
        Example(
            "环岛内变更车道刮擦外侧车辆",
            "Changes lanes in the roundabout and scrapes the outer car",
            scene(
                car("A", "LANE_CHANGE_RIGHT", "RIGHT"),
                car("B", "STRAIGHT", "FRONT_LEFT"),
                control="roundabout",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "由内侧车道驶出环岛与外侧绕行车相撞",
            "Leaves from the inner lane across a car going round in the outer one",
            scene(
                car("A", "RIGHT_TURN", "FRONT_RIGHT", inside_roundabout=True),
                car("B", "STRAIGHT", "LEFT", inside_roundabout=True),
                control="roundabout",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "对方尚未进入环岛：由对方让行",
            "The other was only entering: it is for him to yield",
            scene(
                car("A", "RIGHT_TURN", "FRONT_RIGHT", inside_roundabout=True),
                car("B", "STRAIGHT", "LEFT", inside_roundabout=False, other_came_from="left"),
                control="roundabout",
            ),
            outcome(A="NONE", B="FULL"),
            fires=False,
        ),
    ),
)
