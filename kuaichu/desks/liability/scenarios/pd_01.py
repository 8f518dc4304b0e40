"""PD-01: a driver does not yield to a pedestrian on a crosswalk."""

from ..vocabulary import Control, Movement, Signal, Situation
from ._logic import Finding, all_of, any_of, negate
from ._pair import DRIVEN, TURNS, Pair
from ._rider import on_crosswalk, walks_against_red
from ._scenario import Example, Scenario, car, law, outcome, scene


def _rule(p: Pair) -> Finding:
    may_walk = negate(walks_against_red(p.turned()))
    ran_red = p.said(p.actor, "signal", Signal.RED)
    driving = p.moves(p.actor, DRIVEN - {Movement.REVERSING})
    return all_of(p.kinds("MV", "PEDESTRIAN"), driving, on_crosswalk(p), any_of(may_walk, ran_red))


def _turning_on_green(p: Pair) -> Finding:
    return all_of(
        p.moves(p.actor, TURNS), p.control(Control.SIGNALS), p.known(p.actor, "signal", Signal.GREEN)
    )


def _red(p: Pair) -> Finding:
    onward = p.moves(p.actor, frozenset({Movement.STRAIGHT, Movement.LEFT_TURN}))
    return all_of(onward, p.known(p.actor, "signal", Signal.RED))


SCENARIO = Scenario(
    code="PD-01",
    zh="行经人行横道未停车让行正在通过的行人",
    en="does not yield to a pedestrian on a crosswalk",
    rule_zh="机动车行经人行横道应当减速，遇行人正在通过应当停车让行；未让行的，承担全部责任。",
    rule_en="Drivers slow down at crosswalks and stop for people on them; whoever does not bears full "
    "liability.",
    laws=(
        law("法47¶1"),
        law("条38¶1(1)", _turning_on_green),
        law("条38¶1(3)", _red),
    ),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="1205",
    source="法47¶1 [S:L2]",
    note="An injury excludes self-negotiation; a pedestrian and a motor vehicle cannot self-negotiate at "
    "all (D146 19).",
    examples=(
        Example(
            "直行汽车碰到人行横道上的行人（无信号灯）",
            "A car going straight hits a pedestrian on a crosswalk without lights",
            scene(
                car("A", "STRAIGHT", "FRONT"),
                car("B", None, kind="PEDESTRIAN", walker_place="crosswalk", walk_signal="no_light"),
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "绿灯转弯汽车碰到绿灯通过的行人",
            "A car turning on green hits a pedestrian walking on green",
            scene(
                car("A", "RIGHT_TURN", "FRONT", signal="green"),
                car("B", None, kind="PEDESTRIAN", walker_place="crosswalk", walk_signal="green"),
                control="signals",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "行人闯红灯，不适用本条",
            "The pedestrian walked on red: not this rule",
            scene(
                car("A", "STRAIGHT", "FRONT", signal="green", avoided=True),
                car("B", None, kind="PEDESTRIAN", walker_place="crosswalk", walk_signal="red"),
                control="signals",
            ),
            outcome(A="NONE", B="FULL"),
            fires=False,
        ),
        Example(
            "行人的信号灯不明，不能提出意见",
            "Nobody said which light the pedestrian had: no proposal",
            scene(
                car("A", "STRAIGHT", "FRONT"),
                car("B", None, kind="PEDESTRIAN", walker_place="crosswalk"),
            ),
            None,
            fires=False,
        ),
    ),
)
