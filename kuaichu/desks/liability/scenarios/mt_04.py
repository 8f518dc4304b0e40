"""MT-04: on a narrow slope the one going up does not let pass the other who is half-way down."""

from ..vocabulary import MeetingRoad, Situation
from ._logic import Finding, staged
from ._meeting import narrow, opposed
from ._pair import Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    up = opposed(p, p.actor, "went_uphill")
    return staged(narrow(p, MeetingRoad.NARROW_SLOPE), up, p.known(p.other, "half_way_down"))


SCENARIO = Scenario(
    code="MT-04",
    zh="在狭窄的坡路上坡的一方未让已行至中途的下坡车先行",
    en="goes up a narrow slope without letting the one pass who is half-way down",
    rule_zh="下坡的一方已行至中途而上坡的一方未上坡时，下坡的一方先行；上坡一方未让的承担全部责任。",
    rule_en="If the one coming down is half-way and the other has not begun to climb, he goes first; "
    "whoever climbs all the same bears full liability.",
    laws=(law("条48(3)"),),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="1103",
    source="BJ10 [S:W3]",
    examples=(
        Example(
            "下坡车已行至中途，上坡车仍驶入窄坡",
            "Starts to climb although the other is half-way down",
            scene(
                car("A", "STRAIGHT", "FRONT", side_of_road="no_room", went_uphill=True),
                car("B", "STRAIGHT", "FRONT", side_of_road="no_room", half_way_down=True),
                meeting_road="narrow_slope",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "下坡车尚未行至中途：由下坡车让行",
            "The other was not half-way yet: the one coming down yields",
            scene(
                car("A", "STRAIGHT", "FRONT", side_of_road="no_room", went_uphill=True),
                car("B", "STRAIGHT", "FRONT", side_of_road="no_room", half_way_down=False),
                meeting_road="narrow_slope",
            ),
            outcome(A="NONE", B="FULL"),
            fires=False,
        ),
    ),
)
