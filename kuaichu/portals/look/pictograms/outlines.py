"""Outlines of the shot wanted, drawn over the camera's picture: 300 × 400, strokes only.

Each says in `region` (x, y, width, height) where the thing itself should lie: there sharpness and light are
judged. `level` shots want the horizon straight.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

BOX: Final = "0 0 300 400"


@dataclass(frozen=True, slots=True)
class Outline:
    """One shot's drawing."""

    region: tuple[int, int, int, int]
    body: str
    level: bool = False


def _car(x: float, y: float, scale: float, *, rear: bool = False) -> str:
    """A car from in front or behind, about 150 wide."""
    lights = (
        "M10 96h26v14H10zM114 96h26v14h-26z"
        if rear
        else "M10 94q14-4 26 8l-4 12H10zM140 94q-14-4-26 8l4 12h22z"
    )
    return (
        f'<g transform="translate({x:g} {y:g}) scale({scale:g})">'
        '<path d="M0 140V92Q0 80 12 76L30 34Q34 24 46 24'
        'H104Q116 24 120 34L138 76Q150 80 150 92V140Q150 148 142 148H8Q0 148 0 140z"/>'
        f'<path d="M28 74L42 38H108L122 74z"/><path d="{lights}"/><path d="M52 114h46v16H52z"/></g>'
    )


OUTLINES: Final[dict[str, Outline]] = {
    "front": Outline((15, 120, 270, 190), _car(14, 150, 1.02) + _car(176, 128, 0.72), level=True),
    "rear": Outline(
        (15, 120, 270, 190), _car(132, 150, 1.02, rear=True) + _car(16, 128, 0.72, rear=True), level=True
    ),
    "contact": Outline(
        (50, 120, 200, 160),
        '<path d="M0 150H96Q132 156 136 190V226Q132 254 96 258H0'
        'M300 136H200Q168 146 164 186V226Q168 256 200 260H300"/>'
        '<circle class="camera-dash" cx="150" cy="204" r="70"/>',
    ),
    "plate": Outline(
        (30, 158, 240, 84),
        '<rect x="30" y="158" width="240" height="84" rx="10"/>'
        '<path class="camera-dash" d="M18 200h12M270 200h12"/>',
    ),
    "licence": Outline(
        (16, 108, 268, 184),
        '<rect x="16" y="108" width="268" height="184" rx="12"/>'
        '<rect x="204" y="140" width="62" height="84" rx="4"/>'
        '<path class="camera-dash" d="M34 140H180M34 170H180M34 200H160M34 240H250M34 266H220"/>',
    ),
    "sign": Outline(
        (50, 60, 200, 240),
        '<circle cx="100" cy="150" r="52"/><path d="M100 202V330"/>'
        '<rect x="184" y="90" width="54" height="140" rx="14"/>'
        '<path d="M211 230V330"/><circle cx="211" cy="118" r="14"/><circle cx="211" cy="160" r="14"/>'
        '<circle cx="211" cy="202" r="14"/>',
        level=True,
    ),
    "wheels": Outline(
        (40, 130, 220, 180),
        '<circle cx="160" cy="210" r="78"/><circle cx="160" cy="210" r="34"/>'
        '<path class="camera-dash" d="M30 330L120 292"/>',
    ),
    "damage": Outline(
        (50, 120, 200, 160),
        '<path d="M50 150V130Q50 120 60 120H84M216 120H240Q250 120 250 130V150'
        'M250 250V270Q250 280 240 280H216M84 280H60Q50 280 50 270V250"/>'
        '<circle class="camera-dash" cx="150" cy="200" r="56"/>',
    ),
}
"""Kind of photograph → its outline; any other kind gets that of `damage`."""
