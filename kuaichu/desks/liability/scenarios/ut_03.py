"""UT-03: U-turn on a stretch where it is forbidden by the place."""

from ..vocabulary import Movement, Situation
from ._logic import Finding, all_of
from ._pair import NORMAL, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene
from .ut_01 import FORBIDDEN


def _rule(p: Pair) -> Finding:
    turns = all_of(p.moves(p.actor, frozenset({Movement.U_TURN})), p.moves(p.other, NORMAL))
    return all_of(p.kinds("MV", "MV NMV"), turns, p.place_said("spot", *FORBIDDEN))


SCENARIO = Scenario(
    code="UT-03",
    zh="在铁路道口、人行横道、桥梁、急弯、陡坡、隧道或者容易发生危险的路段掉头",
    en="makes a U-turn at a level crossing, crosswalk, bridge, sharp bend, steep slope or in a tunnel",
    rule_zh="在铁路道口、人行横道、桥梁、急弯、陡坡、隧道或者容易发生危险的路段不得掉头；因此发生碰撞的，掉头一方"
    "承担全部责任。",
    rule_en="U-turns are forbidden at level crossings, crosswalks, bridges, sharp bends, steep slopes, in"
    " tunnels and on dangerous stretches; whoever makes one there and collides bears full "
    "liability.",
    laws=(law("条49¶1"),),
    rule=_rule,
    situation=Situation.SIGNAL,
    cause="1045",
    source="BJ19 [S:W3]",
    special=True,
    examples=(
        Example(
            "在人行横道处掉头与直行车相撞",
            "A U-turn over a crosswalk into a car going straight",
            scene(
                car("A", "U_TURN", "LEFT", u_turn_forbidden=False),
                car("B", "STRAIGHT", "FRONT"),
                spot="crosswalk",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "隧道内且有禁止掉头标志：两项均违反",
            "In a tunnel, and against a sign as well",
            scene(
                car("A", "U_TURN", "LEFT", u_turn_forbidden=True),
                car("B", "STRAIGHT", "FRONT"),
                spot="tunnel",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "普通弯道不在禁止之列，但不得妨碍正常行驶的车辆",
            "A bend which is not sharp is not among the places; the U-turn still hinders traffic",
            scene(
                car("A", "U_TURN", "LEFT", u_turn_forbidden=False), car("B", "STRAIGHT", "FRONT"), spot="bend"
            ),
            outcome(A="FULL", B="NONE"),
            fires=False,
        ),
    ),
)
