"""MT-02: the one whose side is free does not let pass the other who is already beside the obstacle."""

from ..vocabulary import Situation
from ._logic import Finding, negate, staged
from ._meeting import around, meets
from ._pair import Pair
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    first = p.known(p.other, "entered_narrow_first")
    return staged(meets(p), around(p, p.other), negate(around(p, p.actor)), first)


SCENARIO = Scenario(
    code="MT-02",
    zh="在有障碍的路段未让已驶入障碍路段的对面来车先行",
    en="does not let the oncoming vehicle pass which is already beside the obstacle",
    rule_zh="有障碍的一方已驶入障碍路段而无障碍的一方未驶入时，有障碍的一方先行；无障碍一方未让的承担全部责任。",
    rule_en="If the one whose side is blocked is already beside the obstacle and the other is not, he "
    "goes first; whoever does not let him bears full liability.",
    laws=(law("条48(2)"),),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="1103",
    source="BJ9 [S:W3]",
    examples=(
        Example(
            "对面来车已驶入障碍路段仍强行会车",
            "Drives on although the other is already beside the obstacle",
            scene(
                car("A", "STRAIGHT", "FRONT", side_of_road="own"),
                car("B", "STRAIGHT", "FRONT", side_of_road="around_obstacle", entered_narrow_first=True),
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "对面来车越过中心线并非为绕行障碍：责任在对方",
            "The other was over the centre without any obstacle",
            scene(
                car("A", "STRAIGHT", "FRONT", side_of_road="own"),
                car("B", "STRAIGHT", "FRONT", side_of_road="over_centre"),
            ),
            outcome(A="NONE", B="FULL"),
            fires=False,
        ),
        Example(
            "谁先驶入障碍路段不明，不能提出意见",
            "Nobody knows who was first: no proposal",
            scene(
                car("A", "STRAIGHT", "FRONT", side_of_road="own"),
                car("B", "STRAIGHT", "FRONT", side_of_road="around_obstacle"),
            ),
            None,
            fires=False,
        ),
    ),
)
