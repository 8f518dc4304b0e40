"""IX-07: released later, hits one released earlier and still inside the junction."""

from ..vocabulary import CameFrom, Control, Signal, Situation
from ._logic import Finding, all_of, negate
from ._pair import Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    across = p.came_from(CameFrom.LEFT, CameFrom.RIGHT)
    green = all_of(p.known(p.actor, "signal", Signal.GREEN), p.known(p.other, "signal", Signal.GREEN))
    lights = p.control(Control.SIGNALS, Control.ARROWS)
    earlier = all_of(p.known(p.other, "entered_earlier"), negate(p.known(p.actor, "entered_earlier")))
    return all_of(p.kinds("MV", "MV NMV"), p.passing(), across, lights, green, earlier)


SCENARIO = Scenario(
    code="IX-07",
    zh="有灯控路口后被放行的车未让先被放行的车",
    en="does not let one released earlier clear the junction",
    rule_zh="后被放行的车应让已在路口内、先被放行的车先行；未让的承担全部责任。",
    rule_en="Whoever is released later lets those released earlier clear the junction; otherwise he "
    "bears full liability.",
    laws=(law("法38"), law("法44")),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="1210",
    source="HN6 [S:G7], W53",
    note="A city rule resting on the general duty to pass safely.",
    examples=(
        Example(
            "对方上一个绿灯进入路口尚未驶出",
            "The other entered on an earlier green and had not yet cleared",
            scene(
                car("A", "STRAIGHT", "FRONT", signal="green", entered_earlier=False),
                car("B", "STRAIGHT", "LEFT", signal="green", entered_earlier=True),
                control="signals",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "双方都称绿灯同时驶入：陈述互相矛盾，不能提出意见",
            "Both claim to have just been released on green from crossing roads: no proposal",
            scene(
                car("A", "STRAIGHT", "FRONT", signal="green", entered_earlier=False),
                car("B", "STRAIGHT", "LEFT", signal="green", entered_earlier=False),
                control="signals",
            ),
            None,
            fires=False,
        ),
    ),
)
