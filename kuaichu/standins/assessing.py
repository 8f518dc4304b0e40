"""What a stand-in's adjuster finds: parts that fit the contact zone, and amounts drawn from plate and zones.

The amounts are the same in every run for the same insurer, plate and zones; four in five totals lie between
600 and 6,000 yuan. Every line's amount is positive; salvage (残值) is deducted from the total.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from kuaichu.standins.invented import dice

# Contact zones and their parts (domain 4.6); `左` is mirrored to `右` for the right side.
_FRONT = ("前保险杠", "中网", "机盖", "前大灯", "水箱框架")
_FRONT_LEFT = ("左前叶子板", "左前大灯", "前杠左角", "左前轮毂")
_LEFT = ("左前门", "左后门", "左后视镜", "左下裙边")
_REAR_LEFT = ("左后叶子板", "左尾灯", "后杠左角")
_REAR = ("后保险杠", "后备箱盖", "后围板", "尾灯")


def _mirrored(parts: Sequence[str]) -> tuple[str, ...]:
    return tuple(part.replace("左", "右") for part in parts)


PARTS: dict[str, tuple[str, ...]] = {
    "FRONT": _FRONT,
    "FRONT_LEFT": _FRONT_LEFT,
    "FRONT_RIGHT": _mirrored(_FRONT_LEFT),
    "LEFT": _LEFT,
    "RIGHT": _mirrored(_LEFT),
    "REAR": _REAR,
    "REAR_LEFT": _REAR_LEFT,
    "REAR_RIGHT": _mirrored(_REAR_LEFT),
}
# What can be beaten and painted; lamps, mirrors, grilles, frames and wheels are replaced.
_PANELS = ("杠", "叶子板", "机盖", "门", "裙边", "箱盖", "围板")

Line = dict[str, Any]


def assess(insurer: str, vehicle: str, zones: Sequence[str]) -> tuple[list[Line], int]:
    """The lines of an assessment and their total in fen, for a vehicle (its plate, else its id)."""
    roll = dice("assessment", insurer, vehicle, *sorted(zones))
    wanted = _wanted(roll)
    parts = _damaged(roll, zones)
    weights = [roll.randint(2, 5) for _ in parts]
    lines = []
    for part, weight in zip(parts, weights, strict=True):
        lines += _lines(roll, part, wanted * weight // sum(weights))
    if roll.random() < 0.08:
        lines.append({"part": "施救拖车", "kind": "tow", "amount_fen": roll.randint(20, 50) * 1000})
    return lines, total(lines)


def total(lines: Sequence[Line]) -> int:
    """The sum in fen, salvage deducted."""
    return sum(-line["amount_fen"] if line["kind"] == "salvage" else line["amount_fen"] for line in lines)


def _wanted(roll: random.Random) -> int:
    """About how much in fen: mostly 600 to 6,000 yuan, now and then less or much more."""
    draw = roll.random()
    if draw < 0.12:
        return roll.randint(300, 600) * 100
    if draw < 0.92:
        return int(600 * (6000 / 600) ** roll.random()) * 100
    return roll.randint(6_000, 18_000) * 100


def _damaged(roll: random.Random, zones: Sequence[str]) -> list[str]:
    known = [zone for zone in zones if zone in PARTS] or ["FRONT"]
    chosen: list[str] = []
    for zone in known[:3]:
        chosen += roll.sample(PARTS[zone], k=roll.choice((1, 1, 2)))
    return chosen


def _lines(roll: random.Random, part: str, wanted: int) -> list[Line]:
    """Replace the part (and deduct what the old one is worth) or repair it; whole yuan each."""
    panel = any(word in part for word in _PANELS)
    share = {"labour": 75, "material": 25}
    if not panel or roll.random() < 0.5:
        share = {"part": 64, "labour": 28, "material": 10, "salvage": 2}
    return [
        {"part": part, "kind": kind, "amount_fen": max(wanted * percent // 10_000, 1) * 100}
        for kind, percent in share.items()
    ]
