"""OT-03: overtakes where overtaking is forbidden by the place."""

from ..vocabulary import Control, Situation, Spot
from ._logic import Finding, any_of, staged
from ._overtaking import overtakes
from ._pair import Pair
from ._scenario import Example, Scenario, car, law, outcome, scene

_JUNCTIONS = tuple(one for one in Control if one is not Control.NO_JUNCTION)
_SPOTS = (
    Spot.CROSSWALK,
    Spot.NARROW_BRIDGE,
    Spot.BEND,
    Spot.SHARP_BEND,
    Spot.STEEP_SLOPE,
    Spot.TUNNEL,
    Spot.LEVEL_CROSSING,
    Spot.BUSY,
)


def _rule(p: Pair) -> Finding:
    there = any_of(p.place_said("control", *_JUNCTIONS), p.place_said("spot", *_SPOTS))
    return staged(there, overtakes(p, kinds="MV NMV"))


SCENARIO = Scenario(
    code="OT-03",
    zh="行经铁路道口、交叉路口、窄桥、弯道、陡坡、隧道、人行横道等没有超车条件的路段超车",
    en="overtakes at a junction, level crossing, narrow bridge, bend, steep slope, tunnel or crosswalk",
    rule_zh="行经铁路道口、交叉路口、窄桥、弯道、陡坡、隧道、人行横道、市区交通流量大的路段等没有超车条件的，"
    "不得超车；因此发生碰撞的，超车一方承担全部责任。",
    rule_en="Nobody overtakes at level crossings, junctions, narrow bridges, bends, steep slopes, tunnels, "
    "crosswalks or in heavy city traffic; whoever does and collides bears full liability.",
    laws=(law("法43(4)"),),
    rule=_rule,
    situation=Situation.OTHER,
    cause="1310",
    source="BJ16, HN10 [S:W3,G7]",
    special=True,
    examples=(
        Example(
            "在交叉路口超车刮擦前车",
            "Overtakes at a junction and scrapes the car ahead",
            scene(car("A", "OVERTAKING", "RIGHT"), car("B", "STRAIGHT", "LEFT"), control="signals"),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "在隧道内从右侧挤过",
            "Squeezes past in a tunnel",
            scene(
                car("A", "OVERTAKING", "FRONT_LEFT", other_came_from="same"),
                car("B", "STRAIGHT", "RIGHT"),
                spot="tunnel",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "普通路段超车后驶回过早，适用另一条款",
            "An ordinary stretch: cutting back too early is another rule",
            scene(
                car("A", "OVERTAKING", "RIGHT"),
                car("B", "STRAIGHT", "LEFT"),
                control="no_junction",
                spot="ordinary",
            ),
            outcome(A="FULL", B="NONE"),
            fires=False,
        ),
    ),
)
