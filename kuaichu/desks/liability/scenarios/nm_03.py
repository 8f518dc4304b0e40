"""NM-03: rides across the carriageway instead of pushing."""

from ..vocabulary import Movement, Situation
from ._logic import Finding, all_of
from ._pair import Pair
from ._rider import DID_NOT_AVOID, MOVING_ON
from ._scenario import Certainty, Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    across = p.moves(p.actor, frozenset({Movement.CROSSING_ROAD}))
    riding = p.known(p.actor, "dismounted", False)
    return all_of(p.kinds("NMV", "MV"), across, p.moves(p.other, MOVING_ON), riding)


SCENARIO = Scenario(
    code="NM-03",
    zh="在路段上横过机动车道未下车推行",
    en="rides across the carriageway without getting off",
    rule_zh="驾驶自行车、电动自行车、三轮车在路段上横过机动车道，应当下车推行；未下车推行的，承担主要责任，"
    "机动车已及时避让的，承担全部责任。",
    rule_en="Whoever crosses the carriageway between junctions must get off and push; riding across means "
    "primary "
    "liability, and full liability if the driver did what he could.",
    laws=(law("条70¶1"),),
    rule=_rule,
    situation=Situation.OTHER,
    cause="2024",
    source="own knowledge",
    certainty=Certainty.OWN_KNOWLEDGE,
    other_fault=DID_NOT_AVOID,
    note="A city may grade EQUAL. One who pushes is no rider: no rule, the officer decides.",
    examples=(
        Example(
            "骑电动自行车横过道路，汽车未及时避让",
            "Rides an electric bicycle across the road, the car had not slowed",
            scene(
                car("A", "STRAIGHT", "FRONT", avoided=False),
                car("B", "CROSSING_ROAD", "LEFT", kind="NMV", dismounted=False),
            ),
            outcome(A="SECONDARY", B="PRIMARY"),
        ),
        Example(
            "汽车已及时制动",
            "The car had braked at once",
            scene(
                car("A", "STRAIGHT", "FRONT", avoided=True),
                car("B", "CROSSING_ROAD", "LEFT", kind="NMV", dismounted=False),
            ),
            outcome(A="NONE", B="FULL"),
        ),
        Example(
            "下车推行的不适用本条，由交警认定",
            "The rider was pushing: this rule does not apply, the officer decides",
            scene(
                car("A", "STRAIGHT", "FRONT", avoided=True),
                car("B", "CROSSING_ROAD", "LEFT", kind="NMV", dismounted=True),
            ),
            None,
            fires=False,
        ),
    ),
)
