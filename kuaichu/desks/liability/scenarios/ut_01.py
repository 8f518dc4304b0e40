"""UT-01: U-turn in the way of moving traffic."""

from ..vocabulary import Movement, Situation
from ._logic import Finding, all_of, negate
from ._pair import NORMAL, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    turns = all_of(p.moves(p.actor, frozenset({Movement.U_TURN})), p.moves(p.other, NORMAL))
    return all_of(p.kinds("MV", "MV NMV"), turns, negate(p.known(p.actor, "u_turn_forbidden")))


SCENARIO = Scenario(
    code="UT-01",
    zh="掉头妨碍正常行驶的车辆",
    en="makes a U-turn in the way of moving traffic",
    rule_zh="在可以掉头的地点掉头，不得妨碍正常行驶的其他车辆和行人；妨碍的承担全部责任。",
    rule_en="Where U-turns are allowed they must not hinder others; whoever does bears full liability.",
    laws=(law("条49¶2"),),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="1046",
    source="BJ18 [S:W3]",
    examples=(
        Example(
            "掉头与对向直行车相撞",
            "A U-turn into an oncoming car",
            scene(car("A", "U_TURN", "RIGHT", u_turn_forbidden=False), car("B", "STRAIGHT", "FRONT")),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "该处能否掉头不明：违反何款尚不能说明",
            "Nobody knows whether U-turns are allowed here: which paragraph is open, no proposal",
            scene(car("A", "U_TURN", "RIGHT"), car("B", "STRAIGHT", "FRONT")),
            None,
            fires=False,
        ),
    ),
)
