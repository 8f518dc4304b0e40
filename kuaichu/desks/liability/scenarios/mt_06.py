"""MT-06: both pass too close to each other on a road without centre line."""

from ..vocabulary import MeetingRoad, Situation
from ._logic import Finding, all_of, any_of
from ._meeting import narrow
from ._overtaking import LEFT_HAND
from ._pair import Pair
from ._scenario import Certainty, Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    scraped = all_of(narrow(p, MeetingRoad.NO_CENTRE_LINE), p.touches(LEFT_HAND, LEFT_HAND))
    return any_of(narrow(p, MeetingRoad.NARROW), scraped)


SCENARIO = Scenario(
    code="MT-06",
    zh="会车时未减速靠右行驶并保持必要的安全距离",
    en="does not slow down, keep right and leave room in meeting another",
    rule_zh="在没有中心线的道路会车，应当减速靠右行驶并保持必要的安全距离；双方都未做到而互相刮擦的，承担同等责任。",
    rule_en="On a road without centre line both slow down, keep right and leave room; if neither does and"
    " they scrape, both are equally liable.",
    laws=(law("条48(1)"),),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="1103",
    source="own knowledge",
    certainty=Certainty.OWN_KNOWLEDGE,
    examples=(
        Example(
            "无中心线道路会车后视镜互刮",
            "Mirrors touch on a road without centre line",
            scene(
                car("A", "STRAIGHT", "LEFT", side_of_road="own"),
                car("B", "STRAIGHT", "LEFT", side_of_road="own"),
                meeting_road="no_centre_line",
            ),
            outcome(A="EQUAL", B="EQUAL"),
        ),
        Example(
            "有中心线且双方均称未越线：陈述不足以认定",
            "With a centre line one of them must have crossed it: no proposal",
            scene(
                car("A", "STRAIGHT", "LEFT", side_of_road="own"),
                car("B", "STRAIGHT", "LEFT", side_of_road="own"),
                meeting_road="centre_line",
            ),
            None,
            fires=False,
        ),
    ),
)
