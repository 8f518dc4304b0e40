"""IX-09: cuts the corner on a left turn."""

from ..vocabulary import Control, Movement, Situation
from ._logic import Finding, negate, staged
from ._pair import NORMAL, Pair
from ._scenario import Certainty, Example, Scenario, car, law, outcome, scene

_LEFT = frozenset({Movement.LEFT_TURN})


def _rule(p: Pair) -> Finding:
    return staged(
        p.kinds("MV", "MV NMV"),
        p.said(p.actor, "cut_corner"),
        p.moves(p.actor, _LEFT),
        p.moves(p.other, NORMAL),
        negate(p.hit_from_behind()),
    )


def _unsignalled(p: Pair) -> Finding:
    return p.place_said("control", Control.NONE, Control.SIGNS, Control.MARKINGS)


SCENARIO = Scenario(
    code="IX-09",
    zh="左转弯未靠路口中心点左侧转弯",
    en="cuts the corner in turning left",
    rule_zh="向左转弯时应当靠路口中心点左侧转弯；抢切转弯发生碰撞的，转弯一方承担全部责任，对方也有过错的按双方过错"
    "认定。",
    rule_en="A left turn passes to the left of the middle of the junction; whoever cuts the corner and "
    "collides bears full liability, less if the other was at fault too.",
    laws=(law("条51(3)"), law("条52", _unsignalled)),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="1209",
    source="own knowledge",
    certainty=Certainty.OWN_KNOWLEDGE,
    note="A city may grade PRIMARY/SECONDARY instead. Article 52 of the Regulation refers to this item"
    " for junctions without signals.",
    special=True,
    examples=(
        Example(
            "左转抢切撞上横向道路停车等候的车辆",
            "Cuts the corner into a car waiting in the road it turns into",
            scene(
                car("A", "LEFT_TURN", "FRONT_LEFT", cut_corner=True),
                car("B", "STOPPED_SIGNAL", "FRONT_LEFT", rolled_back=False),
                control="signals",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "正常左转未让对向直行车，不是抢切",
            "A proper left turn which does not yield: another rule",
            scene(
                car(
                    "A",
                    "LEFT_TURN",
                    "FRONT_RIGHT",
                    other_came_from="opposite",
                    signal="green",
                    cut_corner=False,
                ),
                car("B", "STRAIGHT", "FRONT_LEFT", signal="green"),
                control="signals",
            ),
            outcome(A="FULL", B="NONE"),
            fires=False,
        ),
    ),
)
