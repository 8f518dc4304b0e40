"""Which parts belong to which contact zone: a line for another side of the car is pointed out."""

from __future__ import annotations

_SIDES = {
    "LEFT": ("左",),
    "RIGHT": ("右",),
    "FRONT": ("前", "机盖", "中网", "水箱"),
    "REAR": ("后", "尾"),
}
_OPPOSITE = {"LEFT": "RIGHT", "RIGHT": "LEFT", "FRONT": "REAR", "REAR": "FRONT"}


def lines_mismatch(zone: str, parts: list[str]) -> list[str]:
    """The parts (in Chinese) that lie clearly on the other side than the contact zone; [] without a zone."""
    found: list[str] = []
    for side in zone.split("_"):
        away = _SIDES.get(_OPPOSITE.get(side, ""), ())
        near = _SIDES.get(side, ())
        found += [p for p in parts if any(w in p for w in away) and not any(w in p for w in near)]
    return sorted(set(found))


_FRONT_LEFT = ("左前叶子板", "左前大灯", "前杠左角", "左前轮毂")
_LEFT = ("左前门", "左后门", "左后视镜", "左下裙边")
_REAR_LEFT = ("左后叶子板", "左尾灯", "后杠左角")


def _mirrored(parts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part.replace("左", "右") for part in parts)


TYPICAL: dict[str, tuple[str, ...]] = {
    "FRONT": ("前保险杠", "中网", "机盖", "前大灯", "水箱框架"),
    "FRONT_LEFT": _FRONT_LEFT,
    "FRONT_RIGHT": _mirrored(_FRONT_LEFT),
    "LEFT": _LEFT,
    "RIGHT": _mirrored(_LEFT),
    "REAR": ("后保险杠", "后备箱盖", "后围板", "尾灯"),
    "REAR_LEFT": _REAR_LEFT,
    "REAR_RIGHT": _mirrored(_REAR_LEFT),
}
"""Parts mostly damaged by a contact in a zone: suggestions for the adjuster, no limit."""
