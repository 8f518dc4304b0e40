"""EM-01: does not give way to an emergency vehicle on an urgent mission."""

from ..vocabulary import Movement, Situation
from ._logic import Finding, any_of, negate, staged
from ._pair import DRIVEN, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene

_FORWARD = DRIVEN - {Movement.REVERSING}


def _rule(p: Pair) -> Finding:
    return staged(
        p.kinds("MV NMV", "MV"),
        p.said(p.other, "on_duty"),
        negate(p.said(p.actor, "on_duty")),
        p.moves(p.actor, DRIVEN),
        p.moves(p.other, _FORWARD),
        negate(any_of(p.strikes_rear(), p.hit_from_behind())),
    )


SCENARIO = Scenario(
    code="EM-01",
    zh="不避让执行紧急任务的警车、消防车、救护车、工程救险车",
    en="does not give way to an emergency vehicle on an urgent mission",
    rule_zh="警车、消防车、救护车、工程救险车执行紧急任务时，其他车辆应当让行；未让的承担全部责任。",
    rule_en="Others give way to police cars, fire engines, ambulances and rescue vehicles on an urgent "
    "mission; whoever does not bears full liability.",
    laws=(law("法53¶1"),),
    rule=_rule,
    situation=Situation.RIGHT_OF_WAY,
    cause="1333",
    source="[S:W3,W5]",
    note="The emergency vehicle is not bound by route, direction, speed and signals as far as it is safe.",
    special=True,
    examples=(
        Example(
            "绿灯直行未让闯红灯执行任务的救护车",
            "Goes on on green without giving way to an ambulance which passes on red",
            scene(
                car("A", "STRAIGHT", "FRONT", signal="green", entered_earlier=False),
                car("B", "STRAIGHT", "LEFT", signal="red", on_duty=True),
                control="signals",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "救护车未执行紧急任务，闯红灯责任在救护车",
            "The ambulance was not on a mission: it ran the red light",
            scene(
                car("A", "STRAIGHT", "FRONT", signal="green", entered_earlier=False),
                car("B", "STRAIGHT", "LEFT", signal="red", on_duty=False),
                control="signals",
            ),
            outcome(A="NONE", B="FULL"),
            fires=False,
        ),
        Example(
            "执行任务的消防车追尾前车，仍负全部责任",
            "A fire engine on a mission runs into the car ahead: still liable",
            scene(
                car("A", "STRAIGHT", "REAR"),
                car("B", "STRAIGHT", "FRONT", on_duty=True),
                light="day",
            ),
            outcome(A="NONE", B="FULL"),
            fires=False,
        ),
    ),
)
