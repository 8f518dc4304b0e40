"""NM-09: a motor vehicle turning right does not yield to a rider going straight beside it."""

from ..vocabulary import CameFrom, Control, Movement, Signal, Situation
from ._logic import Finding, all_of, any_of, negate
from ._pair import Pair
from ._scenario import Example, Scenario, car, law, outcome, scene

_JUNCTION = (Control.SIGNALS, Control.ARROWS)
_FREE = (Control.NONE, Control.SIGNS, Control.MARKINGS)


def _rule(p: Pair) -> Finding:
    right = p.moves(p.actor, frozenset({Movement.RIGHT_TURN}))
    straight = p.moves(p.other, frozenset({Movement.STRAIGHT}))
    released = all_of(p.control(*_JUNCTION), negate(p.known(p.other, "signal", Signal.RED)))
    free = p.control(*_FREE, Control.NO_JUNCTION)
    beside = p.came_from(CameFrom.SAME)
    return all_of(p.kinds("MV", "NMV"), right, straight, beside, any_of(free, released))


SCENARIO = Scenario(
    code="NM-09",
    zh="右转弯未让直行的非机动车先行",
    en="turns right across a rider going straight",
    rule_zh="机动车右转弯应当让直行的非机动车先行；未让行的，承担全部责任。",
    rule_en="A driver turning right lets riders going straight beside him pass first; whoever does not "
    "bears full "
    "liability.",
    laws=(
        law("条51(7)", lambda p: p.control(*_JUNCTION)),
        law("条52(3)", lambda p: p.control(*_FREE)),
        law("法38", lambda p: p.control(Control.NO_JUNCTION)),
    ),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="1313",
    source="BJ8-type [S:W3]",
    examples=(
        Example(
            "绿灯右转汽车与右侧直行电动自行车相撞",
            "On green a car turns right into an electric bicycle going straight beside it",
            scene(
                car("A", "RIGHT_TURN", "RIGHT", other_came_from="same", signal="green"),
                car("B", "STRAIGHT", "FRONT", kind="NMV", signal="green"),
                control="signals",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "右转驶入路边单位",
            "Turns right into premises at the roadside",
            scene(
                car("A", "RIGHT_TURN", "RIGHT", other_came_from="same"),
                car("B", "STRAIGHT", "FRONT", kind="NMV"),
                control="no_junction",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "骑车人闯红灯直行，不适用本条",
            "The rider went straight on red: not this rule",
            scene(
                car("A", "RIGHT_TURN", "RIGHT", other_came_from="same", signal="red"),
                car("B", "STRAIGHT", "FRONT", kind="NMV", signal="red"),
                control="signals",
            ),
            None,
            fires=False,
        ),
    ),
)
