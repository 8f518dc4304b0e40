"""NM-11: a motor vehicle drives in the bicycle lane and hits a rider."""

from ..vocabulary import RiderPlace, Situation
from ._logic import Finding, all_of
from ._pair import Pair
from ._rider import overtakes_rider, rides, steady
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    return all_of(overtakes_rider(p), rides(p, RiderPlace.OWN_LANE), steady(p))


SCENARIO = Scenario(
    code="NM-11",
    zh="驾驶机动车驶入非机动车道",
    en="drives into the bicycle lane",
    rule_zh="机动车、非机动车分道通行；机动车驶入非机动车道碰撞非机动车的，承担全部责任。",
    rule_en="Motor vehicles and riders keep to their own lanes; a driver who enters the bicycle lane and "
    "hits a "
    "rider bears full liability.",
    laws=(law("法36"),),
    rule=_rule,
    situation=Situation.OTHER,
    cause="1018",
    source="NB 2.1.1.1.1 (primary or more) [S:W9]; Beijing 2005 list",
    examples=(
        Example(
            "汽车借非机动车道行驶，从后面碰撞自行车",
            "A car uses the bicycle lane and hits a bicycle from behind",
            scene(
                car("A", "STRAIGHT", "FRONT"),
                car("B", "STRAIGHT", "REAR", kind="NMV", rider_place="own_lane", sudden_change=False),
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "骑车人突然从非机动车道拐出，汽车已制动：不适用本条",
            "The rider suddenly swerved out of the bicycle lane and the car had braked: not this rule",
            scene(
                car("A", "STRAIGHT", "FRONT", avoided=True),
                car("B", "STRAIGHT", "REAR", kind="NMV", rider_place="own_lane", sudden_change=True),
            ),
            outcome(A="NONE", B="FULL"),
            fires=False,
        ),
    ),
)
