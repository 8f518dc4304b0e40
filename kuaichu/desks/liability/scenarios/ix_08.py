"""IX-08: drives into a jammed junction."""

from ..vocabulary import Situation
from ._logic import Finding, negate, staged
from ._pair import PASSING_THROUGH, Pair
from ._scenario import Certainty, Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    return staged(
        p.kinds("MV", "MV NMV"),
        p.said(p.actor, "entered_blocked"),
        p.moves(p.actor, PASSING_THROUGH),
        p.moves(p.other, PASSING_THROUGH),
        negate(p.hit_from_behind()),
        negate(p.strikes_rear()),
    )


SCENARIO = Scenario(
    code="IX-08",
    zh="遇前方交叉路口交通阻塞仍进入路口",
    en="drives into a junction which is jammed",
    rule_zh="前方交叉路口交通阻塞时，应当依次停在路口以外等候；进入路口发生碰撞的，进入一方承担全部责任。",
    rule_en="Whoever finds the junction ahead jammed waits outside; if he enters and collides, he bears "
    "full liability.",
    laws=(law("条53¶1"),),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="1228",
    source="own knowledge",
    certainty=Certainty.OWN_KNOWLEDGE,
    note="A city may grade PRIMARY/SECONDARY instead. One who stands in the jam and is hit did not "
    "drive into anybody.",
    special=True,
    examples=(
        Example(
            "路口阻塞仍驶入，与被放行的横向车相撞",
            "Enters the jammed junction and hits crossing traffic which is released",
            scene(
                car("A", "STRAIGHT", "FRONT", signal="green", entered_earlier=False, entered_blocked=True),
                car("B", "STRAIGHT", "LEFT", signal="green", entered_earlier=True),
                control="signals",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "驶入阻塞路口后缓行，又被后放行的车撞上：双方均有过错",
            "Crawls through the jam and is hit by one released later: both at fault",
            scene(
                car("A", "STRAIGHT", "LEFT", signal="green", entered_earlier=True, entered_blocked=True),
                car("B", "STRAIGHT", "FRONT", signal="green", entered_earlier=False),
                control="signals",
            ),
            outcome(A="EQUAL", B="EQUAL"),
        ),
        Example(
            "路口并未阻塞",
            "The junction was not jammed",
            scene(
                car("A", "STRAIGHT", "FRONT", signal="green", entered_earlier=False, entered_blocked=False),
                car("B", "STRAIGHT", "LEFT", signal="green", entered_earlier=True),
                control="signals",
            ),
            outcome(A="FULL", B="NONE"),
            fires=False,
        ),
    ),
)
