"""The choices citizens are offered, in plain words, with their pictures."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Card = tuple[str, Promise, str]
Hinted = tuple[str, Promise, str, Promise]

INJURIES: Final[tuple[Hinted, ...]] = (
    ("none", _("Nobody is hurt"), "check", _("Only damage to vehicles")),
    ("slight", _("Someone is slightly hurt"), "injury", _("A bruise or graze, can walk and talk")),
    ("serious", _("Someone is badly hurt"), "ambulance", _("Call 120 first")),
    ("death", _("Someone has died"), "stop", _("Call 110 and 120 first")),
)
AGREED: Final[tuple[Card, ...]] = (
    ("yes", _("Yes, all agree"), "users"),
    ("no", _("No, or not sure"), "police"),
)
WEATHER: Final[tuple[Card, ...]] = (
    ("1", _("Clear sky"), "clear"),
    ("2", _("Overcast"), "cloudy"),
    ("3", _("Rain"), "rain"),
    ("4", _("Snow"), "snow"),
    ("5", _("Fog"), "fog"),
    ("6", _("Strong wind"), "wind"),
)
LIGHT: Final[tuple[Card, ...]] = (
    ("day", _("Daylight"), "day"),
    ("twilight", _("Dawn or dusk"), "dusk"),
    ("night_lit", _("Night, street lights on"), "night-lit"),
    ("night_unlit", _("Night, no street lights"), "night-dark"),
)
CHECKS: Final[tuple[Card, ...]] = (
    ("alcohol_suspected", _("Alcohol or drugs suspected"), "alert"),
    ("party_left", _("Someone has left without a word"), "logout"),
    ("number_left", _("Someone has gone but left a number"), "phone"),
    ("owner_absent", _("Parked vehicle hit, its owner is not there"), "clock"),
    ("many_parties", _("Three or more vehicles or people"), "users"),
    ("immovable", _("A vehicle cannot be moved"), "tow"),
    ("facility_hit", _("Guardrail, pole, wall or tree hit"), "stop"),
    ("hazmat", _("Dangerous goods on board"), "fire"),
    ("no_plate", _("No plate or a false plate"), "search"),
    ("intent_suspected", _("It looked deliberate"), "eye"),
    ("bus_overload_or_speeding", _("School bus or coach, overloaded or much too fast"), "users"),
    ("foreign", _("A foreign national is involved"), "language"),
    ("diplomatic", _("Embassy or consulate vehicle"), "seal"),
    ("military", _("Military or armed police vehicle"), "lock"),
    ("tractor", _("Tractor or farm machine"), "vehicle-truck"),
    ("very_large_loss", _("Very large damage, 300,000 yuan or more"), "money"),
    ("single_vehicle", _("Only my vehicle, nobody else"), "car"),
    ("police_requested", _("I want police at the scene"), "police"),
)
SITES: Final[tuple[Hinted, ...]] = (
    ("road", _("Road or street"), "route", _("Also lanes, squares and villages open to traffic")),
    ("car_park", _("Car park"), "vehicle-car", _("Counts as a road: also photograph bay lines and arrows")),
    (
        "private",
        _("Private ground"),
        "map",
        _("Factory, yard, estate closed to others: the police handle it in the same way when called"),
    ),
)
KINDS: Final[tuple[Card, ...]] = (
    ("MV", _("Car, truck or motorcycle"), "vehicle-car"),
    ("NMV", _("E-bike or bicycle"), "vehicle-ebike"),
    ("PEDESTRIAN", _("On foot"), "vehicle-pedestrian"),
)
PLATE_KINDS: Final[tuple[tuple[str, Promise], ...]] = (
    ("", _("Find out from the plate")),
    ("02", _("Blue plate: small car")),
    ("01", _("Yellow plate: large vehicle")),
    ("07", _("Motorcycle")),
    ("08", _("Light motorcycle")),
    ("13", _("Low-speed vehicle")),
)
OWNER: Final[tuple[Hinted, ...]] = (
    ("yes", _("I drove, and it is my own vehicle"), "role-party", _("We take your name from the register")),
    ("no", _("I drove, it belongs to somebody else"), "users", _("Also for a company car; we ask your name")),
)
ON_FOOT: Final = ("CROSSING_ROAD", "STRAIGHT", "STOPPED_SIGNAL", "LEFT_TURN", "RIGHT_TURN")
RIDING: Final = (
    "STRAIGHT", "LEFT_TURN", "RIGHT_TURN", "STOPPED_SIGNAL", "STOPPED_QUEUE", "LANE_CHANGE_LEFT",
    "LANE_CHANGE_RIGHT", "OVERTAKING", "REVERSING", "U_TURN", "MERGING", "ENTERING_ROAD", "CROSSING_ROAD",
    "LEAVING_KERB", "LEAVING_BAY", "ENTERING_BAY", "DOOR_OPENING", "PARKED_LEGAL", "PARKED_ILLEGAL",
    "ROLLING", "BROKEN_DOWN",
)  # fmt: skip
LEFT: Final[tuple[Hinted, ...]] = (
    ("number", _("Left a number, and I agreed"), "phone", _("We send them the link and wait a while")),
    ("gone", _("Went without a word"), "logout", _("An officer looks for the other side")),
    ("fled", _("Drove off to get away"), "alert", _("The police search; this is never settled here")),
)
WAYS: Final[tuple[Hinted, ...]] = (
    ("agree", _("We settle it ourselves"), "sign", _("Read a proposal together and sign. The quickest way.")),
    ("officer", _("An officer decides online"), "role-officer", _("All of you must ask for it together.")),
    ("police", _("Police come to the scene"), "police", _("Anyone may ask for this, at any time.")),
)
GUIDES: Final = {
    "front": (
        "guide-front",
        _("From 5 to 10 metres ahead, at an angle: both vehicles, plates and lane lines"),
    ),
    "rear": ("guide-rear", _("From behind, at an angle: both vehicles and the road beyond")),
    "contact": ("guide-contact", _("Close: the place where the vehicles touch or touched")),
    "plate": ("guide-plate", _("The plate of the other vehicle, easy to read")),
    "damage": ("guide-damage", _("Each damaged part, near enough to see how deep it is")),
    "sign": ("guide-sign", _("Traffic lights, signs and lines that matter here")),
    "wheels": ("guide-wheel", _("A wheel beside the lane line")),
    "object": ("guide-damage", _("The thing that was hit, with any sign, number or name on it")),
    "note": ("guide-plate", _("Your note at the windscreen, with the vehicle's plate in the picture")),
    "form": ("guide-licence", _("The filled-in and signed form, whole and readable")),
    "licence": ("guide-licence", _("Driving licence and vehicle licence, all text readable")),
}
MORE_SHOTS: Final = ("plate", "damage", "sign", "wheels", "object", "note")
