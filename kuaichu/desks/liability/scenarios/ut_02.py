"""UT-02: U-turn where it is forbidden."""

from ..vocabulary import Movement, Situation
from ._logic import Finding, all_of
from ._pair import NORMAL, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    turns = all_of(p.moves(p.actor, frozenset({Movement.U_TURN})), p.moves(p.other, NORMAL))
    return all_of(p.kinds("MV", "MV NMV"), turns, p.known(p.actor, "u_turn_forbidden"))


SCENARIO = Scenario(
    code="UT-02",
    zh="在禁止掉头或者禁止左转弯的地点掉头",
    en="makes a U-turn where it is forbidden",
    rule_zh="在有禁止掉头、禁止左转弯标志标线的地点不得掉头；因此发生碰撞的，掉头一方承担全部责任。",
    rule_en="U-turns are forbidden where a sign or marking forbids them or a left turn; whoever "
    "makes one and collides bears full liability.",
    laws=(law("条49¶1"),),
    rule=_rule,
    situation=Situation.SIGNAL,
    cause="1044",
    source="BJ19 [S:W3]",
    examples=(
        Example(
            "禁止掉头处掉头",
            "A U-turn against the sign",
            scene(car("A", "U_TURN", "FRONT_RIGHT", u_turn_forbidden=True), car("B", "STRAIGHT", "FRONT")),
            outcome(A="FULL", B="NONE"),
        ),
    ),
)
