"""RE-04: chain of separate rear-end collisions."""

from ..vocabulary import Situation
from ._logic import Finding, all_of, negate
from ._pair import Pair
from ._rear_end import ahead, follows, in_chain
from ._scenario import Certainty, Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    return all_of(follows(p), in_chain(p), ahead(p), negate(p.unlit_at_night(p.other)))


SCENARIO = Scenario(
    code="RE-04",
    zh="先后追尾前车",
    en="one of several separate rear-end collisions",
    rule_zh="多车先后追尾、分别撞击的，每辆后车对自己追撞前车的那次碰撞承担全部责任。",
    rule_en="In a chain of separate impacts each vehicle behind bears full liability for its own impact.",
    laws=(law("法43"),),
    rule=_rule,
    situation=Situation.REAR_END,
    cause="1094",
    source="own knowledge",
    certainty=Certainty.OWN_KNOWLEDGE,
    note="Two collisions with grades of their own; no single set of grades for all three.",
    examples=(
        Example(
            "乙车先追尾甲车，随后丙车追尾乙车：各自承担本次碰撞的全部责任",
            "B hits A, then C hits B: each is fully liable for its own collision",
            scene(
                car("C", "STRAIGHT"),
                car("B", "STRAIGHT", pushed=False),
                car("A", "STOPPED_QUEUE", rolled_back=False),
                contacts="C.FRONT-B.REAR B.FRONT-A.REAR",
                light="day",
            ),
            {},
        ),
        Example(
            "甲车驾驶人感到两次撞击：先后追尾",
            "A felt two impacts: separate collisions",
            scene(
                car("C", "STRAIGHT"),
                car("B", "STRAIGHT"),
                car("A", "STOPPED_QUEUE", rolled_back=False, impacts_felt=2),
                contacts="C.FRONT-B.REAR B.FRONT-A.REAR",
                light="day",
            ),
            {},
        ),
        Example(
            "甲车驾驶人只感到一次撞击、乙车已停住：推撞，不适用本条",
            "A felt one impact and B stood already: pushed, another rule",
            scene(
                car("C", "STRAIGHT"),
                car("B", "STOPPED_QUEUE", rolled_back=False),
                car("A", "STOPPED_QUEUE", rolled_back=False, impacts_felt=1),
                contacts="C.FRONT-B.REAR B.FRONT-A.REAR",
                light="day",
            ),
            outcome(A="NONE", B="NONE", C="FULL"),
            fires=False,
        ),
    ),
)
