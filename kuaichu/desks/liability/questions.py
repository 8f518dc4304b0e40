"""The questions behind the facts, with their choices.

Pure: the texts are message ids, translated where they are shown. `%(label)s` is the vehicle asked about.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .vocabulary import Answer, CameFrom, Control, Light, Movement, RoadSide, Signal, Zone


def gettext_noop(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


class About(StrEnum):
    """What a question is about: a vehicle (each party is asked about both) or the place."""

    VEHICLE = "vehicle"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Question:
    """`volunteered` facts are never asked one by one: a party or officer states them of his own accord."""

    key: str
    text: str
    choices: tuple[tuple[Answer, str], ...]
    about: About = About.VEHICLE
    volunteered: bool = False


_YES_NO: tuple[tuple[Answer, str], ...] = ((True, gettext_noop("Yes")), (False, gettext_noop("No")))
_MOVEMENTS: tuple[tuple[Answer, str], ...] = (
    (Movement.STRAIGHT, gettext_noop("going straight on")),
    (Movement.LEFT_TURN, gettext_noop("turning left")),
    (Movement.RIGHT_TURN, gettext_noop("turning right")),
    (Movement.U_TURN, gettext_noop("making a U-turn")),
    (Movement.REVERSING, gettext_noop("reversing")),
    (Movement.ROLLING, gettext_noop("rolling without drive")),
    (Movement.LANE_CHANGE_LEFT, gettext_noop("changing to the lane on the left")),
    (Movement.LANE_CHANGE_RIGHT, gettext_noop("changing to the lane on the right")),
    (Movement.OVERTAKING, gettext_noop("overtaking")),
    (Movement.MERGING, gettext_noop("merging into another lane")),
    (Movement.LEAVING_KERB, gettext_noop("pulling out from the kerb")),
    (Movement.ENTERING_BAY, gettext_noop("entering a parking bay")),
    (Movement.LEAVING_BAY, gettext_noop("leaving a parking bay")),
    (Movement.ENTERING_ROAD, gettext_noop("coming out of premises onto the road")),
    (Movement.CROSSING_ROAD, gettext_noop("crossing the road")),
    (Movement.DOOR_OPENING, gettext_noop("standing with a door being opened")),
    (Movement.STOPPED_QUEUE, gettext_noop("waiting or crawling in a queue")),
    (Movement.STOPPED_SIGNAL, gettext_noop("waiting at a signal")),
    (Movement.BROKEN_DOWN, gettext_noop("broken down")),
    (Movement.PARKED_LEGAL, gettext_noop("parked where parking is allowed")),
    (Movement.PARKED_ILLEGAL, gettext_noop("parked or stopped where it is not allowed")),
)
_ZONES: tuple[tuple[Answer, str], ...] = (
    (Zone.FRONT, gettext_noop("front")),
    (Zone.FRONT_LEFT, gettext_noop("front left corner")),
    (Zone.FRONT_RIGHT, gettext_noop("front right corner")),
    (Zone.LEFT, gettext_noop("left side")),
    (Zone.RIGHT, gettext_noop("right side")),
    (Zone.REAR, gettext_noop("rear")),
    (Zone.REAR_LEFT, gettext_noop("rear left corner")),
    (Zone.REAR_RIGHT, gettext_noop("rear right corner")),
)
_CAME: tuple[tuple[Answer, str], ...] = (
    (CameFrom.SAME, gettext_noop("the same direction, ahead, behind or beside")),
    (CameFrom.LEFT, gettext_noop("the left")),
    (CameFrom.RIGHT, gettext_noop("the right")),
    (CameFrom.OPPOSITE, gettext_noop("the opposite direction")),
)
_LIGHTS: tuple[tuple[Answer, str], ...] = (
    (Light.DAY, gettext_noop("daylight")),
    (Light.TWILIGHT, gettext_noop("dawn or dusk")),
    (Light.NIGHT_LIT, gettext_noop("night, street lights on")),
    (Light.NIGHT_UNLIT, gettext_noop("night, no street lights")),
)
_CONTROLS: tuple[tuple[Answer, str], ...] = (
    (Control.NO_JUNCTION, gettext_noop("not at a junction")),
    (Control.SIGNALS, gettext_noop("junction with round signal lights")),
    (Control.ARROWS, gettext_noop("junction with arrow signals")),
    (Control.SIGNS, gettext_noop("junction with yield or stop signs")),
    (Control.MARKINGS, gettext_noop("junction with yield or stop lines only")),
    (Control.NONE, gettext_noop("junction without lights, signs or lines")),
    (Control.ROUNDABOUT, gettext_noop("roundabout")),
    (Control.OFFICER, gettext_noop("an officer directed the traffic")),
)
_SIGNALS: tuple[tuple[Answer, str], ...] = (
    (Signal.GREEN, gettext_noop("green")),
    (Signal.YELLOW, gettext_noop("yellow")),
    (Signal.RED, gettext_noop("red")),
)
_SIDES: tuple[tuple[Answer, str], ...] = (
    (RoadSide.OWN, gettext_noop("on its own side")),
    (RoadSide.OVER_CENTRE, gettext_noop("over the centre of the road")),
    (RoadSide.WRONG_WAY, gettext_noop("against the direction of the lane")),
)
_DOORS: tuple[tuple[Answer, str], ...] = (
    ("driver", gettext_noop("the driver")),
    ("passenger", gettext_noop("a passenger")),
)
_LANES: tuple[tuple[Answer, str], ...] = (
    (1, gettext_noop("one")),
    (2, gettext_noop("two")),
    (3, gettext_noop("three or more")),
)
_V, _P = About.VEHICLE, About.PLACE
_ASKED = (
    Question("movement", gettext_noop("What was vehicle %(label)s doing?"), _MOVEMENTS),
    Question("zone", gettext_noop("Where was vehicle %(label)s touched?"), _ZONES),
    Question(
        "other_came_from", gettext_noop("Seen from vehicle %(label)s, where did the other come from?"), _CAME
    ),
    Question(
        "settled_in_lane",
        gettext_noop("Was vehicle %(label)s already straight in the lane for three seconds or more?"),
        _YES_NO,
    ),
    Question("rolled_back", gettext_noop("Did vehicle %(label)s roll back before the contact?"), _YES_NO),
    Question(
        "pushed", gettext_noop("Was vehicle %(label)s standing and pushed forward from behind?"), _YES_NO
    ),
    Question("tail_lights_on", gettext_noop("Were the rear lights of vehicle %(label)s on?"), _YES_NO),
    Question(
        "warned",
        gettext_noop("Had vehicle %(label)s its hazard lights on and a warning triangle set?"),
        _YES_NO,
    ),
    Question("in_traffic_lane", gettext_noop("Did vehicle %(label)s stand in a traffic lane?"), _YES_NO),
    Question(
        "parking_obstructed", gettext_noop("Did vehicle %(label)s stand in the other's way or view?"), _YES_NO
    ),
    Question("crossed_solid_line", gettext_noop("Did vehicle %(label)s cross a solid lane line?"), _YES_NO),
    Question("lanes_crossed", gettext_noop("How many lanes did vehicle %(label)s cross at once?"), _LANES),
    Question("went_in_turn", gettext_noop("Was it the turn of vehicle %(label)s to go?"), _YES_NO),
    Question(
        "has_yield_sign", gettext_noop("Did vehicle %(label)s face a yield or stop sign or line?"), _YES_NO
    ),
    Question("signal", gettext_noop("Which light did vehicle %(label)s have at the stop line?"), _SIGNALS),
    Question(
        "entered_earlier",
        gettext_noop("Had vehicle %(label)s entered on an earlier green and was still inside the junction?"),
        _YES_NO,
    ),
    Question(
        "passed_line_before_yellow",
        gettext_noop("Was vehicle %(label)s past the stop line when the light turned yellow?"),
        _YES_NO,
    ),
    Question("side_of_road", gettext_noop("Where on the road was vehicle %(label)s driving?"), _SIDES),
    Question("door_opened_by", gettext_noop("Who opened the door of vehicle %(label)s?"), _DOORS),
    Question(
        "u_turn_forbidden", gettext_noop("Was a U-turn or left turn forbidden to vehicle %(label)s?"), _YES_NO
    ),
    Question(
        "inside_roundabout", gettext_noop("Was vehicle %(label)s already inside the roundabout?"), _YES_NO
    ),
    Question("light", gettext_noop("How light was it?"), _LIGHTS, _P),
    Question("control", gettext_noop("What kind of place was it?"), _CONTROLS, _P),
    Question("lane_drop", gettext_noop("Did one of the lanes end there?"), _YES_NO, _P),
    Question("same_target_lane", gettext_noop("Did both move into the same lane?"), _YES_NO, _P),
)
_STATED = {
    "crossed_forbidden_line": gettext_noop(
        "Vehicle %(label)s crossed a double yellow or other forbidden line"
    ),
    "against_lane_signal": gettext_noop("Vehicle %(label)s drove in a lane closed by a red cross"),
    "no_turn_signal": gettext_noop("Vehicle %(label)s did not use the indicator"),
    "careless": gettext_noop("Vehicle %(label)s did not take care, and that contributed"),
    "speeding": gettext_noop("Vehicle %(label)s drove too fast, and that contributed"),
    "phone": gettext_noop("The driver of vehicle %(label)s used a phone, and that contributed"),
    "brakes_defective": gettext_noop("The brakes of vehicle %(label)s were defective"),
    "headlights_off": gettext_noop("Vehicle %(label)s drove without lights in the dark"),
    "brake_lights_defective": gettext_noop("The brake lights of vehicle %(label)s did not work"),
    "overlength_unmarked": gettext_noop("Vehicle %(label)s carried an overlong load without marking it"),
    "intent": gettext_noop("Vehicle %(label)s collided on purpose"),
    "fled": gettext_noop("Vehicle %(label)s fled after the accident"),
    "scene_tampered": gettext_noop(
        "The party of vehicle %(label)s forged or destroyed the scene or evidence"
    ),
    "alcohol": gettext_noop("The driver of vehicle %(label)s had been drinking"),
    "unlicensed": gettext_noop("The driver of vehicle %(label)s had no licence for it"),
}
_STATED_OF_PLACE = {
    "centre_line": gettext_noop("The road had a centre line"),
    "unforeseeable_event": gettext_noop("Something nobody could foresee caused it, no one was at fault"),
    "facts_unprovable": gettext_noop("The facts cannot be established"),
}
QUESTIONS: Mapping[str, Question] = {
    one.key: one
    for one in (
        *_ASKED,
        *(Question(key, text, _YES_NO, _V, True) for key, text in _STATED.items()),
        *(Question(key, text, _YES_NO, _P, True) for key, text in _STATED_OF_PLACE.items()),
    )
}
"""All fact keys the rules read, with question and choices; `None` (don't know) is always possible besides."""


def key_of(ref: str) -> str:
    """The fact key of a reference: `A.signal` → signal, `A.other_came_from@B` → other_came_from."""
    return ref.partition(".")[2].partition("@")[0]


def question(ref: str) -> Question:
    """The question behind a reference. Raises KeyError."""
    return QUESTIONS[key_of(ref)]
