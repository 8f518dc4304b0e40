"""IX-02: fails to yield to the vehicle from the right."""

from ..vocabulary import CameFrom, Control, Movement, Situation
from ._logic import Finding, all_of, any_of
from ._pair import Pair
from ._rider import DID_NOT_AVOID, motor, rider
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    alike = any_of(*(_both(p, one) for one in (Movement.STRAIGHT, Movement.LEFT_TURN)))
    return all_of(p.kinds("MV NMV", "MV NMV"), alike, p.came_from(CameFrom.RIGHT), p.control(Control.NONE))


def _both(p: Pair, movement: Movement) -> Finding:
    return all_of(p.moves(p.actor, frozenset({movement})), p.moves(p.other, frozenset({movement})))


SCENARIO = Scenario(
    code="IX-02",
    zh="无灯控、无标志标线路口未让右方道路来车先行",
    en="fails to yield to the vehicle from the right",
    rule_zh="没有信号灯、标志标线控制的路口，应在进入路口前停车瞭望，让右方道路的来车先行；未让的承担"
    "全部责任。",
    rule_en="At a junction without lights, signs or markings the vehicle from the right goes first; "
    "whoever does not yield bears full liability.",
    laws=(law("法44", motor), law("条52(2)", motor), law("条69(2)", rider)),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="1316",
    source="BJ4 [S:W3]",
    other_fault=DID_NOT_AVOID,
    examples=(
        Example(
            "十字路口直行车撞上右方来车左侧",
            "Straight on into the left side of a car from the right",
            scene(car("A", "STRAIGHT", "FRONT"), car("B", "STRAIGHT", "LEFT"), control="none"),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "左方来车被撞右侧，仍由其让右方来车",
            "The car from the left is hit on its right side: it had to yield all the same",
            scene(car("A", "STRAIGHT", "RIGHT"), car("B", "STRAIGHT", "FRONT"), control="none"),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "不在路口，规则不适用",
            "Not at a junction: the rule does not apply",
            scene(car("A", "STRAIGHT", "FRONT"), car("B", "STRAIGHT", "LEFT"), control="no_junction"),
            None,
            fires=False,
        ),
        Example(
            "骑车人未让右方来车，汽车未及时制动",
            "A rider does not yield to a car from the right, which did not brake in time",
            scene(
                car("A", "STRAIGHT", "FRONT", kind="NMV"),
                car("B", "STRAIGHT", "LEFT", avoided=False),
                control="none",
            ),
            outcome(A="PRIMARY", B="SECONDARY"),
        ),
    ),
)
