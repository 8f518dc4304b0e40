"""RE-05: rear-ends an unlit vehicle at night."""

from ..vocabulary import Situation
from ._logic import Finding, all_of
from ._pair import Pair
from ._rear_end import ahead, follows
from ._scenario import Example, OtherFault, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    return all_of(follows(p), ahead(p), p.unlit_at_night(p.other))


SCENARIO = Scenario(
    code="RE-05",
    zh="夜间追尾未开启后位灯的前车",
    en="rear-ends an unlit vehicle at night",
    rule_zh="夜间前车没有尾灯而被追尾的，后车承担主要责任，前车承担次要责任。",
    rule_en="If the vehicle ahead shows no rear lights at night, the one behind bears primary and "
    "the one ahead secondary liability.",
    laws=(law("法43"),),
    rule=_rule,
    situation=Situation.REAR_END,
    cause="1094",
    source="six rear-end cases, no. 2 [S:W49]",
    other_fault=OtherFault(
        "B-TAIL",
        "夜间行驶未开启后位灯或者后位灯失效",
        "no working rear lights at night",
        (law("法21"), law("条58", lambda p: p.place("light", "night_unlit"))),
    ),
    note="Article 58 of the Regulation speaks of night without street lights: cited only there.",
    examples=(
        Example(
            "夜间追尾无尾灯车辆",
            "At night into a car without rear lights",
            scene(
                car("A", "STRAIGHT", "FRONT"),
                car("B", "STRAIGHT", "REAR", tail_lights_on=False),
                light="night_unlit",
            ),
            outcome(A="PRIMARY", B="SECONDARY"),
        ),
        Example(
            "夜间前车灯光正常",
            "At night, but the car ahead was lit",
            scene(
                car("A", "STRAIGHT", "FRONT"),
                car("B", "STRAIGHT", "REAR", tail_lights_on=True),
                light="night_lit",
            ),
            outcome(A="FULL", B="NONE"),
            fires=False,
        ),
    ),
)
