"""RB-01: enters a roundabout without yielding."""

from ..vocabulary import CameFrom, Control, Situation
from ._logic import Finding, all_of, any_of, negate, staged
from ._pair import PASSING_THROUGH, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    moving = all_of(p.moves(p.actor, PASSING_THROUGH), p.moves(p.other, PASSING_THROUGH))
    entering, inside = negate(p.known(p.actor, "inside_roundabout")), p.known(p.other, "inside_roundabout")
    at = p.control(Control.ROUNDABOUT)
    aside = negate(any_of(p.hit_from_behind(), p.strikes_rear(), p.oncoming(), p.came_from(CameFrom.SAME)))
    return staged(p.kinds("MV", "MV NMV"), moving, at, aside, entering, inside)


SCENARIO = Scenario(
    code="RB-01",
    zh="进入环形路口未让已在路口内的机动车",
    en="enters a roundabout without yielding to those inside",
    rule_zh="准备进入环形路口的应让已在路口内的车辆先行；未让的承担全部责任。",
    rule_en="Whoever enters a roundabout yields to those inside; otherwise he bears full liability.",
    laws=(law("条51(2)"), law("条52")),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="1312",
    source="BJ12, SD4 [S:W3,W8]",
    note="Article 52 of the Regulation refers to this item for junctions without signals.",
    examples=(
        Example(
            "进环岛与环内车相撞",
            "Enters the roundabout into a car inside",
            scene(
                car("A", "STRAIGHT", "FRONT", inside_roundabout=False),
                car("B", "STRAIGHT", "RIGHT", inside_roundabout=True),
                control="roundabout",
            ),
            outcome(A="FULL", B="NONE"),
        ),
    ),
)
