"""PD-03: a pedestrian crosses against the signal or beside the crosswalk."""

from ..vocabulary import Situation, WalkerPlace
from ._logic import Finding, all_of, any_of
from ._pair import Pair
from ._rider import DID_NOT_AVOID, MOVING_ON, walks_against_red
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    wrong = any_of(_beside(p), walks_against_red(p))
    return all_of(p.kinds("PEDESTRIAN", "MV NMV"), p.moves(p.other, MOVING_ON), wrong)


def _beside(p: Pair) -> Finding:
    return p.known(p.actor, "walker_place", WalkerPlace.BESIDE_CROSSWALK)


SCENARIO = Scenario(
    code="PD-03",
    zh="违反交通信号或者未走人行横道、过街设施横过道路",
    en="crosses against the signal or beside the crosswalk",
    rule_zh="行人横过道路应当走人行横道或者过街设施并按照信号灯通行；违反的，承担主要责任，驾驶人已及时避"
    "让的，行人"
    "承担全部责任。",
    rule_en="Pedestrians cross on crosswalks or by footbridges and obey the signals; whoever does not "
    "bears primary "
    "liability, and full liability if the driver did what he could.",
    laws=(law("法62"), law("条75", _beside), law("条39(2)", walks_against_red)),
    rule=_rule,
    situation=Situation.OTHER,
    cause="3001",
    source="法62, 条75 [S:L2,L3]",
    other_fault=DID_NOT_AVOID,
    note="The form has 3005 for one who did not use the crosswalk. One who entered on green may finish "
    "crossing (条39).",
    examples=(
        Example(
            "行人闯红灯，汽车未减速避让",
            "A pedestrian walks on red, and the car had not slowed",
            scene(
                car("A", "STRAIGHT", "FRONT", signal="green", avoided=False),
                car("B", None, kind="PEDESTRIAN", walker_place="crosswalk", walk_signal="red"),
                control="signals",
            ),
            outcome(A="SECONDARY", B="PRIMARY"),
        ),
        Example(
            "行人在过街天桥旁横穿，汽车已及时制动",
            "A pedestrian crosses beside a footbridge, and the car had braked at once",
            scene(
                car("A", "STRAIGHT", "FRONT", avoided=True),
                car("B", None, kind="PEDESTRIAN", walker_place="beside_crosswalk"),
                control="no_junction",
            ),
            outcome(A="NONE", B="FULL"),
        ),
        Example(
            "行人绿灯走人行横道，汽车应当让行",
            "The pedestrian walked on green on the crosswalk: the driver had to yield",
            scene(
                car("A", "STRAIGHT", "FRONT", signal="red", avoided=False),
                car("B", None, kind="PEDESTRIAN", walker_place="crosswalk", walk_signal="green"),
                control="signals",
            ),
            outcome(A="FULL", B="NONE"),
            fires=False,
        ),
        Example(
            "驾驶人有无避让不明，不能提出意见",
            "Nobody said whether the driver braked: no proposal",
            scene(
                car("A", "STRAIGHT", "FRONT"),
                car("B", None, kind="PEDESTRIAN", walker_place="beside_crosswalk"),
                control="no_junction",
            ),
            None,
            fires=False,
        ),
    ),
)
