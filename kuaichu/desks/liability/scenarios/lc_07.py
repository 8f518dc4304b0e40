"""LC-07: pulls out from the kerb."""

from ..vocabulary import Movement, Situation
from ._logic import Finding, all_of, negate
from ._pair import NORMAL, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    leaves = p.moves(p.actor, frozenset({Movement.LEAVING_KERB}))
    long_since = all_of(p.hit_from_behind(), p.settled(p.actor))
    return all_of(p.kinds("MV", "MV NMV"), leaves, p.moves(p.other, NORMAL), negate(long_since))


SCENARIO = Scenario(
    code="LC-07",
    zh="起步驶离路边未让正常行驶的车辆",
    en="pulls out from the kerb into moving traffic",
    rule_zh="车辆起步驶离停车地点，应当开启转向灯并让正常行驶的车辆先行；未让的承担全部责任。",
    rule_en="Whoever pulls out from the kerb signals and yields to moving traffic; otherwise he "
    "bears full liability.",
    laws=(law("法38"), law("条57(1)", lambda p: p.said(p.actor, "no_turn_signal"))),
    rule=_rule,
    situation=Situation.LANE_CHANGE,
    cause="1225",
    source="HN18 [S:G7]",
    note="Within the first metres. Article 57(1) is about the indicator and cited when none was given.",
    examples=(
        Example(
            "路边起步刮擦直行车",
            "Starts from the kerb and scrapes a passing car",
            scene(car("A", "LEAVING_KERB", "FRONT_LEFT"), car("B", "STRAIGHT", "RIGHT")),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "起步后早已正常行驶，被后车追尾",
            "Long since in the lane, then hit from behind",
            scene(
                car("A", "LEAVING_KERB", "REAR", settled_in_lane=True),
                car("B", "STRAIGHT", "FRONT"),
                light="day",
            ),
            outcome(A="NONE", B="FULL"),
            fires=False,
        ),
    ),
)
