"""WR-01: drives on the wrong side."""

from ..vocabulary import RoadSide, Situation
from ._logic import Finding, all_of, negate
from ._pair import ONWARD, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    wrong = p.off_side(p.actor, RoadSide.WRONG_WAY)
    moving = p.moves(p.actor, ONWARD)
    return all_of(p.kinds("MV", "MV NMV"), moving, negate(p.hit_from_behind()), wrong)


SCENARIO = Scenario(
    code="WR-01",
    zh="逆向行驶",
    en="drives against the direction of the lane",
    rule_zh="机动车实行右侧通行；逆向行驶发生碰撞的，逆行一方承担全部责任。",
    rule_en="Vehicles keep to the right; whoever drives the wrong way and collides bears full liability.",
    laws=(law("法35"),),
    rule=_rule,
    situation=Situation.WRONG_WAY,
    cause="1301",
    source="BJ13, HN8 [S:W3,G7]",
    examples=(
        Example(
            "单行道内逆行与正常行驶车相撞",
            "Wrong way in a one-way street",
            scene(
                car("A", "STRAIGHT", "FRONT", side_of_road="wrong_way"),
                car("B", "STRAIGHT", "FRONT", side_of_road="own"),
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "迎面相撞但谁越线不明，不能提出意见",
            "Head on, and nobody knows who left his side: no proposal",
            scene(car("A", "STRAIGHT", "FRONT"), car("B", "STRAIGHT", "FRONT", side_of_road="own")),
            None,
            fires=False,
        ),
    ),
)
