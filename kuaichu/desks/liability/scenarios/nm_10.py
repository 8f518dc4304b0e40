"""NM-10: a door is opened in front of a rider."""

from ..vocabulary import Movement, Situation
from ._logic import Finding, all_of
from ._pair import Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    opens = p.moves(p.actor, frozenset({Movement.DOOR_OPENING}))
    return all_of(p.kinds("MV", "NMV"), opens, p.entitled())


def _by_passenger(p: Pair) -> Finding:
    return p.known(p.actor, "door_opened_by", "passenger")


SCENARIO = Scenario(
    code="NM-10",
    zh="开关车门妨碍非机动车通行",
    en="a door is opened in front of a rider",
    rule_zh="开关车门不得妨碍其他车辆和行人通行；开门碰到非机动车的，由机动车一方承担全部责任。",
    rule_en="A door must not be opened or closed in another's way; if it meets a rider the car's side "
    "bears full "
    "liability.",
    laws=(law("条63(4)"), law("条77(3)", _by_passenger)),
    rule=_rule,
    situation=Situation.DOOR,
    cause="3026",
    source="BJ31 [S:W3]",
    examples=(
        Example(
            "路边停车驾驶人开左车门碰到电动自行车",
            "A driver opens the left door into a passing electric bicycle",
            scene(
                car("A", "DOOR_OPENING", "LEFT", door_opened_by="driver"),
                car("B", "STRAIGHT", "FRONT", kind="NMV"),
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "由谁开门不影响责任",
            "Who opened the door does not change the grades",
            scene(car("A", "DOOR_OPENING", "RIGHT"), car("B", "STRAIGHT", "FRONT", kind="NMV")),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "骑车人撞上车门关闭的合法停车，不适用本条",
            "The doors were shut and the car was parked lawfully: another rule",
            scene(car("A", "PARKED_LEGAL", "LEFT"), car("B", "STRAIGHT", "FRONT", kind="NMV")),
            outcome(A="NONE", B="FULL"),
            fires=False,
        ),
    ),
)
