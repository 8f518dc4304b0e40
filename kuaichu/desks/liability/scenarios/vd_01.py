"""VD-01: a defect which a check would have shown causes the collision."""

from ..vocabulary import Situation
from ._logic import Finding, negate, staged
from ._pair import STATIONARY, Pair
from ._scenario import Certainty, Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    moving = negate(p.moves(p.actor, STATIONARY))
    broke = p.said(p.actor, "defect_caused_it")
    return staged(p.kinds("MV", "MV NMV PEDESTRIAN"), broke, moving, negate(p.hit_from_behind()))


SCENARIO = Scenario(
    code="VD-01",
    zh="驾驶机件不符合技术标准、具有安全隐患的机动车",
    en="drives a vehicle with a defect which a check would have shown",
    rule_zh="上道路行驶前应当认真检查车辆；因应检查发现的机件故障发生碰撞的，承担全部责任。",
    rule_en="A vehicle is checked before it is driven; if a defect which a check would have shown causes "
    "a collision, its driver bears full liability.",
    laws=(law("法21"),),
    rule=_rule,
    situation=Situation.OTHER,
    cause="1073",
    source="own knowledge",
    certainty=Certainty.OWN_KNOWLEDGE,
    note="A defect which only contributed counts as class B; one nobody could foresee is a pure accident.",
    examples=(
        Example(
            "转向失灵偏离车道刮擦旁车",
            "The steering fails and the car drifts into the one beside it",
            scene(
                car("A", "STRAIGHT", "FRONT_LEFT", defect_caused_it=True),
                car("B", "STRAIGHT", "RIGHT", other_came_from="same"),
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "制动不良只是促成原因，按次要过错计",
            "Bad brakes which only contributed are a contributory fault",
            scene(
                car("A", "LANE_CHANGE_LEFT", "LEFT", defect_caused_it=False),
                car("B", "STRAIGHT", "FRONT_RIGHT", brakes_defective=True),
            ),
            outcome(A="PRIMARY", B="SECONDARY"),
            fires=False,
        ),
    ),
)
