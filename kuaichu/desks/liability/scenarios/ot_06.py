"""OT-06: overtakes an emergency vehicle on an urgent mission."""

from ..vocabulary import Situation
from ._logic import Finding, staged
from ._overtaking import overtakes
from ._pair import Pair
from ._scenario import Certainty, Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    return staged(p.said(p.other, "on_duty"), overtakes(p))


SCENARIO = Scenario(
    code="OT-06",
    zh="超越执行紧急任务的警车、消防车、救护车、工程救险车",
    en="overtakes an emergency vehicle on an urgent mission",
    rule_zh="前车为执行紧急任务的警车、消防车、救护车、工程救险车的，不得超车；因此发生碰撞的，超车一方承担全部责任。",
    rule_en="Emergency vehicles on an urgent mission must not be overtaken; whoever does and collides "
    "bears full liability.",
    laws=(law("法43(3)"),),
    rule=_rule,
    situation=Situation.OTHER,
    cause="1309",
    source="own knowledge",
    certainty=Certainty.OWN_KNOWLEDGE,
    special=True,
    examples=(
        Example(
            "超越鸣警报的救护车时刮擦",
            "Scrapes an ambulance with its siren on in overtaking it",
            scene(car("A", "OVERTAKING", "RIGHT"), car("B", "STRAIGHT", "LEFT", on_duty=True)),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "救护车未执行紧急任务，按一般超车规定处理",
            "The ambulance was not on a mission: the general rule of overtaking",
            scene(car("A", "OVERTAKING", "RIGHT"), car("B", "STRAIGHT", "LEFT", on_duty=False)),
            outcome(A="FULL", B="NONE"),
            fires=False,
        ),
    ),
)
