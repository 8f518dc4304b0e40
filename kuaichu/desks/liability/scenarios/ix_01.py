"""IX-01: fails to yield at a sign or marking."""

from ..vocabulary import Control, Situation
from ._logic import Finding, all_of, negate
from ._pair import Pair
from ._rider import DID_NOT_AVOID, motor, rider
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    signed = p.control(Control.SIGNS, Control.MARKINGS)
    yields, prior = p.known(p.actor, "has_yield_sign"), negate(p.known(p.other, "has_yield_sign"))
    return all_of(p.kinds("MV NMV", "MV NMV"), p.passing(), signed, yields, prior)


SCENARIO = Scenario(
    code="IX-01",
    zh="无灯控路口未按交通标志、标线让优先通行的一方先行",
    en="fails to yield at a yield or stop sign or line",
    rule_zh="没有信号灯和交警指挥、有让行标志标线的路口，应让优先通行的一方先行；未让的承担全部责任。",
    rule_en="At a junction with yield signs or markings the other approach goes first; whoever does "
    "not yield bears full liability.",
    laws=(law("法44", motor), law("条52(1)", motor), law("条69(1)", rider)),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="1315",
    source="BJ3 [S:W3]",
    other_fault=DID_NOT_AVOID,
    examples=(
        Example(
            "支路有让行标志，未让主路直行车",
            "A yield sign on the side road, and a car straight on the main road",
            scene(
                car("A", "STRAIGHT", "FRONT", has_yield_sign=True),
                car("B", "STRAIGHT", "LEFT", has_yield_sign=False),
                control="signs",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "标志在哪一方不明，不能提出意见",
            "Nobody knows on whose side the sign stands: no proposal",
            scene(car("A", "STRAIGHT", "FRONT"), car("B", "STRAIGHT", "LEFT"), control="signs"),
            None,
            fires=False,
        ),
        Example(
            "骑车人面对让行标志未让直行汽车，汽车已制动",
            "A rider faces a yield sign and does not yield to a car, which had braked",
            scene(
                car("A", "STRAIGHT", "FRONT", kind="NMV", has_yield_sign=True),
                car("B", "STRAIGHT", "LEFT", has_yield_sign=False, avoided=True),
                control="signs",
            ),
            outcome(A="FULL", B="NONE"),
        ),
    ),
)
