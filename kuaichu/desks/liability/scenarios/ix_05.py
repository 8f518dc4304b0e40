"""IX-05: turns on green without yielding to released straight traffic."""

from ..vocabulary import CameFrom, Control, Movement, Signal, Situation, UserKind
from ._logic import ALWAYS, NEVER, Finding, all_of, any_of, negate
from ._pair import TURNS, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    straight = p.moves(p.other, frozenset({Movement.STRAIGHT}))
    rider = ALWAYS if p.other.kind is UserKind.NMV else NEVER
    beside = all_of(rider, p.moves(p.actor, frozenset({Movement.RIGHT_TURN})), p.came_from(CameFrom.SAME))
    green = all_of(p.known(p.actor, "signal", Signal.GREEN), p.known(p.other, "signal", Signal.GREEN))
    path = any_of(all_of(any_of(p.came_from(CameFrom.OPPOSITE), beside), green), _same_approach(p))
    turning = p.moves(p.actor, TURNS)
    return all_of(p.kinds("MV", "MV NMV"), turning, straight, p.control(Control.SIGNALS), path)


def _same_approach(p: Pair) -> Finding:
    """Two motor vehicles side by side have one and the same light: a red one counts when stated."""
    wrong_lane = p.said(p.other, "against_lane_arrow")
    same = all_of(p.kinds(), p.came_from(CameFrom.SAME), negate(any_of(p.hit_from_behind(), wrong_lane)))
    red = any_of(*(p.said(one, "signal", Signal.RED) for one in (p.actor, p.other)))
    return all_of(same, negate(red))


SCENARIO = Scenario(
    code="IX-05",
    zh="绿灯时转弯车妨碍被放行的直行车",
    en="turns on green without yielding to released straight traffic",
    rule_zh="绿灯亮时准许通行，但转弯车不得妨碍被放行的直行车；妨碍的承担全部责任。",
    rule_en="On green turning vehicles must not hinder released straight traffic; otherwise they "
    "bear full liability.",
    laws=(law("条38¶1(1)"), law("条51(7)")),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="1313",
    source="BJ7 [S:W3]",
    examples=(
        Example(
            "绿灯左转与对向绿灯直行相撞",
            "A left turn on green meets an oncoming car on green",
            scene(
                car("A", "LEFT_TURN", "FRONT_RIGHT", other_came_from="opposite", signal="green"),
                car("B", "STRAIGHT", "FRONT_LEFT", signal="green"),
                control="signals",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "左侧车道右转车横越同向直行车的行驶路线",
            "A right turn from the left lane across a car going straight on beside it",
            scene(
                car("A", "RIGHT_TURN", "RIGHT", other_came_from="same"),
                car("B", "STRAIGHT", "FRONT_LEFT"),
                control="signals",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "直行车灯色不明，不能提出意见",
            "The other's light is unknown: no proposal",
            scene(
                car("A", "LEFT_TURN", "FRONT_RIGHT", other_came_from="opposite", signal="green"),
                car("B", "STRAIGHT", "FRONT_LEFT"),
                control="signals",
            ),
            None,
            fires=False,
        ),
    ),
)
