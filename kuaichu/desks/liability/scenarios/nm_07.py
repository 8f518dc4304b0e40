"""NM-07: a rider passes what blocks the bicycle lane and the driver behind does not yield."""

from ..vocabulary import RiderPlace, Situation
from ._logic import Finding, all_of
from ._pair import Pair
from ._rider import overtakes_rider, rides
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    return all_of(overtakes_rider(p), rides(p, RiderPlace.AROUND))


SCENARIO = Scenario(
    code="NM-07",
    zh="未让因非机动车道被占用而借用机动车道的非机动车",
    en="does not yield to a rider passing what blocks the bicycle lane",
    rule_zh="非机动车道被占用的，非机动车可以在受阻路段借用相邻的机动车道，机动车应当减速让行；未让行的，"
    "承担主要以上"
    "责任，造成占道的一方有过错的另行承担次要责任。",
    rule_en="Where something blocks the bicycle lane riders may pass in the next motor lane and drivers "
    "slow down "
    "and yield; whoever does not bears primary or full liability, and one who blocked the lane wrongly "
    "bears the "
    "rest.",
    laws=(law("条70¶2"),),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="",
    source="NB [S:W9]",
    note="Whoever blocked the bicycle lane is not part of this contact: add him as a party and let the "
    "officer grade.",
    examples=(
        Example(
            "自行车绕过占道施工被后方汽车碰撞",
            "A bicycle passes a work site in its lane and is hit by a car from behind",
            scene(
                car("A", "STRAIGHT", "FRONT_RIGHT"),
                car("B", "STRAIGHT", "REAR_LEFT", kind="NMV", rider_place="around", sudden_change=False),
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "绕行时突然猛拐，双方均有过错",
            "The rider swerved out suddenly as well: both at fault",
            scene(
                car("A", "STRAIGHT", "FRONT_RIGHT", avoided=True),
                car("B", "STRAIGHT", "REAR_LEFT", kind="NMV", rider_place="around", sudden_change=True),
            ),
            outcome(A="EQUAL", B="EQUAL"),
        ),
        Example(
            "非机动车道没有被占用，不适用本条",
            "Nothing blocked the bicycle lane: another rule",
            scene(
                car("A", "STRAIGHT", "FRONT_RIGHT"),
                car("B", "STRAIGHT", "REAR_LEFT", kind="NMV", rider_place="motor_lane", sudden_change=False),
            ),
            outcome(A="PRIMARY", B="SECONDARY"),
            fires=False,
        ),
    ),
)
