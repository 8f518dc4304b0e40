"""PK-03: hits a legally parked vehicle."""

from ..vocabulary import CameFrom, Movement, RoadSide, Situation
from ._logic import Finding, all_of, any_of, negate
from ._pair import DRIVEN, TURNS, WAITING, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene

_ONWARD = frozenset({Movement.STRAIGHT, Movement.OVERTAKING})


def _rule(p: Pair) -> Finding:
    parked = all_of(p.moves(p.actor, DRIVEN), p.moves(p.other, frozenset({Movement.PARKED_LEGAL})))
    return all_of(p.kinds("MV", "MV NMV"), any_of(parked, _paused(p)))


def _paused(p: Pair) -> Finding:
    """Into one who waits, not from behind: in turning, or front first along the road."""
    unlawful = any_of(p.said(p.other, "rolled_back"), p.said(p.other, "entered_blocked"))
    waits = all_of(p.moves(p.other, WAITING), negate(unlawful), negate(p.strikes_rear()))
    off = p.said(p.other, "side_of_road", RoadSide.OVER_CENTRE, RoadSide.WRONG_WAY)
    along = all_of(
        p.moves(p.actor, _ONWARD), p.front_met(), p.came_from(CameFrom.SAME, CameFrom.OPPOSITE), negate(off)
    )
    return all_of(waits, any_of(p.moves(p.actor, TURNS), along))


SCENARIO = Scenario(
    code="PK-03",
    zh="碰撞依法暂停、停放的车辆",
    en="hits a vehicle which lawfully waits or is parked",
    rule_zh="碰撞依法暂停、停放车辆的，行驶一方承担全部责任；车主不在现场的应当设法联系并报警。",
    rule_en="Whoever hits a vehicle which lawfully waits or is parked bears full liability; if its owner is "
    "absent he is contacted.",
    laws=(law("法22¶1"),),
    rule=_rule,
    situation=Situation.OTHER,
    cause="1225",
    source="general list no. 13 [S:W54]",
    examples=(
        Example(
            "刮擦路边泊位内车辆",
            "Scrapes a car in a roadside bay",
            scene(car("A", "STRAIGHT", "FRONT_RIGHT"), car("B", "PARKED_LEGAL", "LEFT")),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "右转弯车内轮差刮擦停车等候信号的车辆",
            "A lorry turning right swings into a car waiting at the signal",
            scene(car("A", "RIGHT_TURN", "LEFT"), car("B", "STOPPED_SIGNAL", "FRONT_RIGHT")),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "横向直行车侧面与等候车车头接触：谁动了不明，不能提出意见",
            "The side of a crossing car met the front of one said to wait: who closed the gap is open",
            scene(car("A", "STRAIGHT", "RIGHT"), car("B", "STOPPED_QUEUE", "FRONT")),
            None,
            fires=False,
        ),
    ),
)
