"""SG-04: does not go the way its lane arrow shows."""

from ..vocabulary import Control, Situation
from ._logic import Finding, negate, staged
from ._pair import PASSING_THROUGH, Pair
from ._scenario import Example, Scenario, car, law, outcome, scene

_NO_LIGHTS = tuple(one for one in Control if one not in (Control.SIGNALS, Control.ARROWS))


def _rule(p: Pair) -> Finding:
    arrow = p.said(p.actor, "against_lane_arrow")
    moving = p.moves(p.actor, PASSING_THROUGH)
    return staged(p.kinds("MV", "MV NMV"), arrow, moving, negate(p.hit_from_behind()))


def _signalled(p: Pair) -> Finding:
    return negate(p.place_said("control", *_NO_LIGHTS))


SCENARIO = Scenario(
    code="SG-04",
    zh="不按导向车道的指示方向通行",
    en="does not go the way its lane arrow shows",
    rule_zh="在划有导向车道的路口，应当按所需行进方向驶入导向车道；不按导向车道通行发生碰撞的，承担全部责任。",
    rule_en="At junctions with turning lanes everybody takes the lane for his direction; whoever goes "
    "another way than its arrow shows and collides bears full liability.",
    laws=(law("条51(1)", _signalled), law("法38", lambda p: negate(_signalled(p)))),
    rule=_rule,
    situation=Situation.SIGNAL,
    cause="1208",
    source="BJ29-30, SD1 [S:W3,W8]",
    note="Article 51 of the Regulation is about junctions with signals; elsewhere the arrow binds as a"
    " marking.",
    examples=(
        Example(
            "由左转车道直行与左转车相撞",
            "Goes straight on from the left-turn lane into a car turning left",
            scene(
                car("A", "STRAIGHT", "FRONT_LEFT", against_lane_arrow=True, other_came_from="same"),
                car("B", "LEFT_TURN", "RIGHT"),
                control="signals",
            ),
            outcome(A="FULL", B="NONE"),
        ),
        Example(
            "由直行车道左转与左转车道直行的车相撞：双方均未按导向车道通行",
            "Both went another way than their lane arrows",
            scene(
                car("A", "STRAIGHT", "FRONT_LEFT", against_lane_arrow=True, other_came_from="same"),
                car("B", "LEFT_TURN", "RIGHT", against_lane_arrow=True),
                control="signals",
            ),
            outcome(A="EQUAL", B="EQUAL"),
        ),
        Example(
            "直行车按导向车道行驶：转弯车让直行车",
            "The lane allowed it: the one turning yields",
            scene(
                car("A", "STRAIGHT", "FRONT_LEFT", against_lane_arrow=False, other_came_from="same"),
                car("B", "LEFT_TURN", "RIGHT"),
                control="signals",
            ),
            outcome(A="NONE", B="FULL"),
            fires=False,
        ),
    ),
)
