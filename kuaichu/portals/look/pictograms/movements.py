"""One pictogram for each movement a party can be asked about (the engine's fact vocabulary)."""

from kuaichu.portals.look.pictograms.shapes import (
    ROAD_ACROSS,
    ROAD_CROSS,
    ROAD_ONE_KERB,
    ROAD_TWO,
    car,
    ebike,
    way,
)

_BAYS = (
    '<rect class="pg-road" width="60" height="96"/><rect class="pg-kerb" x="60" width="36" height="96"/>'
    '<path class="pg-line pg-dash" d="M28 2V96"/><path class="pg-bay" d="M60 4H92V48H60M92 48V92H60"/>'
)
_RAMP = (
    '<rect class="pg-road" x="6" width="58" height="96"/>'
    '<path class="pg-road" d="M63 20L96 74V96H76L63 66z"/>'
    '<path class="pg-line" d="M9 0V96M61 0V20M61 70V96"/><path class="pg-line pg-dash" d="M35 2V96"/>'
)
_HILL = (
    '<path class="pg-kerb" d="M0 84L96 44V96H0z"/><path class="pg-slope" d="M0 84L96 44"/>'
    '<g class="pg-own" transform="translate(56 50) rotate(-22.6)"><path d="M-24 6V-4Q-23-8-18-8L-12-9L-5-18'
    'Q-4-19-2-19H8Q11-19 12-17L17-9Q24-8 24-3V6z"/>'
    '<path class="pg-glass" d="M-7-10L-2-16H2V-10zM5-16H8L12-10H5z"/>'
    '<circle class="pg-tyre" cx="-13" cy="6" r="5"/><circle class="pg-tyre" cx="13" cy="6" r="5"/></g>'
)
_LIGHT = (
    '<rect class="pg-dark" x="4" y="4" width="20" height="46" rx="6"/>'
    '<circle class="pg-bad" cx="14" cy="14" r="6"/>'
    '<circle class="pg-off" cx="14" cy="27" r="6"/><circle class="pg-off" cx="14" cy="40" r="6"/>'
)
_NO_PARKING = (
    '<circle class="pg-sign" cx="80" cy="18" r="13"/><path class="pg-ring" d="M71 9L89 27M89 9L71 27"/>'
    '<circle class="pg-ring" cx="80" cy="18" r="12.5"/>'
)
_TRIANGLE = '<path class="pg-bad" d="M64 72L78 94H50z"/><path class="pg-glass" d="M64 80L70 90H58z"/>'
_P_SIGN = (
    '<rect class="pg-own" x="66" y="58" width="22" height="22" rx="4"/>'
    '<path class="pg-mark" d="M74 76V63h4.5a3.5 3.5 0 0 1 0 7H74"/>'
)

MOVEMENTS: dict[str, str] = {
    "STRAIGHT": ROAD_TWO + way("M65 48V22", 65, 16) + car(65, 72),
    "LEFT_TURN": ROAD_CROSS + way("M60 58Q60 36 28 36", 22, 36, -90) + car(60, 80, scale=0.85),
    "RIGHT_TURN": ROAD_CROSS + way("M60 68Q60 60 68 60H78", 84, 60, 90) + car(60, 82, scale=0.85),
    "U_TURN": ROAD_TWO + way("M65 52V38A17 17 0 0 0 31 38V62", 31, 68, 180) + car(65, 74),
    "REVERSING": ROAD_TWO + way("M65 50V76", 65, 82, 180) + car(65, 28),
    "ROLLING": _HILL + way("M40 30L20 38", 13, 41, -112),
    "LANE_CHANGE_LEFT": ROAD_TWO + way("M65 54C65 36 31 46 31 24", 31, 17) + car(65, 75),
    "LANE_CHANGE_RIGHT": ROAD_TWO + way("M31 54C31 36 65 46 65 24", 65, 17) + car(31, 75),
    "OVERTAKING": ROAD_TWO
    + car(66, 42, kind="other", scale=0.8)
    + way("M62 66C30 62 28 30 36 20Q42 14 56 14", 63, 14, 90)
    + car(66, 79, -8, scale=0.8),
    "MERGING": _RAMP
    + car(48, 80, kind="other", scale=0.8)
    + way("M69 48Q50 28 48 22", 48, 15)
    + car(78, 66, -32, scale=0.85),
    "LEAVING_KERB": ROAD_ONE_KERB + way("M50 46Q42 30 42 22", 42, 15) + car(55, 66, -14),
    "ENTERING_BAY": _BAYS + way("M40 52Q40 26 66 26", 74, 26, 90) + car(40, 74, scale=0.95),
    "LEAVING_BAY": _BAYS + way("M56 70Q42 68 42 34V26", 42, 19) + car(76, 70, -90, scale=0.85),
    "ENTERING_ROAD": ROAD_ACROSS + way("M56 62Q56 50 68 50H76", 83, 50, 90) + car(56, 80, scale=0.8),
    "CROSSING_ROAD": ROAD_ACROSS
    + way("M56 60V18", 56, 12)
    + car(56, 80, scale=0.8)
    + car(18, 50, 90, "other", 0.75),
    "DOOR_OPENING": ROAD_ONE_KERB
    + '<path class="pg-door" d="M42 42L26 52"/>'
    + car(53, 46)
    + ebike(22, 78, kind="other", scale=0.85),
    "STOPPED_QUEUE": ROAD_TWO
    + car(65, 14, kind="other", scale=0.7)
    + car(65, 48, scale=0.75)
    + car(65, 82, kind="other", scale=0.7)
    + '<path class="pg-brake" d="M59.5 63h3M67.5 63h3"/>',
    "STOPPED_SIGNAL": '<rect class="pg-road" x="30" width="66" height="96"/>'
    '<path class="pg-line" d="M32 34H62M64 34H94"/><path class="pg-line pg-dash" d="M63 40V96"/>'
    + _LIGHT
    + car(79, 62),
    "BROKEN_DOWN": ROAD_TWO + car(64, 38) + _TRIANGLE,
    "PARKED_LEGAL": _BAYS + _P_SIGN + car(76, 26, scale=0.95),
    "PARKED_ILLEGAL": ROAD_ONE_KERB + car(52, 58) + _NO_PARKING,
}
"""Movement code → drawing inside a 96 × 96 box."""
