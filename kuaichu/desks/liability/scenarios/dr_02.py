"""DR-02: passenger opens the door into traffic; the car's side bears it."""

from ..vocabulary import Movement, Situation
from ._logic import Finding, all_of
from ._pair import Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    opens = p.moves(p.actor, frozenset({Movement.DOOR_OPENING}))
    by_passenger = p.known(p.actor, "door_opened_by", "passenger")
    return all_of(p.kinds("MV", "MV NMV PEDESTRIAN"), opens, p.entitled(), by_passenger)


SCENARIO = Scenario(
    code="DR-02",
    zh="乘车人开关车门妨碍其他车辆和行人通行",
    en="a passenger opens or closes a door in another's way",
    rule_zh="乘车人开关车门不得妨碍其他车辆和行人通行；妨碍的，由该车一方承担全部责任。",
    rule_en="Passengers must not open or close doors in another's way; otherwise the car's side "
    "bears full liability.",
    laws=(law("条63(4)"), law("条77(3)")),
    rule=_rule,
    situation=Situation.DOOR,
    cause="3026",
    source="BJ31 [S:W3]",
    examples=(
        Example(
            "乘客开右车门碰到直行车",
            "A passenger opens the right door into a passing car",
            scene(
                car("A", "DOOR_OPENING", "RIGHT", door_opened_by="passenger"),
                car("B", "STRAIGHT", "FRONT_LEFT"),
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "由谁开门不明，尚不能说明违反何条",
            "Nobody said who opened the door: the article to cite is open, no proposal",
            scene(car("A", "DOOR_OPENING", "RIGHT"), car("B", "STRAIGHT", "FRONT_LEFT")),
            None,
            fires=False,
        ),
    ),
)
