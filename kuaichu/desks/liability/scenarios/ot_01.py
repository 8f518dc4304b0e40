"""OT-01: overtakes a vehicle which is turning left, turning round or overtaking."""

from ..vocabulary import Movement, Situation
from ._logic import Finding, staged
from ._overtaking import began_first, overtakes
from ._pair import Pair
from ._scenario import Example, Scenario, car, law, outcome, scene

_BUSY = frozenset({Movement.LEFT_TURN, Movement.U_TURN, Movement.OVERTAKING})


def _rule(p: Pair) -> Finding:
    return staged(overtakes(p, _BUSY), began_first(p))


SCENARIO = Scenario(
    code="OT-01",
    zh="超越正在左转弯、掉头、超车的前车",
    en="overtakes a vehicle which is turning left, turning round or overtaking",
    rule_zh="前车正在左转弯、掉头、超车的，不得超车；因此发生碰撞的，超车一方承担全部责任。",
    rule_en="A vehicle which is turning left, turning round or overtaking must not be overtaken; whoever "
    "does and collides bears full liability.",
    laws=(law("法43(1)"),),
    rule=_rule,
    situation=Situation.OTHER,
    cause="1305",
    source="BJ14 [S:W3]",
    note="The form has 1305 to 1307 by what the vehicle ahead was doing.",
    special=True,
    examples=(
        Example(
            "超越前方正在左转弯的车辆",
            "Overtakes a car which has begun to turn left",
            scene(
                car("A", "OVERTAKING", "FRONT_RIGHT", other_began_first=True, other_came_from="same"),
                car("B", "LEFT_TURN", "LEFT"),
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "超越前方正在掉头的车辆",
            "Overtakes a car which is turning round",
            scene(
                car("A", "OVERTAKING", "FRONT", other_began_first=True, other_came_from="same"),
                car("B", "U_TURN", "LEFT", u_turn_forbidden=False),
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "超越前方正在超车的车辆",
            "Overtakes a car which is overtaking a third one",
            scene(
                car("A", "OVERTAKING", "RIGHT", other_began_first=True),
                car("B", "OVERTAKING", "LEFT"),
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "后车早已开始超车，前车才掉头：责任在掉头方",
            "The car behind was overtaking already when the one ahead began to turn round",
            scene(
                car("A", "OVERTAKING", "FRONT", other_began_first=False, other_came_from="same"),
                car("B", "U_TURN", "LEFT", u_turn_forbidden=False),
            ),
            outcome(A="NONE", B="FULL"),
            fires=False,
        ),
        Example(
            "谁先开始不明，不能提出意见",
            "Nobody knows who began first: no proposal",
            scene(
                car("A", "OVERTAKING", "FRONT_RIGHT", other_came_from="same"),
                car("B", "LEFT_TURN", "LEFT"),
            ),
            None,
            fires=False,
        ),
    ),
)
