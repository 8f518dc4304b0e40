"""The questions behind the facts, with their choices.

Pure: the texts are message ids, translated where they are shown. `%(label)s` is the vehicle asked about.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .choices import (
    CAME,
    CONTROLS,
    DOORS,
    IMPACTS,
    LANES,
    LIGHTS,
    MEETING_ROADS,
    MERGED_FROM,
    MOVEMENTS,
    RIDER_PLACES,
    ROAD_FORMS,
    SIDES,
    SIGNALS,
    SPOTS,
    STRUCK,
    WALK_SIGNALS,
    WALKER_PLACES,
    YES_NO,
    ZONES,
    Choices,
    gettext_noop,
)
from .statements import STATED, STATED_OF_PLACE


class About(StrEnum):
    """What a question is about: a vehicle (each party is asked about both) or the place."""

    VEHICLE = "vehicle"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Question:
    """`volunteered` facts are never asked one by one: a party or officer states them of his own accord."""

    key: str
    text: str
    choices: Choices
    about: About = About.VEHICLE
    volunteered: bool = False


_V, _P = About.VEHICLE, About.PLACE
_ASKED = (
    Question("movement", gettext_noop("What was vehicle %(label)s doing?"), MOVEMENTS),
    Question("zone", gettext_noop("Where was vehicle %(label)s touched?"), ZONES),
    Question(
        "other_came_from", gettext_noop("Seen from vehicle %(label)s, where did the other come from?"), CAME
    ),
    Question(
        "settled_in_lane",
        gettext_noop("Was vehicle %(label)s already straight in the lane for three seconds or more?"),
        YES_NO,
    ),
    Question("rolled_back", gettext_noop("Did vehicle %(label)s roll back before the contact?"), YES_NO),
    Question(
        "pushed", gettext_noop("Was vehicle %(label)s standing and pushed forward from behind?"), YES_NO
    ),
    Question("tail_lights_on", gettext_noop("Were the rear lights of vehicle %(label)s on?"), YES_NO),
    Question(
        "warned",
        gettext_noop("Had vehicle %(label)s its hazard lights on and a warning triangle set?"),
        YES_NO,
    ),
    Question("in_traffic_lane", gettext_noop("Did vehicle %(label)s stand in a traffic lane?"), YES_NO),
    Question(
        "parking_obstructed", gettext_noop("Did vehicle %(label)s stand in the other's way or view?"), YES_NO
    ),
    Question("crossed_solid_line", gettext_noop("Did vehicle %(label)s cross a solid lane line?"), YES_NO),
    Question("lanes_crossed", gettext_noop("How many lanes did vehicle %(label)s cross at once?"), LANES),
    Question("went_in_turn", gettext_noop("Was it the turn of vehicle %(label)s to go?"), YES_NO),
    Question(
        "has_yield_sign", gettext_noop("Did vehicle %(label)s face a yield or stop sign or line?"), YES_NO
    ),
    Question("signal", gettext_noop("Which light did vehicle %(label)s have at the stop line?"), SIGNALS),
    Question(
        "entered_earlier",
        gettext_noop("Had vehicle %(label)s entered on an earlier green and was still inside the junction?"),
        YES_NO,
    ),
    Question(
        "passed_line_before_yellow",
        gettext_noop("Was vehicle %(label)s past the stop line when the light turned yellow?"),
        YES_NO,
    ),
    Question("side_of_road", gettext_noop("Where on the road was vehicle %(label)s driving?"), SIDES),
    Question("door_opened_by", gettext_noop("Who opened the door of vehicle %(label)s?"), DOORS),
    Question(
        "u_turn_forbidden", gettext_noop("Was a U-turn or left turn forbidden to vehicle %(label)s?"), YES_NO
    ),
    Question(
        "inside_roundabout", gettext_noop("Was vehicle %(label)s already inside the roundabout?"), YES_NO
    ),
    Question(
        "impacts_felt",
        gettext_noop("How many impacts from behind were felt in vehicle %(label)s?"),
        IMPACTS,
    ),
    Question("rider_place", gettext_noop("Where on the road was %(label)s riding?"), RIDER_PLACES),
    Question("walker_place", gettext_noop("Where was %(label)s walking?"), WALKER_PLACES),
    Question(
        "walk_signal",
        gettext_noop("Which light did %(label)s have when stepping onto the crosswalk?"),
        WALK_SIGNALS,
    ),
    Question(
        "sudden_change",
        gettext_noop("Did %(label)s suddenly swerve, dash forward, stop or turn back?"),
        YES_NO,
    ),
    Question("dismounted", gettext_noop("Had the rider of %(label)s got off and was pushing?"), YES_NO),
    Question(
        "avoided",
        gettext_noop("Did vehicle %(label)s brake or steer away as soon as the danger could be seen?"),
        YES_NO,
    ),
    Question("struck", gettext_noop("What did vehicle %(label)s run into?"), STRUCK),
    Question(
        "other_began_first",
        gettext_noop(
            "When vehicle %(label)s began to overtake, was the other already turning or overtaking?"
        ),
        YES_NO,
    ),
    Question("overtook_on_right", gettext_noop("Did vehicle %(label)s overtake on the right?"), YES_NO),
    Question("merged_from", gettext_noop("Where did vehicle %(label)s merge from?"), MERGED_FROM),
    Question(
        "against_officer", gettext_noop("Did vehicle %(label)s go against the officer's directions?"), YES_NO
    ),
    Question(
        "left_turning_lane",
        gettext_noop("Did vehicle %(label)s leave its own lane while turning?"),
        YES_NO,
    ),
    Question(
        "entered_narrow_first",
        gettext_noop("Was vehicle %(label)s already beside the obstacle before the other came up to it?"),
        YES_NO,
    ),
    Question("went_uphill", gettext_noop("Was vehicle %(label)s going uphill?"), YES_NO),
    Question(
        "half_way_down",
        gettext_noop("Was vehicle %(label)s half-way down before the other had begun to climb?"),
        YES_NO,
    ),
    Question("along_the_rock", gettext_noop("Did vehicle %(label)s drive on the side of the rock?"), YES_NO),
    Question("light", gettext_noop("How light was it?"), LIGHTS, _P),
    Question("control", gettext_noop("What kind of place was it?"), CONTROLS, _P),
    Question("meeting_road", gettext_noop("On what road did they meet?"), MEETING_ROADS, _P),
    Question(
        "one_lane",
        gettext_noop("Was there no centre line, or only one lane in each direction?"),
        YES_NO,
        _P,
    ),
    Question("same_target_lane", gettext_noop("Did both move into the same lane?"), YES_NO, _P),
)
QUESTIONS: Mapping[str, Question] = {
    one.key: one
    for one in (
        *_ASKED,
        *(Question(key, text, YES_NO, _V, True) for key, text in STATED.items()),
        *(Question(key, text, YES_NO, _P, True) for key, text in STATED_OF_PLACE.items()),
        Question("spot", gettext_noop("What kind of stretch was it?"), SPOTS, _P, True),
        Question("road_form", gettext_noop("What form had the road there?"), ROAD_FORMS, _P, True),
    )
}
"""All fact keys the rules read, with question and choices; `None` (don't know) is always possible besides."""


def key_of(ref: str) -> str:
    """The fact key of a reference: `A.signal` → signal, `A.other_came_from@B` → other_came_from."""
    return ref.partition(".")[2].partition("@")[0]


def question(ref: str) -> Question:
    """The question behind a reference. Raises KeyError."""
    return QUESTIONS[key_of(ref)]
