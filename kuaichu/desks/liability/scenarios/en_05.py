"""EN-05: merges from a ramp into an expressway without yielding."""

from ..vocabulary import MergedFrom, Situation
from ._logic import Finding, negate, staged
from ._merging import merges
from ._overtaking import long_since
from ._pair import Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    ramp = merges(p, MergedFrom.RAMP, MergedFrom.CITY_RAMP)
    return staged(p.kinds(), ramp, negate(long_since(p)))


def _in_city(p: Pair) -> Finding:
    return p.known(p.actor, "merged_from", MergedFrom.CITY_RAMP)


SCENARIO = Scenario(
    code="EN-05",
    zh="由匝道驶入高速公路或者城市快速路妨碍已在路内行驶的机动车",
    en="merges from a ramp in the way of vehicles on the expressway",
    rule_zh="机动车从匝道驶入高速公路，应当在不妨碍已在高速公路内的机动车正常行驶的情况下驶入车道，城市快速路参照"
    "执行；妨碍的承担全部责任。",
    rule_en="Whoever enters an expressway or city expressway from a ramp must not hinder those on it; "
    "otherwise he bears full liability.",
    laws=(law("条79¶1"), law("条85¶1", _in_city)),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="4006",
    source="Regulation, Articles 79 and 85 [S:L3]",
    special=True,
    examples=(
        Example(
            "匝道汇入高速公路刮擦主线直行车",
            "Merges from the ramp and scrapes a car on the expressway",
            scene(car("A", "MERGING", "FRONT_LEFT", merged_from="ramp"), car("B", "STRAIGHT", "RIGHT")),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "驶入高架快速路未稳即被追撞",
            "Hit from behind on the elevated road before it was straight in the lane",
            scene(
                car("A", "MERGING", "REAR_LEFT", merged_from="city_ramp", settled_in_lane=False),
                car("B", "STRAIGHT", "FRONT_RIGHT"),
                light="day",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "车道减少处并入不是匝道汇入：先后次序不明，不能提出意见",
            "A lane which ended is not a ramp, and whose turn it was is open: no proposal",
            scene(
                car("A", "MERGING", "FRONT_LEFT", merged_from="ending_lane"), car("B", "STRAIGHT", "RIGHT")
            ),
            None,
            fires=False,
        ),
    ),
)
