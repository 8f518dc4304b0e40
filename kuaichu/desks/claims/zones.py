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
