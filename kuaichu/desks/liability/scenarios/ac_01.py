"""AC-01: pure accident, nobody at fault."""

from ..grades import Grade
from ..vocabulary import Situation
from ._logic import Finding
from ._pair import Pair
from ._scenario import Example, Scenario, Scope, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    return p.place_said("unforeseeable_event")


SCENARIO = Scenario(
    code="AC-01",
    zh="各方均无过错的交通意外事故",
    en="a pure accident without anybody’s fault",
    rule_zh="各方均无导致交通事故的过错，属于交通意外事故的（如突然落石），各方均无责任。",
    rule_en="If nobody was at fault and the event was a pure accident (a sudden rock fall, say), nobody "
    "bears "
    "liability.",
    laws=(law("D146 60¶1(3)"),),
    rule=_rule,
    situation=Situation.OTHER,
    cause="9101",
    source="D146 60¶1(3) [S:L1]",
    fault_class=None,
    grades=(Grade.NONE, Grade.NONE),
    scope=Scope.ACCIDENT,
    note="An officer states it; skidding, glare or an unchecked defect are foreseeable and no pure "
    "accident. The "
    "form has the codes 9101 to 9109 by kind of event.",
    examples=(
        Example(
            "突发山体落石击中甲车致其撞上乙车",
            "A sudden rock fall throws A against B",
            scene(
                car("A", "STRAIGHT", "FRONT"),
                car("B", "STRAIGHT", "REAR"),
                light="day",
                unforeseeable_event=True,
            ),
            outcome(A="NONE", B="NONE"),
        ),
        Example(
            "雨天路滑不是意外，按追尾认定",
            "A wet road is no pure accident: an ordinary rear-end collision",
            scene(
                car("A", "STRAIGHT", "FRONT"),
                car("B", "STRAIGHT", "REAR"),
                light="day",
                unforeseeable_event=False,
            ),
            outcome(A="FULL", B="NONE"),
            fires=False,
        ),
    ),
)
