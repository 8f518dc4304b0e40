"""NM-08: a rider runs into a motor vehicle which stands still."""

from ..vocabulary import Movement, Situation
from ._logic import Finding, all_of, any_of, negate
from ._pair import LANE_CHANGES, ONWARD, STATIONARY, WAITING, Pair
from ._scenario import Example, OtherFault, Scenario, car, law, outcome, scene

_PARKED = frozenset({Movement.PARKED_ILLEGAL})
_BROKEN = frozenset({Movement.BROKEN_DOWN})


def _rule(p: Pair) -> Finding:
    waiting = all_of(p.moves(p.other, WAITING), negate(_rolled(p)))
    standing = any_of(p.moves(p.other, STATIONARY - WAITING), waiting)
    return all_of(p.kinds("NMV", "MV"), p.moves(p.actor, ONWARD | LANE_CHANGES), standing)


def _rolled(p: Pair) -> Finding:
    return all_of(p.strikes_rear(), p.known(p.other, "rolled_back"))


def _illegal_stop(p: Pair) -> Finding:
    return all_of(p.moves(p.other, _PARKED), p.known(p.other, "parking_obstructed"))


def _unwarned(p: Pair) -> Finding:
    return all_of(p.moves(p.other, _BROKEN), p.known(p.other, "warned", False))


SCENARIO = Scenario(
    code="NM-08",
    zh="驾驶非机动车碰撞静止的机动车",
    en="rides into a motor vehicle standing still",
    rule_zh="非机动车碰撞静止的机动车的，承担全部责任；机动车违法停车妨碍通行或者故障停车未示警的，非机动"
    "车承担主要"
    "责任、机动车承担次要责任。",
    rule_en="A rider who runs into a motor vehicle standing still bears full liability, and primary "
    "liability if it "
    "was stopped illegally in the way or broken down without a warning.",
    laws=(law("法57"), law("法38")),
    rule=_rule,
    situation=Situation.OTHER,
    cause="",
    source="NB 2.1.1.1.1 [S:W9]",
    other_fault=OtherFault(
        "B-STAND",
        "违法停车妨碍通行或者发生故障后未按规定示警",
        "stood illegally in the way or without a warning",
        (law("法56", _illegal_stop), law("法52", _unwarned), law("条60", _unwarned)),
        lambda p: any_of(_illegal_stop(p), _unwarned(p)),
    ),
    examples=(
        Example(
            "电动自行车撞上等红灯的汽车",
            "An electric bicycle runs into a car waiting at a red light",
            scene(
                car("A", "STRAIGHT", "FRONT", kind="NMV"),
                car("B", "STOPPED_SIGNAL", "REAR", rolled_back=False),
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "汽车违法停在非机动车道上",
            "The car was parked illegally in the bicycle lane",
            scene(
                car("A", "STRAIGHT", "FRONT", kind="NMV"),
                car("B", "PARKED_ILLEGAL", "REAR", parking_obstructed=True),
            ),
            outcome(A="PRIMARY", B="SECONDARY"),
        ),
        Example(
            "汽车溜车后退碰到自行车，不适用本条",
            "The car rolled back into the bicycle: another rule",
            scene(
                car("A", "STRAIGHT", "FRONT", kind="NMV"),
                car("B", "STOPPED_SIGNAL", "REAR", rolled_back=True),
            ),
            outcome(A="NONE", B="FULL"),
            fires=False,
        ),
        Example(
            "汽车停车是否妨碍通行不明，不能提出意见",
            "Nobody said whether the parked car stood in the way: no proposal",
            scene(
                car("A", "STRAIGHT", "FRONT", kind="NMV"),
                car("B", "PARKED_ILLEGAL", "REAR"),
            ),
            None,
            fires=False,
        ),
    ),
)
