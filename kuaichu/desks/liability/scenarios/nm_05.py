"""NM-05: a motor vehicle runs into a rider going on steadily ahead."""

from ..vocabulary import RiderPlace, Situation
from ._logic import Finding, all_of
from ._pair import Pair
from ._rider import overtakes_rider, rides, steady
from ._scenario import Example, OtherFault, Scenario, car, law, outcome, scene

_BESIDE = (RiderPlace.ROADSIDE, RiderPlace.MOTOR_LANE)


def _rule(p: Pair) -> Finding:
    return all_of(overtakes_rider(p), rides(p, *_BESIDE), steady(p))


def _in_motor_lane(p: Pair) -> Finding:
    return rides(p, RiderPlace.MOTOR_LANE)


SCENARIO = Scenario(
    code="NM-05",
    zh="未确保安全，碰撞前方同向行驶的非机动车",
    en="runs into a rider going the same way",
    rule_zh="机动车碰撞前方平稳行驶的非机动车的，机动车承担全部责任；非机动车违法在机动车道内行驶的，机动"
    "车承担主要"
    "责任、非机动车承担次要责任。",
    rule_en="A driver who runs into a rider going on steadily ahead bears full liability, and primary "
    "liability if "
    "the rider rode in the motor lane although he must not.",
    laws=(law("法22¶1"),),
    rule=_rule,
    situation=Situation.OTHER,
    cause="2009",
    source="NB 2.1.1.1.2 [S:W9]",
    other_fault=OtherFault(
        "B-LANE",
        "驾驶非机动车未在非机动车道内或者靠车行道右侧行驶",
        "rides in the motor lane",
        (law("法57"),),
        _in_motor_lane,
    ),
    note="The cause code is that of the rider in the motor lane; the form has none for the driver.",
    examples=(
        Example(
            "汽车从后面碰撞在机动车道内平稳骑行的电动自行车",
            "A car hits an electric bicycle from behind which rides steadily in the motor lane",
            scene(
                car("A", "STRAIGHT", "FRONT"),
                car("B", "STRAIGHT", "REAR", kind="NMV", rider_place="motor_lane", sudden_change=False),
            ),
            outcome(A="PRIMARY", B="SECONDARY"),
        ),
        Example(
            "没有非机动车道，骑车人靠右行驶",
            "No bicycle lane, the rider kept to the right edge",
            scene(
                car("A", "STRAIGHT", "FRONT"),
                car("B", "STRAIGHT", "REAR", kind="NMV", rider_place="roadside", sudden_change=False),
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "骑车人有突变行为，不适用本条",
            "The rider swerved: another rule",
            scene(
                car("A", "STRAIGHT", "FRONT"),
                car("B", "STRAIGHT", "REAR", kind="NMV", rider_place="motor_lane", sudden_change=True),
            ),
            outcome(A="EQUAL", B="EQUAL"),
            fires=False,
        ),
        Example(
            "骑车人在哪里骑行不明，不能提出意见",
            "Nobody said where the rider was: no proposal",
            scene(
                car("A", "STRAIGHT", "FRONT"),
                car("B", "STRAIGHT", "REAR", kind="NMV", sudden_change=False),
            ),
            None,
            fires=False,
        ),
    ),
)
