"""UT-01: U-turn in the way of moving traffic."""

from ..vocabulary import CameFrom, Movement, Situation, Spot
from ._logic import ALWAYS, NEVER, Finding, Truth, all_of, any_of, negate, staged
from ._overtaking import OVERTAKING, began_first
from ._pair import NORMAL, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene

FORBIDDEN = (
    Spot.CROSSWALK,
    Spot.BRIDGE,
    Spot.NARROW_BRIDGE,
    Spot.SHARP_BEND,
    Spot.STEEP_SLOPE,
    Spot.TUNNEL,
    Spot.LEVEL_CROSSING,
    Spot.DANGEROUS,
)
"""Stretches named by Article 49 of the Regulation."""


def _rule(p: Pair) -> Finding:
    turns = all_of(p.moves(p.actor, frozenset({Movement.U_TURN})), p.moves(p.other, NORMAL))
    forbidden = any_of(p.said(p.actor, "u_turn_forbidden"), p.place_said("spot", *FORBIDDEN))
    return staged(p.kinds("MV", "MV NMV"), turns, negate(forbidden), negate(_overtaken(p)))


def _overtaken(p: Pair) -> Finding:
    """One who overtakes a vehicle already turning round is not on his normal way (law, Article 43)."""
    follows = all_of(p.moves(p.other, OVERTAKING), p.came_from(CameFrom.SAME))
    return staged(follows, began_first(p.turned()))


def _nobody_knows(p: Pair) -> Finding:
    return ALWAYS if p.known(p.actor, "u_turn_forbidden").truth is Truth.UNKNOWN else NEVER


SCENARIO = Scenario(
    code="UT-01",
    zh="掉头妨碍正常行驶的车辆",
    en="makes a U-turn in the way of moving traffic",
    rule_zh="在可以掉头的地点掉头，不得妨碍正常行驶的其他车辆和行人；妨碍的承担全部责任。",
    rule_en="Where U-turns are allowed they must not hinder others; whoever does bears full liability.",
    laws=(law("条49¶2", lambda p: negate(p.known(p.actor, "u_turn_forbidden"))), law("条49", _nobody_knows)),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="1046",
    source="BJ18 [S:W3]",
    note="Whether U-turns are allowed there decides the paragraph, not who is liable: while nobody "
    "says, the whole article is cited.",
    examples=(
        Example(
            "掉头与对向直行车相撞",
            "A U-turn into an oncoming car",
            scene(car("A", "U_TURN", "RIGHT", u_turn_forbidden=False), car("B", "STRAIGHT", "FRONT")),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "该处能否掉头不明：违反何款尚不能说明，责任相同",
            "Nobody knows whether U-turns are allowed here: the paragraph is open, liability is not",
            scene(car("A", "U_TURN", "RIGHT"), car("B", "STRAIGHT", "FRONT")),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "对方行驶状态不明，不能提出意见",
            "Nobody said what the other was doing: no proposal",
            scene(car("A", "U_TURN", "RIGHT", u_turn_forbidden=False), car("B", None, "FRONT")),
            None,
            fires=False,
        ),
    ),
)
