"""OT-02: overtakes although it may meet oncoming traffic."""

from ..vocabulary import CameFrom, Movement, RoadSide, Situation
from ._logic import Finding, negate, staged
from ._overtaking import OVERTAKING
from ._pair import Pair
from ._scenario import Example, Scenario, car, law, outcome, scene

_ON = OVERTAKING | {Movement.STRAIGHT}


def _rule(p: Pair) -> Finding:
    back_on_own_side = p.off_side(p.actor, RoadSide.OWN)
    return staged(
        p.kinds("MV", "MV NMV"),
        p.moves(p.actor, OVERTAKING),
        p.moves(p.other, _ON),
        p.came_from(CameFrom.OPPOSITE),
        negate(back_on_own_side),
    )


SCENARIO = Scenario(
    code="OT-02",
    zh="与对面来车有会车可能时超车",
    en="overtakes although it may meet oncoming traffic",
    rule_zh="与对面来车有会车可能的，不得超车；超车时与对面来车相撞的，超车一方承担全部责任。",
    rule_en="Nobody overtakes when he may meet oncoming traffic; whoever does and collides with it bears "
    "full liability.",
    laws=(law("法43(2)"),),
    rule=_rule,
    situation=Situation.OTHER,
    cause="1308",
    source="BJ15 [S:W3]",
    special=True,
    examples=(
        Example(
            "借对向车道超车与对面来车相撞",
            "Overtakes in the oncoming lane and meets a car there",
            scene(
                car("A", "OVERTAKING", "FRONT", side_of_road="over_centre"),
                car("B", "STRAIGHT", "FRONT", side_of_road="own"),
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "在本方车道内超车，对面来车越过中心线：责任在对方",
            "Overtakes on its own side, and the oncoming car crosses the centre",
            scene(
                car("A", "OVERTAKING", "LEFT", side_of_road="own"),
                car("B", "STRAIGHT", "LEFT", side_of_road="over_centre"),
            ),
            outcome(A="NONE", B="FULL"),
            fires=False,
        ),
        Example(
            "双方各在道路何侧不明，不能提出意见",
            "Nobody knows who was on which side: no proposal",
            scene(car("A", "OVERTAKING", "FRONT"), car("B", "STRAIGHT", "FRONT")),
            None,
            fires=False,
        ),
    ),
)
