"""The vocabulary of a collision: what road users do, where they touch, what the place is like.

Values are stored, printed and sent; their texts for people are in `questions`.
"""

from enum import StrEnum
from typing import TypeAlias

Answer: TypeAlias = bool | str | int | None
Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
PLACE = "place"


class UserKind(StrEnum):
    """Kind of road user (Road Traffic Safety Law, Article 119)."""

    MV = "MV"
    NMV = "NMV"
    PEDESTRIAN = "PEDESTRIAN"


class Movement(StrEnum):
    """What a road user was doing just before the contact."""

    STRAIGHT = "STRAIGHT"
    LEFT_TURN = "LEFT_TURN"
    RIGHT_TURN = "RIGHT_TURN"
    U_TURN = "U_TURN"
    REVERSING = "REVERSING"
    ROLLING = "ROLLING"
    LANE_CHANGE_LEFT = "LANE_CHANGE_LEFT"
    LANE_CHANGE_RIGHT = "LANE_CHANGE_RIGHT"
    OVERTAKING = "OVERTAKING"
    MERGING = "MERGING"
    LEAVING_KERB = "LEAVING_KERB"
    ENTERING_BAY = "ENTERING_BAY"
    LEAVING_BAY = "LEAVING_BAY"
    ENTERING_ROAD = "ENTERING_ROAD"
    CROSSING_ROAD = "CROSSING_ROAD"
    DOOR_OPENING = "DOOR_OPENING"
    STOPPED_QUEUE = "STOPPED_QUEUE"
    STOPPED_SIGNAL = "STOPPED_SIGNAL"
    BROKEN_DOWN = "BROKEN_DOWN"
    PARKED_LEGAL = "PARKED_LEGAL"
    PARKED_ILLEGAL = "PARKED_ILLEGAL"


class Zone(StrEnum):
    """Part of the vehicle which was touched: the eight zones printed on the agreement form."""

    FRONT = "FRONT"
    FRONT_LEFT = "FRONT_LEFT"
    FRONT_RIGHT = "FRONT_RIGHT"
    LEFT = "LEFT"
    RIGHT = "RIGHT"
    REAR = "REAR"
    REAR_LEFT = "REAR_LEFT"
    REAR_RIGHT = "REAR_RIGHT"


class CollisionForm(StrEnum):
    """Accident form between vehicles, with the code of the national accident form."""

    REAR_END = "1"
    HEAD_ON = "2"
    SIDE_SAME_DIRECTION = "3"
    SIDE_OPPOSITE = "4"
    SIDE_RIGHT_ANGLE = "5"
    SIDE_UNCERTAIN = "6"
    SCRAPE_SAME_DIRECTION = "7"
    SCRAPE_OPPOSITE = "8"
    OTHER_ANGLE = "9"


class Situation(StrEnum):
    """The ten tick boxes of the agreement form."""

    STOPPING = "停车"
    REVERSING = "倒车"
    WRONG_WAY = "逆行"
    ROLLING = "溜车"
    DOOR = "开关车门"
    SIGNAL = "违反交通信号灯"
    LANE_CHANGE = "变更车道与其他车辆刮擦"
    REAR_END = "未保持安全车距与前车追尾"
    RIGHT_OF_WAY = "未按规定让行"
    OTHER = "其他"


class Light(StrEnum):
    """Light at the place."""

    DAY = "day"
    NIGHT_LIT = "night_lit"
    NIGHT_UNLIT = "night_unlit"
    TWILIGHT = "twilight"


class Control(StrEnum):
    """What controls the place; `NO_JUNCTION` is the open road."""

    NO_JUNCTION = "no_junction"
    NONE = "none"
    SIGNALS = "signals"
    ARROWS = "arrows"
    SIGNS = "signs"
    MARKINGS = "markings"
    OFFICER = "officer"
    ROUNDABOUT = "roundabout"


class Signal(StrEnum):
    """Colour shown to a road user when he passed the stop line."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


class CameFrom(StrEnum):
    """Where the other came from, seen by this road user; `SAME` is the same direction, ahead or behind."""

    SAME = "same"
    LEFT = "left"
    RIGHT = "right"
    OPPOSITE = "opposite"


class RoadSide(StrEnum):
    """Where on the road a vehicle was driving."""

    OWN = "own"
    OVER_CENTRE = "over_centre"
    WRONG_WAY = "wrong_way"
    AROUND_OBSTACLE = "around_obstacle"
    NO_ROOM = "no_room"


class MergedFrom(StrEnum):
    """Where a merging vehicle came from."""

    ENDING_LANE = "ending_lane"
    RAMP = "ramp"
    CITY_RAMP = "city_ramp"
    BICYCLE_LANE = "bicycle_lane"
    SIDE_ROAD = "side_road"
    MAIN_ROAD = "main_road"


class Spot(StrEnum):
    """Stretch with rules of its own for overtaking (law, Article 43) or U-turns (regulation, Article 49)."""

    CROSSWALK = "crosswalk"
    BRIDGE = "bridge"
    NARROW_BRIDGE = "narrow_bridge"
    BEND = "bend"
    SHARP_BEND = "sharp_bend"
    STEEP_SLOPE = "steep_slope"
    TUNNEL = "tunnel"
    LEVEL_CROSSING = "level_crossing"
    BUSY = "busy"
    DANGEROUS = "dangerous"
    ORDINARY = "ordinary"


class MeetingRoad(StrEnum):
    """Road on which two met head on (regulation, Article 48)."""

    CENTRE_LINE = "centre_line"
    NO_CENTRE_LINE = "no_centre_line"
    NARROW = "narrow"
    NARROW_SLOPE = "narrow_slope"
    NARROW_MOUNTAIN = "narrow_mountain"


class RiderPlace(StrEnum):
    """Where on the road a rider was riding (Road Traffic Safety Law, Articles 36 and 57)."""

    OWN_LANE = "own_lane"
    ROADSIDE = "roadside"
    AROUND = "around"
    MOTOR_LANE = "motor_lane"


class WalkerPlace(StrEnum):
    """Where a pedestrian was crossing or walking (Road Traffic Safety Law, Articles 36, 47, 61, 62)."""

    CROSSWALK = "crosswalk"
    NO_CROSSWALK = "no_crosswalk"
    BESIDE_CROSSWALK = "beside_crosswalk"
    FOOTWAY = "footway"


class WalkSignal(StrEnum):
    """Light shown to a pedestrian who stepped onto a crosswalk; `NO_LIGHT` where there is none."""

    GREEN = "green"
    RED = "red"
    NO_LIGHT = "no_light"


class Struck(StrEnum):
    """What a vehicle alone ran into; `NOTHING` is overturning or leaving the road."""

    FACILITY = "facility"
    OBJECT = "object"
    NOTHING = "nothing"


class RoadForm(StrEnum):
    """Form of the place as it is drawn; no rule decides by it."""

    STRAIGHT = "straight"
    CROSS = "cross"
    TEE = "tee"
    ROUNDABOUT = "roundabout"
    CAR_PARK = "car_park"
    EXIT = "exit"
    SLIP_ROAD = "slip_road"
    NARROW = "narrow"
    SLOPE = "slope"
