"""DR-01: driver opens the door into traffic."""

from ..vocabulary import Movement, Situation
from ._logic import Finding, all_of
from ._pair import Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    opens = p.moves(p.actor, frozenset({Movement.DOOR_OPENING}))
    return all_of(
        p.kinds("MV", "MV NMV PEDESTRIAN"), opens, p.entitled(), p.known(p.actor, "door_opened_by", "driver")
    )


SCENARIO = Scenario(
    code="DR-01",
    zh="驾驶人开关车门妨碍其他车辆和行人通行",
    en="the driver opens or closes a door in another's way",
    rule_zh="车辆停稳前不得开车门，开关车门不得妨碍其他车辆和行人通行；妨碍的承担全部责任。",
    rule_en="Doors must not be opened or closed in another's way; otherwise the car's side bears "
    "full liability.",
    laws=(law("条63(4)"),),
    rule=_rule,
    situation=Situation.DOOR,
    cause="3026",
    source="BJ31, HN17 [S:W3,G7]",
    examples=(
        Example(
            "驾驶人开左车门碰到电动自行车",
            "The driver opens his door into an electric bicycle",
            scene(
                car("A", "DOOR_OPENING", "LEFT", door_opened_by="driver"),
                car("B", "STRAIGHT", "FRONT", kind="NMV"),
            ),
            outcome(A="FULL", B="NONE"),
        ),
    ),
)
