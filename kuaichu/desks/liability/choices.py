"""The choices of the questions behind the facts: value and text.

Pure: the texts are message ids, translated where they are shown.
"""

from .vocabulary import (
    Answer,
    CameFrom,
    Control,
    Light,
    MeetingRoad,
    MergedFrom,
    Movement,
    RiderPlace,
    RoadForm,
    RoadSide,
    Signal,
    Spot,
    Struck,
    WalkerPlace,
    WalkSignal,
    Zone,
)

Choices = tuple[tuple[Answer, str], ...]


def gettext_noop(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


YES_NO: Choices = ((True, gettext_noop("Yes")), (False, gettext_noop("No")))
MOVEMENTS: Choices = (
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
ZONES: Choices = (
    (Zone.FRONT, gettext_noop("front")),
    (Zone.FRONT_LEFT, gettext_noop("front left corner")),
    (Zone.FRONT_RIGHT, gettext_noop("front right corner")),
    (Zone.LEFT, gettext_noop("left side")),
    (Zone.RIGHT, gettext_noop("right side")),
    (Zone.REAR, gettext_noop("rear")),
    (Zone.REAR_LEFT, gettext_noop("rear left corner")),
    (Zone.REAR_RIGHT, gettext_noop("rear right corner")),
)
CAME: Choices = (
    (CameFrom.SAME, gettext_noop("the same direction, ahead, behind or beside")),
    (CameFrom.LEFT, gettext_noop("the left")),
    (CameFrom.RIGHT, gettext_noop("the right")),
    (CameFrom.OPPOSITE, gettext_noop("the opposite direction")),
)
LIGHTS: Choices = (
    (Light.DAY, gettext_noop("daylight")),
    (Light.TWILIGHT, gettext_noop("dawn or dusk")),
    (Light.NIGHT_LIT, gettext_noop("night, street lights on")),
    (Light.NIGHT_UNLIT, gettext_noop("night, no street lights")),
)
CONTROLS: Choices = (
    (Control.NO_JUNCTION, gettext_noop("not at a junction")),
    (Control.SIGNALS, gettext_noop("junction with round signal lights")),
    (Control.ARROWS, gettext_noop("junction with arrow signals")),
    (Control.SIGNS, gettext_noop("junction with yield or stop signs")),
    (Control.MARKINGS, gettext_noop("junction with yield or stop lines only")),
    (Control.NONE, gettext_noop("junction without lights, signs or lines")),
    (Control.ROUNDABOUT, gettext_noop("roundabout")),
    (Control.OFFICER, gettext_noop("an officer directed the traffic")),
)
SIGNALS: Choices = (
    (Signal.GREEN, gettext_noop("green")),
    (Signal.YELLOW, gettext_noop("yellow")),
    (Signal.RED, gettext_noop("red")),
)
SIDES: Choices = (
    (RoadSide.OWN, gettext_noop("on its own side")),
    (RoadSide.OVER_CENTRE, gettext_noop("over the centre of the road")),
    (RoadSide.WRONG_WAY, gettext_noop("against the direction of the lane")),
    (RoadSide.AROUND_OBSTACLE, gettext_noop("over the centre, around something blocking its own side")),
    (RoadSide.NO_ROOM, gettext_noop("in the middle, the road was too narrow for two")),
)
DOORS: Choices = (
    ("driver", gettext_noop("the driver")),
    ("passenger", gettext_noop("a passenger")),
)
LANES: Choices = (
    (1, gettext_noop("one")),
    (2, gettext_noop("two")),
    (3, gettext_noop("three or more")),
)
IMPACTS: Choices = (
    (1, gettext_noop("one")),
    (2, gettext_noop("two or more")),
)
RIDER_PLACES: Choices = (
    (RiderPlace.OWN_LANE, gettext_noop("in the bicycle lane")),
    (RiderPlace.ROADSIDE, gettext_noop("at the right edge, there is no bicycle lane")),
    (RiderPlace.AROUND, gettext_noop("in the motor lane, around something blocking the bicycle lane")),
    (RiderPlace.MOTOR_LANE, gettext_noop("in the motor lane for another reason")),
)
WALKER_PLACES: Choices = (
    (WalkerPlace.CROSSWALK, gettext_noop("on a crosswalk")),
    (WalkerPlace.NO_CROSSWALK, gettext_noop("across the road where there is no crosswalk or footbridge")),
    (WalkerPlace.BESIDE_CROSSWALK, gettext_noop("across the road beside a crosswalk or footbridge")),
    (WalkerPlace.FOOTWAY, gettext_noop("on the footway, or along the edge of a road without one")),
)
WALK_SIGNALS: Choices = (
    (WalkSignal.GREEN, gettext_noop("green")),
    (WalkSignal.RED, gettext_noop("red")),
    (WalkSignal.NO_LIGHT, gettext_noop("there is no light for pedestrians or vehicles")),
)
STRUCK: Choices = (
    (Struck.FACILITY, gettext_noop("a guardrail, pole, cable, sign or other public facility")),
    (Struck.OBJECT, gettext_noop("something else that stood there (a tree, a wall, a kerb)")),
    (Struck.NOTHING, gettext_noop("nothing: it overturned or left the road")),
)
MERGED_FROM: Choices = (
    (MergedFrom.ENDING_LANE, gettext_noop("a lane which ended there")),
    (MergedFrom.RAMP, gettext_noop("the ramp of an expressway between cities")),
    (MergedFrom.CITY_RAMP, gettext_noop("the ramp of a city expressway or elevated road")),
    (MergedFrom.BICYCLE_LANE, gettext_noop("the bicycle lane")),
    (MergedFrom.SIDE_ROAD, gettext_noop("the side road beside a main road")),
    (MergedFrom.MAIN_ROAD, gettext_noop("the main road, into the side road beside it")),
)
SPOTS: Choices = (
    (Spot.CROSSWALK, gettext_noop("a pedestrian crossing")),
    (Spot.BRIDGE, gettext_noop("a bridge")),
    (Spot.NARROW_BRIDGE, gettext_noop("a narrow bridge")),
    (Spot.BEND, gettext_noop("a bend")),
    (Spot.SHARP_BEND, gettext_noop("a sharp bend")),
    (Spot.STEEP_SLOPE, gettext_noop("a steep slope")),
    (Spot.TUNNEL, gettext_noop("a tunnel")),
    (Spot.LEVEL_CROSSING, gettext_noop("a railway crossing")),
    (Spot.BUSY, gettext_noop("a city stretch with heavy traffic")),
    (Spot.DANGEROUS, gettext_noop("another dangerous stretch")),
    (Spot.ORDINARY, gettext_noop("none of these")),
)
MEETING_ROADS: Choices = (
    (MeetingRoad.CENTRE_LINE, gettext_noop("a road with a centre line")),
    (MeetingRoad.NO_CENTRE_LINE, gettext_noop("a road without a centre line, wide enough for two")),
    (MeetingRoad.NARROW, gettext_noop("a narrow flat road")),
    (MeetingRoad.NARROW_SLOPE, gettext_noop("a narrow road uphill or downhill")),
    (MeetingRoad.NARROW_MOUNTAIN, gettext_noop("a narrow mountain road along the rock")),
)
ROAD_FORMS: Choices = (
    (RoadForm.STRAIGHT, gettext_noop("a stretch of road")),
    (RoadForm.CROSS, gettext_noop("a crossroads")),
    (RoadForm.TEE, gettext_noop("a T-junction")),
    (RoadForm.ROUNDABOUT, gettext_noop("a roundabout")),
    (RoadForm.CAR_PARK, gettext_noop("a car park")),
    (RoadForm.EXIT, gettext_noop("an exit from premises")),
    (RoadForm.SLIP_ROAD, gettext_noop("a slip road")),
    (RoadForm.NARROW, gettext_noop("a narrow road")),
    (RoadForm.SLOPE, gettext_noop("a slope")),
)
