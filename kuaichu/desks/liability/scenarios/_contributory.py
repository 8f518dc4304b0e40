"""Class B faults: contributory conduct which counts when stated and causal by the geometry of the contact.

The list is own knowledge, the statutes are sourced (domain table 2.4, end). One who was struck from behind is
charged only with what the follower had to see; one standing still with none of them.
"""

from dataclasses import dataclass

from ..vocabulary import Light, Movement
from ._logic import Finding, all_of, negate
from ._pair import STATIONARY, Pair
from ._scenario import Law, Rule, law

_LEFTWARD = frozenset(
    {
        Movement.LEFT_TURN,
        Movement.LANE_CHANGE_LEFT,
        Movement.OVERTAKING,
        Movement.LEAVING_KERB,
        Movement.LEAVING_BAY,
        Movement.U_TURN,
    }
)
_RIGHTWARD = frozenset({Movement.RIGHT_TURN, Movement.LANE_CHANGE_RIGHT, Movement.ENTERING_BAY})


@dataclass(frozen=True, slots=True)
class Contributory:
    """A class B fault of the actor of a pair; `key` is the fact which states it."""

    code: str
    key: str
    zh: str
    en: str
    laws: tuple[Law, ...]
    applies: Rule

    def found(self, p: Pair) -> Finding:
        """Whether it was stated and could have been causal."""
        stated = p.said(p.actor, self.key)
        return stated if stated.no else all_of(stated, self.applies(p))


def _driving(p: Pair) -> Finding:
    return all_of(
        p.kinds("MV", "MV NMV PEDESTRIAN"), negate(p.moves(p.actor, STATIONARY)), negate(p.hit_from_behind())
    )


def _speeding(p: Pair) -> Finding:
    """An emergency vehicle on an urgent mission is not bound by limits (law, Article 53)."""
    return all_of(_driving(p), negate(p.said(p.actor, "on_duty")))


def _turning(p: Pair) -> Finding:
    return all_of(p.kinds("MV", "MV NMV PEDESTRIAN"), p.moves(p.actor, _LEFTWARD | _RIGHTWARD))


def _struck(p: Pair) -> Finding:
    return all_of(p.kinds(), p.hit_from_behind())


CONTRIBUTORY = (
    Contributory("B-SPEED", "speeding", "超过规定时速行驶", "drove too fast", (law("法42¶1"),), _speeding),
    Contributory(
        "B-CARE", "careless", "未按照操作规范安全驾驶", "did not take care", (law("法22¶1"),), _driving
    ),
    Contributory(
        "B-PHONE", "phone", "驾驶时拨打接听手持电话", "used a phone at the wheel", (law("条62(3)"),), _driving
    ),
    Contributory(
        "B-BRAKE",
        "brakes_defective",
        "驾驶制动不合格的机动车",
        "drove with bad brakes",
        (law("法21"),),
        _driving,
    ),
    Contributory(
        "B-LIGHT",
        "headlights_off",
        "夜间照明不良时未开启灯光",
        "drove without lights in the dark",
        (law("条58"),),
        lambda p: all_of(_driving(p), p.place("light", Light.NIGHT_UNLIT)),
    ),
    Contributory(
        "B-SIGNAL",
        "no_turn_signal",
        "未按规定使用转向灯",
        "did not use the indicator",
        (
            law("条57(1)", lambda p: p.moves(p.actor, _LEFTWARD)),
            law("条57(2)", lambda p: p.moves(p.actor, _RIGHTWARD)),
        ),
        _turning,
    ),
    Contributory(
        "B-STOPLAMP",
        "brake_lights_defective",
        "驾驶制动灯失效的机动车",
        "drove without working brake lights",
        (law("法21"),),
        _struck,
    ),
    Contributory(
        "B-LOAD",
        "overlength_unmarked",
        "载物超长且未设置明显警示标志",
        "carried an overlong load without marking it",
        (law("法48¶1"),),
        _struck,
    ),
)
