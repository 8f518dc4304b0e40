"""UK-01: the facts cannot be established."""

from ..vocabulary import Situation
from ._logic import Finding
from ._pair import Pair
from ._scenario import Example, Scenario, Scope, car, law, outcome, scene
from ._stop import CERTIFICATE_OF_FACTS


def _rule(p: Pair) -> Finding:
    return p.place_said("facts_unprovable")


SCENARIO = Scenario(
    code="UK-01",
    zh="道路交通事故基本事实无法查清、成因无法判定",
    en="facts and cause cannot be established",
    rule_zh="道路交通事故基本事实无法查清、成因无法判定的，出具道路交通事故证明，不划分责任。",
    rule_en="If the facts cannot be established, a certificate of facts without grades is issued; nobody "
    "is held "
    "liable by halves for what nobody can prove.",
    laws=(law("D146 67"),),
    rule=_rule,
    situation=Situation.OTHER,
    cause="",
    source="D146 67 [S:L1]",
    fault_class=None,
    grades=None,
    scope=Scope.ACCIDENT,
    warnings=(CERTIFICATE_OF_FACTS,),
    note="Never EQUAL. Some places split the money equally where fault cannot be determined (Beijing): "
    "that is "
    "a civil share, not a grade, and stands in the share table.",
    examples=(
        Example(
            "双方各执一词，经调查仍无法查清谁闯红灯",
            "After investigation it cannot be established who ran the red light: no grades",
            scene(
                car("A", "STRAIGHT", "FRONT"),
                car("B", "STRAIGHT", "LEFT"),
                control="signals",
                facts_unprovable=True,
            ),
            None,
        ),
        Example(
            "监控查清了事实，正常认定",
            "A camera showed what happened: graded as usual",
            scene(
                car("A", "STRAIGHT", "FRONT", signal="green", entered_earlier=False),
                car("B", "STRAIGHT", "LEFT", signal="red"),
                control="signals",
                facts_unprovable=False,
            ),
            outcome(A="NONE", B="FULL"),
            fires=False,
        ),
    ),
)
