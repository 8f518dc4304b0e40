"""EQ-00: both have faults of the same class, whatever they are."""

from ..grades import Grade
from ..vocabulary import Situation
from ._logic import ALWAYS
from ._scenario import Example, Scenario, Scope, car, law, outcome, scene

SCENARIO = Scenario(
    code="EQ-00",
    zh="双方均有同类过错，对事故发生的作用相当",
    en="both have faults of the same class, which weigh alike",
    rule_zh="双方都有导致交通事故的同类过错的，按各自违反的规定认定，承担同等责任。",
    rule_en="If both have faults of the same class which led to the collision, each for the rule he "
    "broke, they are equally liable.",
    laws=(law("D146 60¶1(2)"),),
    rule=lambda _: ALWAYS,
    situation=Situation.OTHER,
    cause="",
    source="Beijing list of equal cases [S:W6]; city rule around the 43 circumstances [S:W3]",
    fault_class=None,
    grades=(Grade.EQUAL, Grade.EQUAL),
    scope=Scope.OUTCOME,
    note="It names the outcome; the faults are those of the scenarios found. A city may leave such "
    "cases to the officer (Ningbo decides by who was static and who changed suddenly).",
    examples=(
        Example(
            "一方变更车道，对方越过禁止标线",
            "One changes lanes, the other crosses a forbidden line",
            scene(
                car("A", "LANE_CHANGE_LEFT", "LEFT"),
                car("B", "STRAIGHT", "FRONT_RIGHT", crossed_forbidden_line=True),
            ),
            outcome(A="EQUAL", B="EQUAL"),
        ),
        Example(
            "一方变更车道，对方只是超速：过错不同类",
            "One changes lanes, the other was only too fast: not of the same class",
            scene(
                car("A", "LANE_CHANGE_LEFT", "LEFT"),
                car("B", "STRAIGHT", "FRONT_RIGHT", speeding=True),
            ),
            outcome(A="PRIMARY", B="SECONDARY"),
            fires=False,
        ),
        Example(
            "双方各在路中何侧不明：不能因此认定同等责任",
            "Who was on which side is open: that never makes both equal",
            scene(car("A", "STRAIGHT", "FRONT"), car("B", "STRAIGHT", "FRONT")),
            None,
            fires=False,
        ),
    ),
)
