"""LC-06: breaks the zip-merge order."""

from ..facts import VehicleFacts
from ..vocabulary import MergedFrom, Movement, Situation
from ._logic import Finding, all_of, any_of, negate, staged
from ._merging import MERGING
from ._pair import Pair
from ._scenario import Example, Scenario, car, law, outcome, scene

_NARROWING = MERGING | {Movement.STRAIGHT, Movement.STOPPED_QUEUE}


def _rule(p: Pair) -> Finding:
    meets = all_of(p.moves(p.actor, _NARROWING), p.moves(p.other, _NARROWING))
    ending = any_of(*(_from_ending_lane(p, one) for one in (p.actor, p.other)))
    out_of_turn = p.known(p.actor, "went_in_turn", False)
    return staged(p.kinds(), meets, negate(p.strikes_rear()), ending, out_of_turn)


def _from_ending_lane(p: Pair, who: VehicleFacts) -> Finding:
    return all_of(p.moves(who, MERGING), p.known(who, "merged_from", MergedFrom.ENDING_LANE))


SCENARIO = Scenario(
    code="LC-06",
    zh="车道减少处未依次交替通行",
    en="does not take turns where lanes are reduced",
    rule_zh="车道减少的路口、路段应当每车道一辆依次交替驶入；抢行一方承担全部责任，双方都抢行的承担同"
    "等责任。",
    rule_en="Where lanes are reduced vehicles enter one by one in turn; whoever goes out of turn "
    "bears full liability, both alike if both do.",
    laws=(law("法45¶2"), law("条53¶3")),
    rule=_rule,
    situation=Situation.LANE_CHANGE,
    cause="1023",
    source="HN13 [S:G7]",
    note="Some cities grade both equal when the order is unknown; here an unknown order is left "
    "to the officer.",
    examples=(
        Example(
            "并道车抢行",
            "The merging car goes out of turn",
            scene(
                car("A", "MERGING", "FRONT_LEFT", merged_from="ending_lane", went_in_turn=False),
                car("B", "STOPPED_QUEUE", "RIGHT", went_in_turn=True, rolled_back=False),
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "轮到谁先行不明，不能提出意见",
            "Nobody knows whose turn it was: no proposal",
            scene(car("A", "MERGING", "LEFT", merged_from="ending_lane"), car("B", "STRAIGHT", "RIGHT")),
            None,
            fires=False,
        ),
    ),
)
