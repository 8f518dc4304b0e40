"""WR-02: crosses the centre line into the oncoming lane."""

from ..vocabulary import RoadSide, Situation
from ._logic import Finding, all_of, negate
from ._pair import ONWARD, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    over = p.off_side(p.actor, RoadSide.OVER_CENTRE)
    moving = p.moves(p.actor, ONWARD)
    return all_of(p.kinds("MV", "MV NMV"), moving, negate(p.hit_from_behind()), over)


SCENARIO = Scenario(
    code="WR-02",
    zh="越过道路中心占用对向车道",
    en="crosses the centre of the road into the oncoming lane",
    rule_zh="应在道路中心右侧通行；越过中心占用对向车道发生碰撞的，越线一方承担全部责任。",
    rule_en="Keep right of the centre; whoever enters the oncoming lane and collides bears full liability.",
    laws=(
        law("法35"),
        law("法38", lambda p: p.said(p.actor, "crossed_forbidden_line")),
        law("条48(1)", lambda p: p.place("centre_line", False)),
    ),
    rule=_rule,
    situation=Situation.WRONG_WAY,
    cause="1301",
    source="general list [S:W54]",
    note="Article 48 of the Regulation speaks of roads without centre line: cited only there.",
    examples=(
        Example(
            "会车时越过中心刮擦对向车左侧",
            "Over the centre, left sides touch",
            scene(
                car("A", "STRAIGHT", "LEFT", side_of_road="over_centre"),
                car("B", "STRAIGHT", "LEFT", side_of_road="own"),
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "双方均越过中心",
            "Both over the centre",
            scene(
                car("A", "STRAIGHT", "LEFT", side_of_road="over_centre"),
                car("B", "STRAIGHT", "LEFT", side_of_road="over_centre"),
            ),
            outcome(A="EQUAL", B="EQUAL"),
        ),
    ),
)
