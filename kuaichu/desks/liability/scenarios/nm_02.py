"""NM-02: a non-motor vehicle rides against the traffic."""

from ..vocabulary import RoadSide, Situation
from ._logic import Finding, all_of, negate
from ._pair import ONWARD, Pair
from ._rider import DID_NOT_AVOID
from ._scenario import Certainty, Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    wrong = p.off_side(p.actor, RoadSide.WRONG_WAY)
    return all_of(p.kinds("NMV", "MV NMV"), p.moves(p.actor, ONWARD), negate(p.hit_from_behind()), wrong)


SCENARIO = Scenario(
    code="NM-02",
    zh="驾驶非机动车逆向行驶",
    en="rides against the traffic",
    rule_zh="非机动车实行右侧通行；逆向行驶的，承担主要责任，机动车静止或者已及时避让的，承担全部责任。",
    rule_en="Riders keep to the right; one who rides against the traffic bears primary liability, and full "
    "liability if the motor vehicle stood still or its driver did what he could.",
    laws=(law("法35"),),
    rule=_rule,
    situation=Situation.WRONG_WAY,
    cause="2004",
    source="own knowledge and public pages",
    certainty=Certainty.OWN_KNOWLEDGE,
    other_fault=DID_NOT_AVOID,
    examples=(
        Example(
            "电动自行车逆行与对向直行汽车相撞，汽车未减速避让",
            "An electric bicycle meets a car head on, and the car had not slowed",
            scene(
                car("A", "STRAIGHT", "FRONT", kind="NMV", side_of_road="wrong_way"),
                car("B", "STRAIGHT", "FRONT", side_of_road="own", avoided=False),
            ),
            outcome(A="PRIMARY", B="SECONDARY"),
        ),
        Example(
            "汽车已刹停避让",
            "The car had braked at once",
            scene(
                car("A", "STRAIGHT", "FRONT", kind="NMV", side_of_road="wrong_way"),
                car("B", "STRAIGHT", "FRONT", side_of_road="own", avoided=True),
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "迎面相撞但谁逆行不明，不能提出意见",
            "Head on, and nobody knows who left his side: no proposal",
            scene(
                car("A", "STRAIGHT", "FRONT", kind="NMV"),
                car("B", "STRAIGHT", "FRONT", side_of_road="own"),
            ),
            None,
            fires=False,
        ),
    ),
)
