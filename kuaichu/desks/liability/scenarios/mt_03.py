"""MT-03: on a narrow slope the one going down does not let the one going up pass."""

from ..vocabulary import MeetingRoad, Situation
from ._logic import Finding, negate, staged
from ._meeting import narrow, opposed
from ._pair import Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    down = negate(opposed(p, p.actor, "went_uphill"))
    return staged(narrow(p, MeetingRoad.NARROW_SLOPE), down, negate(p.known(p.actor, "half_way_down")))


SCENARIO = Scenario(
    code="MT-03",
    zh="在狭窄的坡路下坡的一方未让上坡的一方先行",
    en="goes down a narrow slope without letting the one going up pass",
    rule_zh="在狭窄的坡路会车，上坡的一方先行；下坡一方未让的承担全部责任。",
    rule_en="On a narrow slope the one going up goes first; whoever comes down without yielding bears full "
    "liability.",
    laws=(law("条48(3)"),),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="1103",
    source="BJ10 [S:W3]",
    examples=(
        Example(
            "窄坡路下坡车与上坡车相撞",
            "On a narrow slope the car coming down meets one going up",
            scene(
                car("A", "STRAIGHT", "FRONT", side_of_road="no_room", went_uphill=False, half_way_down=False),
                car("B", "STRAIGHT", "FRONT", side_of_road="no_room"),
                meeting_road="narrow_slope",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "谁上坡谁下坡不明，不能提出意见",
            "Nobody said who was going up: no proposal",
            scene(
                car("A", "STRAIGHT", "FRONT", side_of_road="no_room", half_way_down=False),
                car("B", "STRAIGHT", "FRONT", side_of_road="no_room", half_way_down=False),
                meeting_road="narrow_slope",
            ),
            None,
            fires=False,
        ),
    ),
)
