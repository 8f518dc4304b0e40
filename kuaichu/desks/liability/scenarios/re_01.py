"""RE-01: rear-ends the vehicle ahead."""

from ..vocabulary import Situation
from ._logic import Finding, all_of, negate
from ._pair import WAITING, Pair
from ._rear_end import ahead, follows
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    return all_of(follows(p), negate(p.moves(p.other, WAITING)), ahead(p), negate(p.unlit_at_night(p.other)))


SCENARIO = Scenario(
    code="RE-01",
    zh="追尾前车",
    en="rear-ends the vehicle ahead",
    rule_zh="同车道行驶，后车应与前车保持足以采取紧急制动措施的安全距离；追尾前车的，后车承担全部责任。",
    rule_en="In one lane the vehicle behind keeps a distance which lets it stop; if it runs into the "
    "vehicle ahead, it bears full liability.",
    laws=(law("法43"),),
    rule=_rule,
    situation=Situation.REAR_END,
    cause="1094",
    source="BJ1, HN1, SD [S:W3,W8,G7]",
    examples=(
        Example(
            "早高峰小客车追尾前方行驶的公交车",
            "A car runs into the back of a bus in the morning traffic",
            scene(car("A", "STRAIGHT", "FRONT"), car("B", "STRAIGHT", "REAR"), light="day"),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "变道进入后已正常行驶一段距离的前车被追尾",
            "The car ahead had changed lanes some time ago and was straight in the lane",
            scene(
                car("A", "STRAIGHT", "FRONT"),
                car("B", "LANE_CHANGE_LEFT", "REAR_LEFT", settled_in_lane=True),
                light="day",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "前车倒车撞上后车，不是追尾",
            "The car ahead reverses into the car behind: not a rear-end collision",
            scene(car("A", "STRAIGHT", "FRONT"), car("B", "REVERSING", "REAR"), light="day"),
            outcome(A="NONE", B="FULL"),
            fires=False,
        ),
        Example(
            "夜间前车尾灯是否开启不明，不能提出意见",
            "At night, and nobody knows about the lights of the car ahead: no proposal",
            scene(car("A", "STRAIGHT", "FRONT"), car("B", "STRAIGHT", "REAR"), light="night_unlit"),
            None,
            fires=False,
        ),
    ),
)
