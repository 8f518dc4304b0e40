"""PD-02: a driver does not give way to a pedestrian crossing a road without signals."""

from ..vocabulary import Control, Situation, WalkerPlace
from ._logic import Finding, all_of
from ._pair import Pair
from ._rider import MOVING_ON
from ._scenario import Example, OtherFault, Scenario, car, law, outcome, scene

_NO_SIGNAL = (Control.NO_JUNCTION, Control.NONE, Control.SIGNS, Control.MARKINGS, Control.ROUNDABOUT)


def _rule(p: Pair) -> Finding:
    crossing = p.known(p.other, "walker_place", WalkerPlace.NO_CROSSWALK)
    return all_of(p.kinds("MV", "PEDESTRIAN"), p.moves(p.actor, MOVING_ON), crossing, p.control(*_NO_SIGNAL))


def _dashed(p: Pair) -> Finding:
    return p.known(p.other, "sudden_change")


SCENARIO = Scenario(
    code="PD-02",
    zh="行经没有交通信号的道路未避让横过道路的行人",
    en="does not give way to a pedestrian crossing a road without signals",
    rule_zh="机动车行经没有交通信号的道路，遇行人横过道路应当避让；未避让的，承担全部责任，行人突然加速横"
    "穿或者中途"
    "倒退、折返的，机动车承担主要责任、行人承担次要责任。",
    rule_en="On roads without signals drivers give way to people crossing; whoever does not bears full "
    "liability, "
    "and primary liability if the pedestrian dashed out or turned back.",
    laws=(law("法47¶2"),),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="1206",
    source="法47¶2 [S:L2]",
    other_fault=OtherFault(
        "B-DASH",
        "横过机动车道时在车辆临近时突然加速横穿或者中途倒退、折返",
        "dashed across or turned back in front of a vehicle",
        (law("条75"),),
        _dashed,
    ),
    examples=(
        Example(
            "无信号、无人行横道的路段，汽车碰到横过道路的行人",
            "A car hits a pedestrian crossing where there is neither signal nor crosswalk",
            scene(
                car("A", "STRAIGHT", "FRONT"),
                car("B", None, kind="PEDESTRIAN", walker_place="no_crosswalk", sudden_change=False),
                control="no_junction",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "行人在车辆临近时突然加速横穿",
            "The pedestrian dashed across in front of the car",
            scene(
                car("A", "STRAIGHT", "FRONT"),
                car("B", None, kind="PEDESTRIAN", walker_place="no_crosswalk", sudden_change=True),
                control="no_junction",
            ),
            outcome(A="PRIMARY", B="SECONDARY"),
        ),
        Example(
            "行人在哪里横过不明，不能提出意见",
            "Nobody said where the pedestrian crossed: no proposal",
            scene(car("A", "STRAIGHT", "FRONT"), car("B", None, kind="PEDESTRIAN"), control="no_junction"),
            None,
            fires=False,
        ),
    ),
)
