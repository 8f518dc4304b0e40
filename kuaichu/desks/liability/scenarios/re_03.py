"""RE-03: chain collision in which the last vehicle pushed the others."""

from ..vocabulary import Situation
from ._logic import Finding, all_of
from ._pair import LAWFULLY_THERE, ONWARD, Pair
from ._rear_end import whole_chain
from ._scenario import Certainty, Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    return all_of(
        whole_chain(p),
        p.kinds(),
        p.moves(p.actor, ONWARD),
        p.strikes_rear(),
        p.moves(p.other, LAWFULLY_THERE),
    )


SCENARIO = Scenario(
    code="RE-03",
    zh="追尾并推撞前方多车",
    en="pushes a stopped vehicle into the next one",
    rule_zh="中间车辆已经停住，被后车追尾推撞前车的，最后一辆车承担全部责任，其他车辆无责任。",
    rule_en="If a vehicle already stopped is pushed into the next one from behind, the last vehicle "
    "bears full liability and the others none.",
    laws=(law("法43"),),
    rule=_rule,
    situation=Situation.REAR_END,
    cause="1094",
    source="own knowledge",
    certainty=Certainty.OWN_KNOWLEDGE,
    note="The front driver felt one impact. Proposed only when the pusher is fully liable for "
    "hitting the middle car.",
    examples=(
        Example(
            "丙车将已停的乙车推撞至已停的甲车",
            "C pushes the stopped B into the stopped A",
            scene(
                car("C", "STRAIGHT"),
                car("B", "STOPPED_QUEUE", pushed=True, rolled_back=False),
                car("A", "STOPPED_QUEUE", rolled_back=False),
                contacts="C.FRONT-B.REAR B.FRONT-A.REAR",
                light="day",
            ),
            outcome(A="NONE", B="NONE", C="FULL"),
        ),
        Example(
            "三车追尾但不知撞击几次，不能提出意见",
            "Three cars, and nobody knows whether the middle one was pushed: no proposal",
            scene(
                car("C", "STRAIGHT"),
                car("B", "STRAIGHT"),
                car("A", "STOPPED_QUEUE", rolled_back=False),
                contacts="C.FRONT-B.REAR B.FRONT-A.REAR",
                light="day",
            ),
            None,
            fires=False,
        ),
    ),
)
