"""FD-01: the scene or evidence was forged or destroyed."""

from ..vocabulary import Situation
from ._logic import Finding
from ._pair import Pair
from ._scenario import Example, Scenario, Scope, car, law, outcome, scene
from ._stop import STOP


def _rule(p: Pair) -> Finding:
    return p.said(p.actor, "scene_tampered")


SCENARIO = Scenario(
    code="FD-01",
    zh="故意破坏、伪造现场、毁灭证据",
    en="forged or destroyed the scene or evidence",
    rule_zh="故意破坏、伪造现场、毁灭证据的，承担全部责任，不因对方也有过错而减轻。",
    rule_en="Whoever deliberately destroys or forges the scene or evidence bears full liability, and no "
    "fault of "
    "the other mitigates that.",
    laws=(law("D146 61¶1(2)"), law("条92¶2")),
    rule=_rule,
    situation=Situation.OTHER,
    cause="",
    source="D146 61, 条92¶2 [S:L1,L3]",
    fault_class=None,
    scope=Scope.PARTY,
    warnings=(STOP,),
    note="Moving the cars aside after photographing them, as Article 70 wants it, is no tampering.",
    examples=(
        Example(
            "乙车驾驶人故意移动散落物伪造现场",
            "The driver of B rearranged debris to forge the scene",
            scene(
                car("A", "STRAIGHT", "FRONT"),
                car("B", "STRAIGHT", "REAR", scene_tampered=True),
                light="day",
            ),
            outcome(A="NONE", B="FULL"),
        ),
        Example(
            "双方拍照后依法撤离现场，不属于破坏现场",
            "Both photographed and cleared the road as the law wants: no tampering",
            scene(
                car("A", "STRAIGHT", "FRONT", scene_tampered=False),
                car("B", "STRAIGHT", "REAR"),
                light="day",
            ),
            outcome(A="FULL", B="NONE"),
            fires=False,
        ),
    ),
)
