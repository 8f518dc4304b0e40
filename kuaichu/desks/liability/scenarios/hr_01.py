"""HR-01: hit and run."""

from ..vocabulary import Situation, UserKind
from ._logic import ALWAYS, NEVER, Finding
from ._pair import Pair
from ._scenario import Example, Scenario, Scope, car, law, outcome, scene
from ._stop import MITIGABLE, STOP


def _rule(p: Pair) -> Finding:
    return p.said(p.actor, "fled")


def _drives(p: Pair) -> Finding:
    return NEVER if p.actor.kind is UserKind.PEDESTRIAN else ALWAYS


SCENARIO = Scenario(
    code="HR-01",
    zh="发生交通事故后逃逸",
    en="fled after the accident",
    rule_zh="发生交通事故后逃逸的，承担全部责任；有证据证明对方也有过错的，可以减轻责任。",
    rule_en="Whoever flees after an accident bears full liability, which may be mitigated if the other is "
    "proved "
    "to be at fault too.",
    laws=(law("D146 61¶1(1)"), law("条92¶1"), law("法70¶1", _drives)),
    rule=_rule,
    situation=Situation.OTHER,
    cause="1705",
    source="法70, 条92, D146 61 [S:L1,L2,L3]; Beijing 43 no. 38",
    fault_class=None,
    scope=Scope.PARTY,
    warnings=(STOP, MITIGABLE),
    note="Flight needs the purpose of evading liability (D146 112); one who left with the other's consent "
    "has not fled. "
    "The form's code is 1705 for a driver and 2001 for a rider.",
    examples=(
        Example(
            "被追尾的乙车驾驶人逃逸",
            "The driver of the car ahead fled",
            scene(
                car("A", "STRAIGHT", "FRONT"),
                car("B", "STRAIGHT", "REAR", fled=True),
                light="day",
            ),
            outcome(A="NONE", B="FULL"),
        ),
        Example(
            "经对方同意离开并留下电话，不是逃逸",
            "Left with the other's consent and a phone number: no flight",
            scene(
                car("A", "STRAIGHT", "FRONT", fled=False),
                car("B", "STRAIGHT", "REAR"),
                light="day",
            ),
            outcome(A="FULL", B="NONE"),
            fires=False,
        ),
        Example(
            "双方都逃逸，由交警认定",
            "Both fled: the officer decides",
            scene(car("A", None, fled=True), car("B", None, fled=True)),
            None,
            fires=False,
        ),
    ),
)
