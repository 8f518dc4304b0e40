"""EM-02: does not avoid a maintenance or road works vehicle at work."""

from ..vocabulary import Movement, Situation
from ._logic import Finding, negate, staged
from ._pair import DRIVEN, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene

_BACK = frozenset({Movement.REVERSING, Movement.ROLLING})


def _rule(p: Pair) -> Finding:
    return staged(
        p.kinds("MV", "MV"),
        p.said(p.other, "road_work"),
        p.moves(p.actor, DRIVEN),
        negate(p.moves(p.other, _BACK)),
        negate(p.hit_from_behind()),
    )


SCENARIO = Scenario(
    code="EM-02",
    zh="未避让正在作业的道路养护车辆、工程作业车",
    en="does not avoid a maintenance or road works vehicle at work",
    rule_zh="道路养护车辆、工程作业车进行作业时，过往车辆应当注意避让；未避让发生碰撞的，承担全部责任。",
    rule_en="Passing vehicles take care to avoid maintenance and works vehicles at work; whoever does not"
    " bears full liability.",
    laws=(law("法54¶1"),),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="1038",
    source="[S:W3]",
    special=True,
    examples=(
        Example(
            "撞上逆向作业的道路养护车",
            "Runs into a maintenance vehicle working against the direction of the lane",
            scene(
                car("A", "STRAIGHT", "FRONT", side_of_road="own"),
                car("B", "STRAIGHT", "FRONT", side_of_road="over_centre", road_work=True),
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "作业车倒车撞上后车：责任在作业车",
            "The works vehicle reversed into the other",
            scene(
                car("A", "STOPPED_QUEUE", "FRONT", rolled_back=False),
                car("B", "REVERSING", "REAR", road_work=True),
            ),
            outcome(A="NONE", B="FULL"),
            fires=False,
        ),
    ),
)
