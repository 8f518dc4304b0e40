"""IX-12: passes the junction out of order when the light lets traffic go."""

from ..vocabulary import Situation
from ._logic import Finding, negate, staged
from ._pair import NORMAL, ONWARD, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    return staged(
        p.kinds("MV", "MV NMV"),
        p.said(p.actor, "out_of_order"),
        p.moves(p.actor, ONWARD),
        p.moves(p.other, NORMAL),
        negate(p.hit_from_behind()),
    )


SCENARIO = Scenario(
    code="IX-12",
    zh="遇放行信号时未依次通过路口",
    en="passes the junction out of order when the light lets traffic go",
    rule_zh="通过有信号灯的路口，遇放行信号时应当依次通过；不依次通过发生碰撞的承担全部责任。",
    rule_en="When the light lets traffic go vehicles pass one after the other; whoever does not wait for "
    "his turn and collides bears full liability.",
    laws=(law("条51(4)"),),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="1210",
    source="SD3 [S:W8]",
    special=True,
    examples=(
        Example(
            "绿灯放行时从旁抢到前车前面",
            "On green pushes past the car in front of it",
            scene(
                car("A", "STRAIGHT", "FRONT_LEFT", out_of_order=True),
                car("B", "STOPPED_SIGNAL", "RIGHT", rolled_back=False),
                control="signals",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "依次通过时追尾前车，不是抢行",
            "Follows in turn and runs into the car ahead: not out of order",
            scene(
                car("A", "STRAIGHT", "FRONT", out_of_order=False),
                car("B", "STRAIGHT", "REAR"),
                control="signals",
                light="day",
            ),
            outcome(A="FULL", B="NONE"),
            fires=False,
        ),
    ),
)
