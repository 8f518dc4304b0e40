"""MT-05: on a narrow mountain road the one on the side of the rock does not let the other pass."""

from ..vocabulary import MeetingRoad, Situation
from ._logic import Finding, staged
from ._meeting import narrow, opposed
from ._pair import Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    return staged(narrow(p, MeetingRoad.NARROW_MOUNTAIN), opposed(p, p.actor, "along_the_rock"))


SCENARIO = Scenario(
    code="MT-05",
    zh="在狭窄的山路靠山体的一方未让不靠山体的一方先行",
    en="drives along the rock of a narrow mountain road without letting the other pass",
    rule_zh="在狭窄的山路会车，不靠山体的一方先行；靠山体一方未让的承担全部责任。",
    rule_en="On a narrow mountain road the one on the outer side goes first; whoever drives along the "
    "rock without yielding bears full liability.",
    laws=(law("条48(4)"),),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="1103",
    source="BJ11 [S:W3]",
    examples=(
        Example(
            "窄山路靠山体车未让临崖车",
            "On a mountain road the car along the rock does not yield",
            scene(
                car("A", "STRAIGHT", "LEFT", side_of_road="no_room", along_the_rock=True),
                car("B", "STRAIGHT", "LEFT", side_of_road="own"),
                meeting_road="narrow_mountain",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "山路有中心线，谁越线不明，不能提出意见",
            "The road had a centre line and both say they kept right of it: no proposal",
            scene(
                car("A", "STRAIGHT", "LEFT", side_of_road="own", along_the_rock=True),
                car("B", "STRAIGHT", "LEFT", side_of_road="own"),
                meeting_road="centre_line",
            ),
            None,
            fires=False,
        ),
    ),
)
