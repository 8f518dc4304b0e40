"""Facts nobody is asked for one by one: a party or officer states them of his own accord.

Pure: the texts are message ids, translated where they are shown. `%(label)s` is the vehicle spoken of.
"""

from .choices import gettext_noop

STATED = {
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
    "cut_in_after_overtaking": gettext_noop("Vehicle %(label)s cut in after overtaking the other"),
    "borrowed_lane": gettext_noop("Vehicle %(label)s used the other's lane to get past something"),
    "cut_corner": gettext_noop("Vehicle %(label)s cut the corner in turning left"),
    "squeezed_past": gettext_noop("Vehicle %(label)s squeezed past one waiting in its lane to turn right"),
    "out_of_order": gettext_noop("Vehicle %(label)s did not wait for its turn when the light let traffic go"),
    "entered_blocked": gettext_noop("Vehicle %(label)s drove into a junction which was jammed"),
    "against_lane_arrow": gettext_noop("Vehicle %(label)s did not go the way its lane arrow shows"),
    "entered_forbidden_road": gettext_noop(
        "Vehicle %(label)s drove into a road closed to it (no entry, one-way, driving ban)"
    ),
    "over_channelising": gettext_noop("Vehicle %(label)s drove over a painted traffic island"),
    "in_reserved_lane": gettext_noop(
        "Vehicle %(label)s drove in a bus lane or another lane reserved for others"
    ),
    "off_motor_lane": gettext_noop("Vehicle %(label)s drove in the bicycle lane or on the footway"),
    "on_duty": gettext_noop("Vehicle %(label)s was an emergency vehicle on an urgent mission"),
    "road_work": gettext_noop("Vehicle %(label)s was a maintenance or road works vehicle at work"),
    "load_too_large": gettext_noop("The load of vehicle %(label)s stuck out too far and touched the other"),
    "load_lost": gettext_noop("Vehicle %(label)s lost load, and that hit the other or was run over"),
    "towing_against_rules": gettext_noop("Vehicle %(label)s was towing or towed against the rules"),
    "defect_caused_it": gettext_noop(
        "A defect of vehicle %(label)s which a check would have shown caused it"
    ),
    "intent": gettext_noop("Vehicle %(label)s collided on purpose"),
    "fled": gettext_noop("Vehicle %(label)s fled after the accident"),
    "scene_tampered": gettext_noop(
        "The party of vehicle %(label)s forged or destroyed the scene or evidence"
    ),
    "alcohol": gettext_noop("The driver of vehicle %(label)s had been drinking"),
    "unlicensed": gettext_noop("The driver of vehicle %(label)s had no licence for it"),
}
STATED_OF_PLACE = {
    "centre_line": gettext_noop("The road had a centre line"),
    "unforeseeable_event": gettext_noop("Something nobody could foresee caused it, no one was at fault"),
    "facts_unprovable": gettext_noop("The facts cannot be established"),
    "single_vehicle": gettext_noop("No other road user was involved"),
    "other_involved": gettext_noop("Another road user, who is not named here, was involved"),
}
