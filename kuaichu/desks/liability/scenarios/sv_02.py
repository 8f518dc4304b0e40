"""SV-02: a vehicle alone runs into a public facility."""

from ..vocabulary import Situation, Struck
from ._logic import Finding
from ._pair import Pair
from ._scenario import Example, Scenario, Scope, car, outcome, scene
from ._single import LAWS, ran_into
from ._stop import REPORT_FACILITY


def _rule(p: Pair) -> Finding:
    return ran_into(p, Struck.FACILITY)


SCENARIO = Scenario(
    code="SV-02",
    zh="未按照操作规范安全驾驶，单方碰撞道路、供电、通讯等公共设施",
    en="runs alone into a public facility",
    rule_zh="机动车单方碰撞护栏、电杆等公共设施的，由该车驾驶人承担全部责任，并应当移车后报警等候处理，不"
    "得驶离。",
    rule_en="A driver who runs into a guardrail, pole or other public facility bears full liability and "
    "must move "
    "aside, report it and wait; driving off is forbidden.",
    laws=LAWS,
    rule=_rule,
    situation=Situation.OTHER,
    cause="9009",
    source="条88 [S:L3]",
    scope=Scope.SINGLE,
    warnings=(REPORT_FACILITY,),
    note="条88 is the duty to report, named in the warning; the fault is 法22.",
    examples=(
        Example(
            "汽车单方碰撞护栏",
            "A car alone runs into a guardrail",
            scene(car("A", "STRAIGHT", "FRONT_RIGHT", struck="facility"), single_vehicle=True),
            outcome(A="FULL"),
        ),
        Example(
            "撞上自家围墙，不是公共设施",
            "A wall of one's own is no public facility",
            scene(car("A", "REVERSING", "REAR", struck="object"), single_vehicle=True),
            outcome(A="FULL"),
            fires=False,
        ),
    ),
)
