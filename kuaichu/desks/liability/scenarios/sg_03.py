"""SG-03: drives against an arrow or lane signal."""

from ..vocabulary import Control, Signal, Situation
from ._logic import Finding, all_of, any_of, negate
from ._pair import Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _arrow(p: Pair) -> Finding:
    return all_of(p.passing(), p.control(Control.ARROWS), p.known(p.actor, "signal", Signal.RED))


def _lane(p: Pair) -> Finding:
    return all_of(p.said(p.actor, "against_lane_signal"), negate(p.hit_from_behind()))


def _rule(p: Pair) -> Finding:
    return all_of(p.kinds("MV", "MV NMV"), any_of(_arrow(p), _lane(p)))


SCENARIO = Scenario(
    code="SG-03",
    zh="违反方向指示信号灯或者车道信号灯通行",
    en="drives against an arrow or lane signal",
    rule_zh="应当按照方向指示信号灯、车道信号灯通行；违反的承担全部责任。",
    rule_en="Arrow and lane signals must be obeyed; whoever does not and collides bears full liability.",
    laws=(law("法38"), law("条40(2)", _lane), law("条41", _arrow)),
    rule=_rule,
    situation=Situation.SIGNAL,
    cause="1302",
    source="EQ17 [S:W6]",
    examples=(
        Example(
            "左转箭头红灯时左转",
            "Turns left against a red arrow",
            scene(
                car("A", "LEFT_TURN", "FRONT_RIGHT", signal="red", other_came_from="opposite"),
                car("B", "STRAIGHT", "FRONT_LEFT", signal="green"),
                control="arrows",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "驶入红叉车道",
            "Drives in a lane closed by a red cross",
            scene(
                car("A", "STRAIGHT", "FRONT", against_lane_signal=True, side_of_road="own"),
                car("B", "STRAIGHT", "FRONT", side_of_road="own"),
            ),
            outcome(A="FULL", B="NONE"),
        ),
    ),
)
